"""What every ``Gallery`` shows."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve, frozen

from adapters.memory.clock import ManualClock
from adapters.memory.gallery import InMemoryGallery
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.postgres_store import Database, PostgresGallery, PostgresGenerationStore
from application.ports.gallery import Gallery, GalleryFilter, ResultLink
from application.ports.generation_store import GenerationStore
from domain.generation import Generation, GenerationId
from domain.media import MediaKind
from domain.model import ModelId
from tests.support.generations import ANN, BOB, FLUX, NOON, a_generation, life_of

LINK = ResultLink("unguessable")
HOUR = timedelta(hours=1)


@frozen
class Place:
    generations: GenerationStore
    gallery: Gallery

    async def make(self, prompt: str, **changes: Any) -> Generation:
        """A picture that was delivered."""
        row = await self.generations.add(a_generation(prompt=prompt, **changes))
        for state in life_of(row):
            row = await self.generations.save(evolve(state, version=row.version))
        return row


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> Place:
    if request.param == "memory":
        clock = ManualClock()
        store = InMemoryGenerationStore(clock)
        return Place(store, InMemoryGallery(store, clock))
    opened: Database = request.getfixturevalue("opened_database")
    return Place(PostgresGenerationStore(opened, "1"), PostgresGallery(opened, "1"))


async def ids(place: Place, **wanted: Any) -> list[GenerationId]:
    found = await place.gallery.find(ANN, GalleryFilter(**wanted), limit=9)
    return [generation.id for generation in found]


async def test_a_person_finds_their_own_newest_first(place: Place) -> None:
    old, new = await place.make("a fox", age=HOUR), await place.make("a hare")
    await place.make("bob's", user=BOB)
    assert await ids(place) == [new.id, old.id]
    assert await place.gallery.find(ANN, GalleryFilter(), limit=1) == [new]


async def test_each_filter_narrows_what_is_found(place: Place) -> None:
    old = await place.make("a red fox", age=HOUR)
    other = await place.make("a hare", model_id=ModelId("other/model"))
    waiting = await place.generations.add(a_generation(prompt="a red hat", age=2 * HOUR))
    assert await ids(place, text="RED fox") == [old.id]
    assert await ids(place, text="red") == [old.id, waiting.id]
    assert await ids(place, model_id=ModelId("other/model")) == [other.id]
    assert await ids(place, kind=MediaKind.IMAGE) == [other.id, old.id]
    assert await ids(place, kind=MediaKind.VIDEO) == []
    assert await ids(place, before=NOON) == [old.id, waiting.id]
    assert await ids(place, since=NOON - HOUR) == [other.id, old.id]
    await place.gallery.mark(ANN, old.id, is_favourite=True)
    assert await ids(place, is_favourite=True) == [old.id]


async def test_the_models_of_a_person_begin_with_the_last_used(place: Place) -> None:
    await place.make("a fox", age=2 * HOUR)
    await place.make("a hare", model_id=ModelId("other/model"), age=HOUR)
    assert list(await place.gallery.models_of(ANN)) == ["other/model", FLUX]
    assert list(await place.gallery.models_of(BOB)) == []


async def test_a_mark_is_the_persons_own_and_can_be_taken_away(place: Place) -> None:
    made = await place.make("a fox")
    for _ in range(2):
        await place.gallery.mark(ANN, made.id, is_favourite=True)
    assert list(await place.gallery.favourites(ANN, [made.id])) == [made.id]
    assert list(await place.gallery.favourites(BOB, [made.id])) == []
    for _ in range(2):
        await place.gallery.mark(ANN, made.id, is_favourite=False)
    assert list(await place.gallery.favourites(ANN, [made.id])) == []


async def test_a_link_leads_to_what_is_shared_until_its_owner_takes_it_back(place: Place) -> None:
    made = await place.make("a fox")
    assert await place.gallery.share(made.id, ANN, LINK, at=NOON) == LINK
    assert await place.gallery.share(made.id, ANN, ResultLink("another"), at=NOON) == LINK
    assert await place.gallery.shared(LINK) == made.id
    assert dict(await place.gallery.links([made.id, GenerationId("g9")])) == {made.id: LINK}
    assert not await place.gallery.unshare(made.id, BOB)
    assert await place.gallery.unshare(made.id, ANN)
    assert not await place.gallery.unshare(made.id, ANN)
    for link in (LINK, ResultLink("\x00\ud800"), ResultLink("")):
        assert await place.gallery.shared(link) is None
