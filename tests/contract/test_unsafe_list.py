"""What every ``UnsafeList`` keeps."""

import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.unsafe_list import InMemoryUnsafeList
from adapters.postgres_store import Database
from adapters.postgres_store.unsafe_list import PostgresUnsafeList
from application.ports.unsafe_list import UnsafeList
from domain.unsafe_phrase import UnsafePhrase
from tests.support.generations import NOON


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> UnsafeList:
    if request.param == "memory":
        return InMemoryUnsafeList(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresUnsafeList(opened, "1")


async def test_phrases_are_added_once_listed_and_removed(store: UnsafeList) -> None:
    assert list(await store.phrases()) == []
    assert await store.add(UnsafePhrase("Fake Passport"), at=NOON)
    assert not await store.add(UnsafePhrase("fake  passport"), at=NOON)
    assert await store.add(UnsafePhrase("дипфейк*"), at=NOON)
    assert [one.text for one in await store.phrases()] == ["fake passport", "дипфейк*"]
    assert await store.remove(UnsafePhrase("fake passport"))
    assert not await store.remove(UnsafePhrase("fake passport"))
