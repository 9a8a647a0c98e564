"""What every ``PresetStore`` keeps."""

import asyncio
from datetime import timedelta

import pytest
from attrs import evolve

from adapters.memory.clock import ManualClock
from adapters.memory.preset_store import InMemoryPresetStore
from adapters.postgres_store import Database, PostgresPresetStore
from application.errors import LimitReached, PresetNameTaken, PresetNotFound
from application.limits import Limit
from application.ports.preset_store import PresetStore
from domain.media import Attachment, MediaKind
from domain.preset import Preset, PresetId, PresetLink
from tests.support.generations import ANN, BOB, FLUX, NOON

PHOTO = Attachment(reference="file-1", kind=MediaKind.IMAGE, mime="image/png", name="a.png")
LINK = PresetLink("unguessable")
FOX = Preset(
    id=PresetId("p1"),
    owner=ANN,
    name="Рыжая лиса",
    model_id=FLUX,
    values={"prompt": "лиса\x00", "image_urls": [PHOTO], "seed": 7},
    created_at=NOON,
)
HARE = evolve(FOX, id=PresetId("p2"), name="Hare", created_at=NOON + timedelta(seconds=1))
BOBS = evolve(FOX, id=PresetId("p3"), owner=BOB)


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> PresetStore:
    if request.param == "memory":
        return InMemoryPresetStore(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresPresetStore(opened, "1")


@pytest.fixture
async def full(store: PresetStore) -> PresetStore:
    """With two presets of Ann's and one of Bob's."""
    for preset in (FOX, HARE, BOBS):
        await store.add(preset, limit=Limit("presets", 9))
    return store


async def test_everything_about_a_preset_comes_back(full: PresetStore) -> None:
    assert await full.get(FOX.id) == FOX


async def test_the_presets_of_a_person_are_their_own_newest_first(full: PresetStore) -> None:
    assert list(await full.of_owner(ANN)) == [HARE, FOX]
    assert list(await full.of_owner(BOB)) == [BOBS]


async def test_an_id_or_a_link_that_never_was_finds_none(full: PresetStore) -> None:
    for name in ("p9", "\x00\ud800", ""):
        assert await full.get(PresetId(name)) is None
        assert await full.by_link(PresetLink(name)) is None
        assert not await full.delete(PresetId(name), ANN)


async def test_a_name_is_taken_once_by_each_owner_whatever_the_letter_case(full: PresetStore) -> None:
    with pytest.raises(PresetNameTaken):
        await full.add(evolve(FOX, id=PresetId("p4"), name="РЫЖАЯ лиса"), limit=Limit("presets", 9))
    assert await full.get(PresetId("p4")) is None
    with pytest.raises(PresetNameTaken):
        await full.rename(HARE.id, ANN, "рыжая ЛИСА")
    assert await full.get(HARE.id) == HARE


async def test_no_more_than_the_limit_are_taken_and_other_people_do_not_count(full: PresetStore) -> None:
    with pytest.raises(LimitReached, match="presets is 2"):
        await full.add(evolve(FOX, id=PresetId("p4"), name="third"), limit=Limit("presets", 2))
    await full.add(evolve(BOBS, id=PresetId("p5"), name="second"), limit=Limit("presets", 2))


async def test_two_at_the_same_time_cannot_both_be_the_last_allowed(store: PresetStore) -> None:
    presets = [evolve(FOX, id=PresetId(f"p{number}"), name=f"number {number}") for number in range(8)]
    outcomes = await asyncio.gather(
        *(store.add(preset, limit=Limit("presets", 3)) for preset in presets), return_exceptions=True
    )
    assert [type(each) for each in outcomes if each].count(LimitReached) == 5
    assert len(await store.of_owner(ANN)) == 3


async def test_a_new_name_is_the_only_thing_that_changes(full: PresetStore) -> None:
    renamed = evolve(FOX, name="Vixen")
    assert await full.rename(FOX.id, ANN, "Vixen") == renamed
    assert await full.get(FOX.id) == renamed
    again = evolve(FOX, name="VIXEN")
    assert await full.rename(FOX.id, ANN, "VIXEN") == again


async def test_a_link_finds_its_preset_until_it_is_taken_back(full: PresetStore) -> None:
    shared = await full.share(FOX.id, ANN, LINK)
    assert shared == evolve(FOX, link=LINK)
    assert await full.by_link(LINK) == shared
    assert await full.share(FOX.id, ANN, PresetLink("another")) == shared
    assert await full.unshare(FOX.id, ANN) == FOX
    assert await full.by_link(LINK) is None


async def test_only_the_owner_changes_or_deletes(full: PresetStore) -> None:
    with pytest.raises(PresetNotFound):
        await full.rename(FOX.id, BOB, "Mine now")
    with pytest.raises(PresetNotFound):
        await full.share(FOX.id, BOB, LINK)
    with pytest.raises(PresetNotFound):
        await full.unshare(FOX.id, BOB)
    assert not await full.delete(FOX.id, BOB)
    assert await full.get(FOX.id) == FOX


async def test_a_deleted_preset_is_gone_with_its_link_and_its_name_is_free(full: PresetStore) -> None:
    await full.share(FOX.id, ANN, LINK)
    assert await full.delete(FOX.id, ANN)
    assert not await full.delete(FOX.id, ANN)
    assert await full.get(FOX.id) is None
    assert await full.by_link(LINK) is None
    await full.add(evolve(FOX, id=PresetId("p4")), limit=Limit("presets", 9))


@pytest.mark.postgres
async def test_bots_in_one_database_do_not_meet(opened_database: Database) -> None:
    own, theirs = PostgresPresetStore(opened_database, "1"), PostgresPresetStore(opened_database, "2")
    await own.add(FOX, limit=Limit("presets", 1))
    await theirs.add(evolve(FOX, values={}), limit=Limit("presets", 1))
    assert await own.get(FOX.id) == FOX
    assert list(await theirs.of_owner(ANN)) == [evolve(FOX, values={})]
