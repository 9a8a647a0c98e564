"""What every ``MediaIndex`` keeps."""

import asyncio
from datetime import timedelta

import pytest
from attrs import evolve, frozen

from adapters.memory.clock import ManualClock
from adapters.memory.gallery import InMemoryGallery
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.media_index import InMemoryMediaIndex
from adapters.memory.preset_store import InMemoryPresetStore
from adapters.memory.reference_store import InMemoryReferenceStore
from adapters.postgres_store import (
    Database,
    PostgresGallery,
    PostgresGenerationStore,
    PostgresMediaIndex,
    PostgresPresetStore,
)
from adapters.postgres_store.reference_store import PostgresReferenceStore
from application.errors import LimitReached
from application.limits import Limit
from application.ports.gallery import Gallery, ResultLink
from application.ports.generation_store import GenerationStore
from application.ports.media_index import MediaIndex
from application.ports.preset_store import PresetStore
from application.ports.reference_store import ReferenceStore
from domain.generation import Generation, GenerationId
from domain.kept_media import KeptMedia, MediaId, MediaKey, MediaOrigin, Preview
from domain.media import MediaKind
from domain.preset import Preset, PresetId
from domain.reference_set import ReferenceKind, ReferenceSet, ReferenceSetId
from tests.support.generations import ANN, BOB, FLUX, NOON, a_generation, life_of

MADE = GenerationId("g1")
PREVIEW_KEY = MediaKey("b" * 64)
RESULT = KeptMedia(
    id=MediaId("m1"),
    owner=ANN,
    origin=MediaOrigin.RESULT,
    key=MediaKey("a" * 64),
    kind=MediaKind.VIDEO,
    mime="video/mp4",
    name="лиса.mp4",
    size_bytes=100,
    created_at=NOON,
    generation=MADE,
    index=0,
    preview=Preview(key=PREVIEW_KEY, width=4, height=3, duration_s=5.5),
)
UPLOAD = evolve(
    RESULT,
    id=MediaId("m2"),
    origin=MediaOrigin.UPLOAD,
    generation=None,
    index=None,
    preview=Preview(),
    created_at=NOON + timedelta(hours=1),
)
BOBS = evolve(UPLOAD, id=MediaId("m3"), owner=BOB)
FOX = ReferenceSet(
    id=ReferenceSetId("fox"),
    owner=ANN,
    name="fox",
    kind=ReferenceKind.CHARACTER,
    media=(UPLOAD.id,),
    created_at=NOON,
)
PRESET = Preset(id=PresetId("p1"), owner=ANN, name="fox", model_id=FLUX, values={}, created_at=NOON)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def index(request: pytest.FixtureRequest, clock: ManualClock) -> MediaIndex:
    if request.param == "memory":
        return InMemoryMediaIndex(clock)
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresMediaIndex(opened, "1", clock)


@frozen
class Held:
    """The index beside what holds files."""

    index: MediaIndex
    references: ReferenceStore
    presets: PresetStore
    gallery: Gallery
    generations: GenerationStore


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def held(request: pytest.FixtureRequest, clock: ManualClock) -> Held:
    if request.param == "memory":
        index, references, presets = InMemoryMediaIndex(clock), InMemoryReferenceStore(), InMemoryPresetStore(clock)
        generations = InMemoryGenerationStore(clock)
        gallery = InMemoryGallery(generations, clock)
        index.holders += [references.holds, presets.holds, gallery.holds]
        return Held(index, references, presets, gallery, generations)
    opened: Database = request.getfixturevalue("opened_database")
    return Held(
        PostgresMediaIndex(opened, "1", clock),
        PostgresReferenceStore(opened, "1"),
        PostgresPresetStore(opened, "1"),
        PostgresGallery(opened, "1"),
        PostgresGenerationStore(opened, "1"),
    )


