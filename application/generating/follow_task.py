"""Step two: from a task that runs, or may run, to its end."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Final

import structlog
from attrs import define, field, frozen

from application.errors import ProviderRejected, ProviderUnavailable
from application.generating.bot_accounts import BotAccounts
from application.generating.carried_here import CarriedHere
from application.generating.progress_reporter import ProgressReporter
from application.generating.save_generation import SaveGeneration
from application.generating.stopwatch import Stopwatch
from application.leading.leadership_guard import LeadershipGuard
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.media_provider import TaskFailed, TaskRunning, TaskSucceeded
from application.ports.messenger import OutcomeUnknown, Running
from application.ports.metrics import Metrics
from application.ports.model_catalog import ModelCatalog
from domain.failure import Charged, Failure, FailureKind
from domain.generation import Generation, GenerationId, TaskId
from domain.model import Model, ModelId
from domain.polling import PollPlanner
from domain.provider_account import AccountName

WITHIN_S: Final = 8.0
"""All of them within this time; with the read itself a task that ended while no one led is found within 10 s."""
GAP_S: Final = 0.1
"""Between two of them, where they are few enough: 10 reads a second is what KIE allows one key (``kie/API.md`` §6)."""
LOOK_AGAIN_S: Final = 60.0
"""A report that rang while no one listened to the store is found within this time."""

log = structlog.get_logger()


@define
class FirstLooks:
    """Tasks whose callback came while no one listened would wait for their next planned age, up to eight minutes. So would
    those whose account could not be asked for a while."""

    _clock: Clock
    _due: dict[GenerationId, float] = field(factory=dict, init=False)

    def plan(self, generations: Sequence[GenerationId]) -> None:
        """Spread the first looks at these generations' tasks, in their order, and forget all earlier ones."""
        self._due.clear()
        self.add(generations)

    def add(self, generations: Sequence[GenerationId]) -> None:
        """Spread the first looks at these as well."""
        now, gap_s = self._clock.monotonic(), min(GAP_S, WITHIN_S / max(1, len(generations)))
        self._due |= {each: now + number * gap_s for number, each in enumerate(generations)}

    def take(self, generation_id: GenerationId) -> float | None:
        """How many seconds to wait for its first look; None when none is planned, or it was looked at already."""
        due = self._due.pop(generation_id, None)
        return None if due is None else max(0.0, due - self._clock.monotonic())


@frozen
class LookUpSoon:
    """An account can be asked again: it was added once more, or got another key."""

    _first_looks: FirstLooks
    _carried_here: CarriedHere

    def __call__(self, accounts: Collection[AccountName]) -> None:
        """Have the tasks that run on them looked up soon, as after a take-over."""
        waiting = self._carried_here.running_on(accounts)
        self._first_looks.add(waiting)
        for generation_id in waiting:
            self._carried_here.ring(generation_id)


@frozen
class UsualTimes:
    """How long a model usually takes, by what the planner has seen and what the store remembers, read once per process."""

    _planner: PollPlanner
    _store: GenerationStore
    _recalled: set[ModelId] = field(factory=set, init=False)

    async def recall(self, model_id: ModelId) -> None:
        """Let the planner learn from what the store remembers. Raises StoreUnavailable."""
        if model_id not in self._recalled:
            self._recalled.add(model_id)
            for duration_s in await self._store.durations(model_id):
                self._planner.observe(model_id, duration_s)

    def of(self, model_id: ModelId) -> float | None:
        """Seconds; None when no one knows yet."""
        return self._planner.usual_s(model_id)


