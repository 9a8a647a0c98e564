"""What every ``Statistics`` counts."""

from datetime import timedelta
from typing import Any, Protocol

import asyncpg
import pytest
from attrs import evolve, frozen

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.statistics import InMemoryStatistics
from adapters.postgres_store import Database, PostgresGenerationStore, PostgresStatistics
from application.ports.generation_store import GenerationStore
from application.ports.statistics import (
    DayCourse,
    DayFigures,
    LeaderFigures,
    ModelCourse,
    Spending,
    SpentBy,
    Statistics,
    Usage,
)
from domain.failure import Failure, FailureKind
from domain.generation import Generation, GenerationState, Result, TaskId
from domain.media import MediaKind
from domain.model import ModelId
from tests.support.generations import ANN, BOB, FLUX, NOON, a_generation, life_of

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK_AGO = NOON - 7 * DAY
OTHER = ModelId("z-image")
FAULTS = frozenset({FailureKind.GENERATION_FAILED, FailureKind.PROVIDER_TIMED_OUT})
LEADER = LeaderFigures(holder="srv-1", epoch=7, since=NOON, is_released=False)


class Place(Protocol):
    """A store, and the figures about what is in it."""

    @property
    def store(self) -> GenerationStore: ...

    @property
    def statistics(self) -> Statistics: ...

    async def lead(self) -> None:
        """``LEADER`` leads."""
        ...


@frozen
class MemoryPlace:
    store: InMemoryGenerationStore
    statistics: InMemoryStatistics

    async def lead(self) -> None:
        self.statistics.leadership = LEADER


@frozen
class PostgresPlace:
    store: PostgresGenerationStore
    statistics: PostgresStatistics
    _dsn: str

    async def lead(self) -> None:
        operator = await asyncpg.connect(self._dsn)
        await operator.execute(
            "INSERT INTO leadership (bot, epoch, holder, released, changed_at) VALUES ('1', $1, $2, $3, $4)",
            LEADER.epoch, LEADER.holder, LEADER.is_released, LEADER.since,
        )  # fmt: skip
        await operator.close()


@pytest.fixture
def memory_place() -> Place:
    store = InMemoryGenerationStore(ManualClock())
    return MemoryPlace(store, InMemoryStatistics(store))


@pytest.fixture
async def postgres_place(database: str, opened_database: Database) -> Place:
    stranger = PostgresGenerationStore(opened_database, "2")
    await lived(stranger, a_generation(), GenerationState.DELIVERED)
    await failed(stranger, FailureKind.NO_RESULT)
    return PostgresPlace(
        PostgresGenerationStore(opened_database, "1"), PostgresStatistics(opened_database, "1"), database
    )


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> Place:
    opened: Place = request.getfixturevalue(f"{request.param}_place")
    return opened


async def lived(store: GenerationStore, wish: Generation, until: GenerationState) -> None:
    row = await store.add(wish)
    for later in life_of(wish):
        if row.state is until:
            return
        row = await store.save(evolve(later, version=row.version))


async def failed(
    store: GenerationStore, kind: FailureKind, *, age: timedelta = timedelta(), model_id: ModelId = FLUX
) -> None:
    wish = await store.add(a_generation(age=age, model_id=model_id, reserved_credits=3.0))
    await store.save(wish.failed(Failure(kind=kind), at=wish.created_at + timedelta(seconds=9)))


async def test_what_is_unfinished_is_counted_by_its_state(place: Place) -> None:
    assert dict(await place.statistics.unfinished()) == {}
    for state in (GenerationState.QUEUED, GenerationState.QUEUED, GenerationState.RUNNING, GenerationState.DELIVERED):
        await lived(place.store, a_generation(), state)
    assert dict(await place.statistics.unfinished()) == {GenerationState.QUEUED: 2, GenerationState.RUNNING: 1}


async def test_failures_are_counted_by_their_reason_the_most_frequent_first(place: Place) -> None:
    for kind, age in [
        (FailureKind.NO_RESULT, HOUR),
        (FailureKind.CONTENT_REFUSED, HOUR),
        (FailureKind.CONTENT_REFUSED, HOUR),
        (FailureKind.USAGE_CAP, 2 * DAY),
    ]:
        await failed(place.store, kind, age=age)
    counted = await place.statistics.failures(since=NOON - DAY)
    assert list(counted.items()) == [(FailureKind.CONTENT_REFUSED, 2), (FailureKind.NO_RESULT, 1)]


async def test_days_tell_people_and_credits_the_newest_first(place: Place) -> None:
    await lived(place.store, a_generation(reserved_credits=9.0), GenerationState.DELIVERED)  # charged 4
    await lived(place.store, a_generation(reserved_credits=2.5), GenerationState.RUNNING)
    await lived(place.store, a_generation(user=BOB), GenerationState.QUEUED)
    await failed(place.store, FailureKind.NO_RESULT, age=DAY)
    cancelled = await place.store.add(a_generation(age=DAY, reserved_credits=5.0))
    await place.store.save(cancelled.cancelled(at=NOON))
    await place.store.add(a_generation(age=8 * DAY))
    today = NOON.date()
    assert await place.statistics.days(since=WEEK_AGO) == [
        DayFigures(day=today, people=2, generations=3, credits=6.5),
        DayFigures(day=today - DAY, people=1, generations=2, credits=0.0),
    ]