async def ended(generations: GenerationStore) -> Generation:
    row = await generations.add(a_generation())
    for state in life_of(row):
        row = await generations.save(evolve(state, version=row.version))
    return row


@pytest.fixture
async def full(index: MediaIndex) -> MediaIndex:
    """A result and an upload of Ann's, an upload of Bob's; all three are the same bytes."""
    for media in (RESULT, UPLOAD, BOBS):
        await index.add(media)
    return index


async def test_everything_about_a_file_comes_back(full: MediaIndex) -> None:
    assert await full.get(RESULT.id) == RESULT
    assert await full.get(UPLOAD.id) == UPLOAD


async def test_an_id_that_never_was_finds_nothing(full: MediaIndex) -> None:
    for name in ("m9", "\x00\ud800", ""):
        assert await full.get(MediaId(name)) is None


async def test_a_result_is_written_down_once(full: MediaIndex) -> None:
    assert await full.add(evolve(RESULT, id=MediaId("m4"))) == RESULT
    assert await full.get(MediaId("m4")) is None


async def test_results_are_found_by_their_generations_in_order(full: MediaIndex) -> None:
    second = evolve(RESULT, id=MediaId("m4"), index=1)
    await full.add(second)
    assert list(await full.of_generations([MADE, GenerationId("g2")])) == [RESULT, second]
    assert list(await full.of_generations([])) == []


async def test_a_person_has_their_own_files_oldest_first_and_their_bytes(full: MediaIndex) -> None:
    assert list(await full.of_owner(ANN, limit=9)) == [RESULT, UPLOAD]
    assert list(await full.of_owner(ANN, limit=1)) == [RESULT]
    assert (await full.usage(ANN), await full.usage(BOB)) == (200, 100)


async def test_old_files_are_found(full: MediaIndex) -> None:
    assert list(await full.not_held(before=NOON + timedelta(minutes=1), limit=9)) == [RESULT]
    assert list(await full.not_held(owner=BOB, limit=9)) == [BOBS]
    assert list(await full.not_held(limit=2)) == [RESULT, UPLOAD]


async def test_a_file_is_held_until_the_set_the_preset_and_the_link_with_it_are_gone(held: Held) -> None:
    index, wish = held.index, await ended(held.generations)
    result = evolve(RESULT, generation=wish.id)
    picture, photo = (evolve(UPLOAD, id=MediaId(name), preview=Preview()) for name in ("m5", "m6"))
    for media in (result, picture, photo, BOBS):
        await index.add(media)

    async def free() -> set[MediaId]:
        return {media.id for media in await index.not_held(limit=9)}

    await held.references.add(evolve(FOX, media=(picture.id, BOBS.id)), limit=Limit("references", 9))
    await held.presets.add(evolve(PRESET, values={"image_urls": [photo.attachment]}), limit=Limit("presets", 9))
    await held.gallery.share(wish.id, ANN, ResultLink("unguessable"), at=NOON)
    assert await free() == {BOBS.id}  # Ann's set does not hold what is Bob's
    assert [media.id for media in await index.not_held(owner=ANN, limit=9)] == []
    await held.references.remove(FOX.id, ANN)
    assert await free() == {BOBS.id, picture.id}
    await held.presets.delete(PRESET.id, ANN)
    assert await free() == {BOBS.id, picture.id, photo.id}
    await held.gallery.unshare(wish.id, ANN)
    assert await free() == {BOBS.id, picture.id, photo.id, result.id}


async def test_a_link_holds_nothing_once_what_it_shows_is_deleted(held: Held) -> None:
    wish = await ended(held.generations)
    await held.index.add(evolve(RESULT, generation=wish.id))
    await held.gallery.share(wish.id, ANN, ResultLink("unguessable"), at=NOON)
    assert await held.generations.erase(wish.id, ANN)
    assert [media.id for media in await held.index.not_held(limit=9)] == [RESULT.id]


