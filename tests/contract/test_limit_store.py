"""What every ``LimitStore`` keeps."""

import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.limit_store import InMemoryLimitStore
from adapters.postgres_store import Database, PostgresLimitStore
from application.ports.limit_store import LimitStore, PersonalLimit
from tests.support.generations import ANN, BOB


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> LimitStore:
    if request.param == "memory":
        return InMemoryLimitStore(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresLimitStore(opened, "1")


@pytest.mark.parametrize("credits_", [0.0, 12.5, None])
async def test_a_limit_comes_back_is_replaced_and_removed(store: LimitStore, credits_: float | None) -> None:
    assert await store.get(ANN) is None
    await store.set(PersonalLimit(user=ANN, credits_per_day=7.0))
    await store.set(PersonalLimit(user=ANN, credits_per_day=credits_))
    assert await store.get(ANN) == PersonalLimit(user=ANN, credits_per_day=credits_)
    assert await store.get(BOB) is None
    assert await store.remove(ANN)
    assert not await store.remove(ANN)
    assert await store.get(ANN) is None
