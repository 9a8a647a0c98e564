"""What every ``ProgressStore`` keeps, and what ``WatchGenerations`` shows of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from attrs import evolve, frozen

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.progress_store import InMemoryProgressStore
from adapters.postgres_store import Database, PostgresGenerationStore, PostgresProgressStore, WatchHub, open_database
from application.generating.watch_generations import WatchedGeneration, WatchGenerations
from application.ports.generation_store import GenerationStore
from application.ports.messenger import FittedFile, OutcomeUnknown, Progress, Queued, Running, Uploading
from application.ports.progress_store import ProgressStore
from domain.generation import Generation, GenerationId, GenerationState
from tests.support.generations import ANN, BOB, NOON, PICTURE, a_generation, life_of

WITHIN_S = 5.0
SMALLER = FittedFile(name="sea.jpg", before="image/jpeg", after="image/jpeg", size=(4096, 2304))
HEIC = FittedFile(name="me.heic", before="image/heic", after="image/jpeg")


@frozen
class Stores:
    generations: GenerationStore
    progress: ProgressStore

    async def live(self, generation: Generation, until: GenerationState) -> Generation:
        """Add it, and save its life up to a state."""
        row = await self.generations.add(generation)
        for state in life_of(generation):
            if row.state is until:
                break
            row = await self.generations.save(evolve(state, version=row.version))
        return row


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator[PostgresProgressStore]:
    """A process of its own, which listens."""
    hub = WatchHub(database)
    running = asyncio.create_task(hub.run())
    try:
        async with hub.watch("1", ANN) as changes:  # the first thing heard is that it listens
            async with asyncio.timeout(WITHIN_S):
                await anext(changes)
        yield PostgresProgressStore(database, "1", hub)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def opened(request: pytest.FixtureRequest) -> Database | None:
    """The database, None for the fake."""
    if request.param == "memory":
        return None
    database: Database = request.getfixturevalue("opened_database")
    return database


@pytest.fixture
async def stores(opened: Database | None) -> AsyncIterator[Stores]:
    if opened is None:
        clock = ManualClock()
        memory = InMemoryGenerationStore(clock)
        yield Stores(memory, InMemoryProgressStore(memory, clock))
        return
    async with listening(opened) as progress:
        yield Stores(PostgresGenerationStore(opened, "1"), progress)


@pytest.mark.parametrize(
    "progress",
    [
        Queued(place=3),
        Uploading(),
        Uploading(fitted=(SMALLER, HEIC)),
        Running(elapsed_s=1.5, usual_s=30),
        Running(elapsed_s=1),
        OutcomeUnknown(),
    ],
    ids=repr,
)
async def test_the_last_progress_comes_back(stores: Stores, progress: Progress) -> None:
    generation = await stores.generations.add(a_generation())
    await stores.progress.note(generation.id, Queued(place=9))
    await stores.progress.note(generation.id, progress)
    assert await stores.progress.of([generation.id, GenerationId("g9")]) == {generation.id: progress}


async def test_progress_of_what_is_not_there_is_nothing(stores: Stores) -> None:
    await stores.progress.note(GenerationId("g9"), Uploading())
    assert await stores.progress.of([GenerationId("g9")]) == {}
    assert await stores.progress.of([]) == {}


async def test_a_watcher_hears_of_each_change_of_their_own_and_of_nothing_else(stores: Stores) -> None:
    async with stores.progress.watch(ANN) as changes, asyncio.timeout(WITHIN_S):
        await stores.generations.add(a_generation(user=BOB))
        generation = await stores.generations.add(a_generation())
        assert list(await anext(changes)) == [generation.id]
        await stores.progress.note(generation.id, Uploading())
        assert list(await anext(changes)) == [generation.id]
        saved = await stores.generations.save(generation.submitting(at=NOON))
        assert list(await anext(changes)) == [saved.id]
        await stores.generations.mark_quiet(generation.id)
        assert list(await anext(changes)) == [saved.id]


def watching(stores: Stores) -> WatchGenerations:
    return WatchGenerations(store=stores.generations, progress=stores.progress, clock=ManualClock(start=NOON))


async def test_who_begins_to_watch_sees_what_is_under_way_and_then_every_change(stores: Stores) -> None:
    running = await stores.live(a_generation(), GenerationState.RUNNING)
    async with watching(stores)(ANN) as news, asyncio.timeout(WITHIN_S):
        first = await anext(news)
        assert first.id == running.id
        assert first.progress == Running(elapsed_s=0, usual_s=30)
        ended = await stores.generations.save(running.succeeded((PICTURE,), credits=4.0, at=NOON))
        seen = await anext(news)
        assert seen == WatchedGeneration(id=running.id, generation=ended)


async def test_a_page_that_is_loaded_again_shows_the_same(stores: Stores) -> None:
    generation = await stores.generations.add(a_generation())
    await stores.progress.note(generation.id, Queued(place=4))
    for _ in range(2):
        assert await watching(stores).now([generation]) == [
            WatchedGeneration(id=generation.id, generation=generation, progress=Queued(place=4))
        ]


async def test_what_was_deleted_is_announced_as_gone(stores: Stores) -> None:
    row = await stores.live(a_generation(), GenerationState.DELIVERED)
    async with stores.progress.watch(ANN) as changes, asyncio.timeout(WITHIN_S):
        assert await stores.generations.erase(row.id, ANN)
        assert list(await anext(changes)) == [row.id]
    async with watching(stores)(ANN) as news, asyncio.timeout(WITHIN_S):
        other = await stores.generations.add(a_generation())
        assert (await anext(news)).id == other.id


@pytest.mark.postgres
async def test_every_instance_hears_what_another_one_did(database: str) -> None:
    async with (
        open_database(database) as known,
        open_database(database) as theirs,
        listening(known) as progress,
        progress.watch(ANN) as changes,
        asyncio.timeout(WITHIN_S),
    ):
        generation = await PostgresGenerationStore(theirs, "1").add(a_generation())
        assert list(await anext(changes)) == [generation.id]


@pytest.mark.postgres
async def test_after_a_break_of_the_connection_who_watches_is_asked_to_look(opened_database: Database) -> None:
    async with listening(opened_database) as progress, progress.watch(ANN) as changes, asyncio.timeout(WITHIN_S):
        async with opened_database.connection() as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%mediabot_watch%'"
            )
        assert list(await anext(changes)) == []
        generation = await PostgresGenerationStore(opened_database, "1").add(a_generation())
        assert list(await anext(changes)) == [generation.id]


@pytest.mark.postgres
async def test_bots_in_one_database_do_not_hear_each_other(opened_database: Database) -> None:
    async with listening(opened_database) as progress, progress.watch(ANN) as changes, asyncio.timeout(WITHIN_S):
        await PostgresGenerationStore(opened_database, "2").add(a_generation())
        generation = await PostgresGenerationStore(opened_database, "1").add(a_generation())
        assert list(await anext(changes)) == [generation.id]