async def test_what_has_no_room_is_not_written(full: MediaIndex) -> None:
    third = evolve(UPLOAD, id=MediaId("m4"))
    with pytest.raises(LimitReached, match="media_bytes is 299"):
        await full.add(third, quota=Limit("media_bytes", 299))
    assert await full.get(third.id) is None
    await full.add(third, quota=Limit("media_bytes", 300))


async def test_two_at_the_same_time_cannot_both_take_the_last_room(index: MediaIndex) -> None:
    files = [evolve(UPLOAD, id=MediaId(f"m{number}")) for number in range(8)]
    outcomes = await asyncio.gather(
        *(index.add(file, quota=Limit("media_bytes", 300)) for file in files), return_exceptions=True
    )
    assert [type(each) for each in outcomes].count(LimitReached) == 5
    assert await index.usage(ANN) == 300


async def test_bytes_are_unreferenced_when_the_last_row_with_them_is_gone(full: MediaIndex, clock: ManualClock) -> None:
    await full.remove([RESULT.id, UPLOAD.id, MediaId("m9")])
    assert await full.get(RESULT.id) is None
    later = clock.now() + timedelta(seconds=1)
    async with full.unreferenced(later, limit=9) as keys:
        assert list(keys) == [PREVIEW_KEY]
    await full.remove([BOBS.id])
    async with full.unreferenced(clock.now() - timedelta(seconds=1), limit=9) as keys:
        assert list(keys) == []
    async with full.unreferenced(later, limit=9) as keys:
        assert list(keys) == [RESULT.key]
    async with full.unreferenced(later, limit=9) as keys:
        assert list(keys) == []


async def test_what_could_not_be_deleted_is_named_again(full: MediaIndex, clock: ManualClock) -> None:
    await full.remove([RESULT.id])
    later = clock.now() + timedelta(seconds=1)
    with pytest.raises(RuntimeError):
        async with full.unreferenced(later, limit=9):
            raise RuntimeError("the store is away")
    async with full.unreferenced(later, limit=9) as keys:
        assert list(keys) == [PREVIEW_KEY]


async def test_a_key_that_is_taken_out_is_named_again_later_and_not_before_others(
    full: MediaIndex, clock: ManualClock
) -> None:
    await full.remove([RESULT.id])
    later = clock.now() + timedelta(seconds=1)
    async with full.unreferenced(later, limit=9) as keys:
        keys.remove(PREVIEW_KEY)
    async with full.unreferenced(later, limit=9) as keys:
        assert keys == []
    async with full.unreferenced(later + timedelta(seconds=1), limit=9) as keys:
        assert keys == [PREVIEW_KEY]
    async with full.unreferenced(later + timedelta(seconds=2), limit=9) as keys:
        assert keys == []


@pytest.mark.postgres
async def test_bytes_that_are_being_deleted_get_no_row_meanwhile(opened_database: Database, clock: ManualClock) -> None:
    index = PostgresMediaIndex(opened_database, "1", clock)
    await index.add(UPLOAD)
    await index.remove([UPLOAD.id])
    async with index.unreferenced(clock.now() + timedelta(seconds=1), limit=9) as keys:
        assert list(keys) == [UPLOAD.key]
        adding = asyncio.create_task(index.add(BOBS))
        done, _ = await asyncio.wait({adding}, timeout=0.2)
        assert not done
    assert await adding == BOBS


@pytest.mark.postgres
async def test_bots_in_one_database_do_not_meet_but_share_bytes(opened_database: Database, clock: ManualClock) -> None:
    own, theirs = PostgresMediaIndex(opened_database, "1", clock), PostgresMediaIndex(opened_database, "2", clock)
    await own.add(UPLOAD)
    await theirs.add(UPLOAD)
    await own.remove([UPLOAD.id])
    assert await theirs.get(UPLOAD.id) == UPLOAD
    async with own.unreferenced(clock.now() + timedelta(seconds=1), limit=9) as keys:
        assert list(keys) == []
