"""Random use of the fake and of the real store, side by side: what one answers, the other answers too."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random

import asyncpg
import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.postgres_store import Database, PostgresGenerationStore
from application.errors import ApplicationError
from application.limits import GroupLimits, UserLimits
from application.ports.generation_store import GenerationStore
from domain.errors import InvalidTransition
from domain.failure import Failure, FailureKind
from domain.generation import Generation, GenerationId, Receipt, TaskId
from domain.model import ModelId
from tests.support.generations import ANN, BOB, FLUX, NOON, PICTURE, a_generation

STEPS = 150
USERS = (ANN, BOB)
MODELS = (FLUX, ModelId("veo3"))
GROUP_LIMITS = (None, None, GroupLimits(per_day=9), GroupLimits(credits_per_day=15))
LIMITS = (None, UserLimits(in_flight=4), UserLimits(per_day=6), UserLimits(credits_per_day=12))

Call = Callable[[GenerationStore], Awaitable[object]]


class Writer:
    """Thinks up one call after another; events mostly fit the generation they are for, versions are sometimes old."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._newest: dict[GenerationId, Generation] = {}
        self._older: list[Generation] = []
        self._made = 0

    def saw(self, answer: object) -> None:
        """Remember a row, so that later calls start from it, or from an older one of the same generation."""
        if isinstance(answer, Generation):
            self._newest[answer.id] = answer
            self._older.append(answer)

    def next_call(self) -> Call:
        kinds = [self._add, self._save, self._save, self._save, self._report, self._note, self._quiet, self._read]
        return self._random.choice(kinds if self._older else [self._add])()

    def _add(self) -> Call:
        self._made += 1
        age = timedelta(minutes=self._random.randrange(3000), microseconds=self._made)
        repeated = self._recent().request_key if self._older and self._random.random() < 0.1 else None
        wish = a_generation(
            age=age,
            user=self._random.choice(USERS),
            model_id=self._random.choice(MODELS),
            reserved_credits=self._random.choice([None, 0.5, 3.0]),
            **{"request_key": repeated} if repeated else {},
        )
        limits, group_limits = self._random.choice(LIMITS), self._random.choice(GROUP_LIMITS)
        return lambda store: store.add(wish, limits=limits, group_limits=group_limits)

    def _save(self) -> Call:
        row = self._event(self._recent())
        epoch = self._random.choice([None, 1, 2, 2, 2, 3])
        return lambda store: store.save(row, epoch=epoch)

    def _event(self, row: Generation) -> Generation:
        at = row.created_at + timedelta(seconds=self._random.randrange(100))
        bad: list[Callable[[], Generation]] = [
            row.not_started,
            row.outcome_unknown,
            lambda: row.failed(Failure(kind=self._random.choice(list(FailureKind))), at=at),
            lambda: row.undeliverable(at=at),
            lambda: row.cancelled(at=at),
        ]
        good: list[Callable[[], Generation]] = [
            lambda: row.submitting(at=at),
            lambda: row.running(TaskId(f"task {self._random.randrange(99)}")),
            lambda: row.succeeded(
                (PICTURE,) * self._random.randrange(1, 4), credits=self._random.choice([None, 2]), at=at
            ),
            lambda: row.part_delivered(Receipt(indexes=row.undelivered[:1], message="m", file_ids=("f",))),
            lambda: row.delivered(at=at),
        ]
        self._random.shuffle(bad)
        self._random.shuffle(good)
        for event in [*bad[: self._random.randrange(3)], *good]:
            try:
                return event()
            except InvalidTransition:
                continue
        return row

    def _report(self) -> Call:
        generation_id, task_id = self._recent().id, TaskId(f"task {self._random.randrange(99)}")
        return lambda store: store.report_task(generation_id, task_id)

    def _note(self) -> Call:
        generation_id, message = self._recent().id, f"m{self._random.randrange(99)}"
        return lambda store: store.note_progress_message(generation_id, message)

    def _quiet(self) -> Call:
        generation_id = self._recent().id
        return lambda store: store.mark_quiet(generation_id)

    def _read(self) -> Call:
        user, model_id, row = self._random.choice(USERS), self._random.choice(MODELS), self._recent()
        before = self._random.choice([None, row.created_at])
        since = NOON - timedelta(minutes=self._random.randrange(3000))
        return self._random.choice(
            [
                lambda store: store.get(row.id),
                lambda store: store.unfinished(),
                lambda store: store.last_of(user, model_id),
                lambda store: store.history(user, limit=5, before=before, text="FOX a"),
                lambda store: store.history(user, limit=3, after=row.created_at),
                lambda store: store.history(user, limit=3, delivered=True),
                lambda store: store.with_ids(user, [row.id, "fox"]),
                lambda store: store.erase(row.id, user),
                lambda store: store.submitted_since(since),
                lambda store: store.durations(model_id, limit=5),
            ]
        )

    def _recent(self) -> Generation:
        rows = self._older if self._random.random() < 0.1 else list(self._newest.values())
        return self._random.choice(rows[-20:])


async def answer(call: Call, store: GenerationStore) -> object:
    try:
        given = await call(store)
    except ApplicationError as error:
        return type(error)
    return given


@pytest.mark.postgres
@pytest.mark.parametrize("seed", range(6))
async def test_the_fake_and_the_real_store_answer_alike(seed: int, database: str, opened_database: Database) -> None:
    operator = await asyncpg.connect(database)
    await operator.execute("INSERT INTO leadership (bot, epoch) VALUES ('1', 2)")
    await operator.close()
    fake, real = InMemoryGenerationStore(ManualClock()), PostgresGenerationStore(opened_database, "1")
    fake.epoch = 2
    writer = Writer(seed)
    for step in range(STEPS):
        call = writer.next_call()
        expected = await answer(call, fake)
        assert await answer(call, real) == expected, f"step {step}"
        writer.saw(expected)
    assert list(await real.unfinished()) == list(await fake.unfinished())