@frozen(kw_only=True)
class FollowTask:
    """Ask the provider at the ages that pay for the model, at once when a callback rings, and soon after a take-over.

    ``unknown_for`` is how long an unknown outcome may still be resolved by a callback before it is closed honestly;
    ``wait_for`` is after how long a task that never ends is given up.
    """

    _accounts: BotAccounts
    _catalog: ModelCatalog
    _planner: PollPlanner
    _usual_times: UsualTimes
    _first_looks: FirstLooks
    _progress: ProgressReporter
    _store: GenerationStore
    _save: SaveGeneration
    _clock: Clock
    _metrics: Metrics
    _unknown_for: timedelta
    _wait_for: timedelta

    async def resolve(self, generation: Generation, changed: asyncio.Event, guard: LeadershipGuard) -> Generation:
        """An unknown outcome: running once a callback has named the task, failed when nothing came in time."""
        self._progress.show(generation, OutcomeUnknown)
        lasts = self._stopwatch(generation)
        while generation.reported_task_id is None:
            left_s = self._unknown_for.total_seconds() - lasts.elapsed_s
            if left_s <= 0:
                unknown = Failure(kind=FailureKind.OUTCOME_UNKNOWN, charged=Charged.UNKNOWN)
                return await self._save.failed(generation, unknown, guard)
            await self._clock.wait(changed, min(left_s, LOOK_AGAIN_S))
            changed.clear()
            generation = await self._store.get(generation.id) or generation
        usual_s = self._usual_times.of(generation.model_id)
        return await self._save(generation.running(generation.reported_task_id, usual_s=usual_s), guard)

    async def __call__(self, generation: Generation, changed: asyncio.Event, guard: LeadershipGuard) -> Generation:
        """A running task: succeeded or failed.

        Raises:
            NotLeader, StaleGeneration: as ``SaveGeneration``.
        """
        model, task_id = self._catalog.entry(generation.model_id), generation.task_id
        if model is None or task_id is None:
            gone = Failure(kind=FailureKind.MODEL_UNAVAILABLE, charged=Charged.UNKNOWN)
            return await self._save.failed(generation, gone, guard)
        await self._usual_times.recall(model.id)
        lasts = self._stopwatch(generation)
        self._progress.show(generation, lambda: self._describe(lasts, model))
        if generation.reported_task_id:  # perhaps while no one led: it has ended, look at once
            changed.set()
        first_s = self._first_looks.take(generation.id)
        while first_s is not None or lasts.elapsed_s < self._wait_for.total_seconds():
            planned_s = self._planner.next_delay(model.id, model.output, lasts.elapsed_s)
            rung = await self._clock.wait(changed, planned_s if first_s is None else min(first_s, planned_s))
            changed.clear()
            guard.check()
            if rung and (again_s := self._first_looks.take(generation.id)) is not None:
                first_s = again_s
                continue
            if ended := await self._look(generation, model, task_id, lasts, guard):
                self._learn_of_callbacks(rung=rung, is_first=first_s is not None)
                return ended
            first_s = None
        expired = Failure(kind=FailureKind.WAIT_EXPIRED, charged=Charged.UNKNOWN)
        return await self._save.failed(generation, expired, guard)

    def _learn_of_callbacks(self, *, rung: bool, is_first: bool) -> None:
        """An end that a first look finds says nothing: its callback may have come while no one led."""
        if rung:
            self._planner.callback_arrived()
        elif not is_first:
            self._planner.callback_missed()

    async def _look(
        self, generation: Generation, model: Model, task_id: TaskId, lasts: Stopwatch, guard: LeadershipGuard
    ) -> Generation | None:
        submitted_at = generation.submitted_at or generation.created_at
        try:
            provider = self._accounts.of(generation.account)
            report = await provider.look_up(model, task_id, submitted_at=submitted_at)
        except (ProviderUnavailable, ProviderRejected) as error:
            log.warning("task.not_read", generation_id=generation.id, task_id=task_id, error=str(error))
            return None
        match report:
            case TaskRunning():
                log.debug("task.still_runs", generation_id=generation.id, task_id=task_id)
                return None
            case TaskFailed(failure=failure):
                return await self._save.failed(generation, failure, guard)
            case TaskSucceeded():
                return await self._succeeded(generation, model, report, lasts, guard)

    async def _succeeded(
        self, generation: Generation, model: Model, report: TaskSucceeded, lasts: Stopwatch, guard: LeadershipGuard
    ) -> Generation:
        elapsed_s = lasts.elapsed_s
        took_s = min(report.run_time_s or elapsed_s, elapsed_s)  # whatever the provider says: not longer than we waited
        self._planner.observe(model.id, took_s, ended_at_s=self._clock.monotonic())
        self._metrics.observe("generation_run_seconds", took_s, output=model.output)
        log.info("generation.succeeded", generation_id=generation.id, task_id=generation.task_id, took_s=took_s)
        ended = generation.succeeded(report.results, credits=report.credits, at=self._clock.now())
        return await self._save(ended, guard)

    def _stopwatch(self, generation: Generation) -> Stopwatch:
        return Stopwatch.since(generation.submitted_at or generation.created_at, self._clock)

    def _describe(self, lasts: Stopwatch, model: Model) -> Running:
        return Running(elapsed_s=lasts.elapsed_s, usual_s=self._usual_times.of(model.id))