async def test_a_model_fails_when_its_last_ends_were_all_the_providers_faults(place: Place) -> None:
    for minutes in range(3):
        await failed(place.store, FailureKind.GENERATION_FAILED, age=timedelta(minutes=minutes))
    assert await place.statistics.failing(since=WEEK_AGO, kinds=FAULTS, in_a_row=3) == {FLUX}
    assert await place.statistics.failing(since=WEEK_AGO, kinds=FAULTS, in_a_row=4) == set()
    assert await place.statistics.failing(since=NOON - timedelta(seconds=30), kinds=FAULTS, in_a_row=3) == set()


async def test_a_success_ends_the_row_and_the_users_faults_do_not_count(place: Place) -> None:
    succeeding, failing = ModelId("succeeding"), ModelId("failing")
    for minutes in range(2, 5):
        for model_id in (succeeding, failing):
            await failed(place.store, FailureKind.PROVIDER_TIMED_OUT, age=timedelta(minutes=minutes), model_id=model_id)
    await failed(place.store, FailureKind.CONTENT_REFUSED, age=timedelta(minutes=1), model_id=failing)
    await lived(place.store, a_generation(age=timedelta(minutes=1), model_id=succeeding), GenerationState.DELIVERED)
    assert await place.statistics.failing(since=WEEK_AGO, kinds=FAULTS, in_a_row=3) == {failing}


async def test_the_leader_is_who_holds_the_row(place: Place) -> None:
    assert await place.statistics.leader() is None
    await place.lead()
    assert await place.statistics.leader() == LEADER


async def test_spending_is_reported_by_person_and_by_model_the_dearest_first(place: Place) -> None:
    await lived(place.store, a_generation(reserved_credits=9.0), GenerationState.DELIVERED)  # charged 4
    await lived(place.store, a_generation(user=BOB, reserved_credits=30.0), GenerationState.RUNNING)
    await lived(place.store, a_generation(age=8 * DAY), GenerationState.DELIVERED)
    await failed(place.store, FailureKind.NO_RESULT, model_id=ModelId("veo3"))
    people = await place.statistics.spending(SpentBy.PERSON, since=WEEK_AGO, limit=5)
    models = await place.statistics.spending(SpentBy.MODEL, since=WEEK_AGO, limit=5)
    assert people == [
        Spending(key=BOB, generations=1, credits=30.0),
        Spending(key=ANN, generations=2, credits=4.0),
    ]
    assert models == [Spending(key=FLUX, generations=2, credits=34.0), Spending(key="veo3", generations=1, credits=0.0)]
    assert await place.statistics.spending(SpentBy.PERSON, since=WEEK_AGO, limit=1) == people[:1]


async def closed(
    store: GenerationStore, took_s: float, *, age: timedelta = HOUR, failure: bool = False, **more: Any
) -> None:
    """A generation that was at its end ``took_s`` seconds after it was accepted."""
    row = await store.add(a_generation(age=age, **more))
    at = row.created_at + timedelta(seconds=took_s)
    if failure:
        row = await store.save(row.failed(Failure(kind=FailureKind.NO_RESULT), at=at))
    else:
        row = await store.save(row.submitting(at=at))
        row = await store.save(row.running(TaskId("task")))
        row = await store.save(row.succeeded((Result(kind=MediaKind.IMAGE, url="https://x.test/1"),), credits=4, at=at))
    await store.save(row.delivered(at=at))


async def test_what_a_person_used_leaves_out_what_came_to_nothing(place: Place) -> None:
    await closed(place.store, 5)
    await closed(place.store, 5, failure=True)
    await closed(place.store, 5, age=2 * DAY)
    await closed(place.store, 5, user=BOB)
    await place.store.add(a_generation(age=HOUR, reserved_credits=3.0))
    assert await place.statistics.usage(ANN, since=NOON - DAY) == Usage(generations=2, credits=7.0)


async def test_the_time_of_the_store_is_reported(place: Place) -> None:
    before = await place.statistics.now()
    assert before.tzinfo is not None
    assert timedelta() <= await place.statistics.now() - before < timedelta(minutes=1)


async def test_how_days_and_models_went(place: Place) -> None:
    for took in (10, 20, 30):
        await closed(place.store, took)
    await closed(place.store, 99, failure=True)
    await closed(place.store, 99, failure=True, age=DAY, model_id=OTHER)
    cancelled = await place.store.add(a_generation(age=HOUR))
    await place.store.save(cancelled.cancelled(at=NOON))
    await place.store.add(a_generation(age=HOUR))
    today = DayCourse(day=NOON.date(), ended=4, failed=1, half_s=20, most_s=29)
    before = DayCourse(day=(NOON - DAY).date(), ended=1, failed=1, half_s=None, most_s=None)
    assert await place.statistics.course_by_day(since=WEEK_AGO) == [before, today]
    course = await place.statistics.course_by_model(since=WEEK_AGO, limit=5)
    assert course == [
        ModelCourse(model=FLUX, ended=4, failed=1, half_s=20, most_s=29),
        ModelCourse(model=OTHER, ended=1, failed=1, half_s=None, most_s=None),
    ]
    assert len(await place.statistics.course_by_model(since=WEEK_AGO, limit=1)) == 1
