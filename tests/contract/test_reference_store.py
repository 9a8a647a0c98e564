"""What every ``ReferenceStore`` keeps."""

import asyncio
from datetime import timedelta

import pytest
from attrs import evolve

from adapters.memory.reference_store import InMemoryReferenceStore
from adapters.postgres_store import Database
from adapters.postgres_store.reference_store import PostgresReferenceStore
from application.errors import LimitReached
from application.limits import Limit
from application.ports.reference_store import ReferenceStore
from domain.kept_media import MediaId
from domain.reference_set import CharacterId, ReferenceKind, ReferenceSet, ReferenceSetId
from tests.support.generations import ANN, BOB, NOON

FOX = ReferenceSet(
    id=ReferenceSetId("fox"),
    owner=ANN,
    name="Лиса",
    kind=ReferenceKind.CHARACTER,
    media=(MediaId("m2"), MediaId("m1")),
    created_at=NOON,
)
INK = evolve(
    FOX, id=ReferenceSetId("ink"), name="ink", kind=ReferenceKind.STYLE, created_at=NOON + timedelta(seconds=1)
)


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> ReferenceStore:
    if request.param == "memory":
        return InMemoryReferenceStore()
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresReferenceStore(opened, "1")


async def test_the_newest_stands_first_and_each_sees_their_own(store: ReferenceStore) -> None:
    await store.add(FOX, limit=Limit("references", 9))
    await store.add(INK, limit=Limit("references", 9))
    await store.add(evolve(FOX, id=ReferenceSetId("bobs"), owner=BOB), limit=Limit("references", 9))
    assert await store.of_owner(ANN) == [INK, FOX]


async def test_what_the_provider_calls_a_character_is_kept_for_its_owner(store: ReferenceStore) -> None:
    await store.add(FOX, limit=Limit("references", 9))
    assert not await store.name_character(FOX.id, BOB, CharacterId("char_1"), account="a")
    assert not await store.name_character(ReferenceSetId("\x00"), ANN, CharacterId("char_1"), account="a")
    assert await store.name_character(FOX.id, ANN, CharacterId("char_1"), account="a")
    assert await store.of_owner(ANN) == [evolve(FOX, character=CharacterId("char_1"), character_account="a")]


async def test_what_a_character_was_called_before_is_kept_once(store: ReferenceStore) -> None:
    await store.add(FOX, limit=Limit("references", 9))
    for name in ("char_1", "char_1", "char_2", "char_1"):
        await store.name_character(FOX.id, ANN, CharacterId(name), account="a")
    [kept] = await store.of_owner(ANN)
    assert (kept.character, kept.former_characters) == ("char_1", ("char_2",))


async def test_only_the_owner_removes_a_set(store: ReferenceStore) -> None:
    await store.add(FOX, limit=Limit("references", 9))
    assert not await store.remove(FOX.id, BOB)
    assert not await store.remove(ReferenceSetId("\x00"), ANN)
    assert await store.remove(FOX.id, ANN)
    assert not await store.remove(FOX.id, ANN)
    assert await store.of_owner(ANN) == []


async def test_two_at_once_are_not_both_the_last_one(store: ReferenceStore) -> None:
    async def add(number: int) -> bool:
        try:
            await store.add(evolve(FOX, id=ReferenceSetId(f"fox{number}")), limit=Limit("references", 3))
        except LimitReached:
            return False
        return True

    assert (await asyncio.gather(*(add(number) for number in range(6)))).count(True) == 3
