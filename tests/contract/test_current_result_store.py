"""What every ``CurrentResultStore`` keeps."""

from datetime import timedelta

import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.current_result_store import InMemoryCurrentResultStore
from adapters.postgres_store import Database
from adapters.postgres_store.current_result_store import PostgresCurrentResultStore
from application.ports.current_result_store import CurrentResult, CurrentResultStore
from domain.generation import GenerationId
from tests.support.generations import ANN, BOB, NOON


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> CurrentResultStore:
    if request.param == "memory":
        return InMemoryCurrentResultStore(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresCurrentResultStore(opened, "1")


async def test_the_last_one_of_a_person_and_a_chat_comes_back(store: CurrentResultStore) -> None:
    first = CurrentResult(generation=GenerationId("g1"), at=NOON)
    second = CurrentResult(generation=GenerationId("g2"), at=NOON + timedelta(minutes=1))
    assert await store.get(ANN, "1") is None
    await store.set(ANN, "1", first)
    await store.set(ANN, "-100", first)
    await store.set(ANN, "1", second)
    assert await store.get(ANN, "1") == second
    assert await store.get(ANN, "-100") == first
    assert await store.get(BOB, "1") is None
