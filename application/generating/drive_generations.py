"""The leader's duty: every unfinished generation is carried by someone, and that someone is the leader."""

import asyncio
from datetime import timedelta
from typing import Final

import structlog
from attrs import define, field, frozen

from application.errors import ApplicationError, NotLeader, StaleGeneration, StoreUnavailable
from application.generating.carried_here import CarriedHere, HandedOver
from application.generating.creation_rate_limiter import CreationRateLimiter
from application.generating.follow_task import FirstLooks
from application.generating.generate_media import GenerateMedia
from application.generating.in_flight import BackgroundTasks, DrainGate
from application.generating.progress_reporter import ProgressReporter
from application.leading.leadership_guard import LeadershipGuard
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.leader_lock import Leadership
from application.ports.metrics import Metrics
from application.ports.tracer import Tracer
from domain.backoff import Backoff
from domain.generation import Generation, GenerationId, GenerationState

log = structlog.get_logger()

FAULTS_BORNE: Final = 3
"""How often one generation's work may end in a fault of our own before this leader leaves it to the next."""

ANSWERS_WITHIN_S: Final = 5.0
"""How long a stop waits for the answers of create requests."""


@define(eq=False)
class _Carried:
    """Someone works on it; ``changed`` rings when others changed the row."""

    changed: asyncio.Event = field(factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


@frozen(kw_only=True)
class DriveGenerations:
    """Load what is unfinished, carry each, and take up what any instance adds, cancels or reports.

    A duty of the leader: ``run`` is cancelled when the leadership is lost, ``drain`` comes before a clean stop.
    """

    _generate: GenerateMedia
    _store: GenerationStore
    _turns: CreationRateLimiter
    _first_looks: FirstLooks
    _background: BackgroundTasks
    _progress: ProgressReporter
    _gate: DrainGate
    _clock: Clock
    _metrics: Metrics
    _tracer: Tracer
    _handed_over: HandedOver
    _carried_here: CarriedHere
    _window_s: float
    _carried: dict[GenerationId, _Carried] = field(factory=dict, init=False)

    @property
    def in_flight(self) -> int:
        """How many are carried now."""
        return len(self._carried)

    async def run(self, leadership: Leadership) -> None:
        """Until cancelled. Ends with ``NotLeader`` when the store says that a later leadership has begun."""
        self._carried.clear()
        self._progress.reset()
        self._gate.open()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._progress.run(), name="progress-progress")
                for wait in Backoff():
                    try:
                        await self._follow_changes(LeadershipGuard(leadership), group)
                    except StoreUnavailable as error:
                        log.warning("store.unavailable", error=str(error))
                    await self._clock.sleep(wait)
        except ExceptionGroup as faults:
            if faults.subgroup(NotLeader):
                raise NotLeader("a later leadership has begun") from faults
            raise
        finally:
            self._carried_here.clear()

    async def drain(self) -> None:
        """Begin nothing new; finish what is between a request and the write that remembers it."""
        await self._gate.close()
        await self._background.drain(ANSWERS_WITHIN_S)

    async def _follow_changes(self, guard: LeadershipGuard, group: asyncio.TaskGroup) -> None:
        async with self._store.changes() as changes:
            await self._load(guard, group)
            async for generation_id in changes:
                try:
                    await self._notice(generation_id, guard, group)
                except ApplicationError:
                    raise
                except Exception:
                    self._count_fault(generation_id)

    async def _load(self, guard: LeadershipGuard, group: asyncio.TaskGroup) -> None:
        now = self._clock.now()
        recent = await self._store.submitted_since(now - timedelta(seconds=self._window_s))
        self._turns.restore((account, (now - at).total_seconds()) for account, at in recent)
        unfinished = await self._store.unfinished()
        log.info("generations.loaded", count=len(unfinished))
        self._first_looks.plan([row.id for row in unfinished if row.state is GenerationState.RUNNING])
        for generation in unfinished:
            self._take_up(generation, guard, group)

    async def _notice(self, generation_id: GenerationId, guard: LeadershipGuard, group: asyncio.TaskGroup) -> None:
        if carried := self._carried.get(generation_id):
            carried.changed.set()  # at once: mostly it is a callback, and someone waits for its result
            group.create_task(self._handle_person(generation_id, carried), name=f"handle-person-{generation_id}")
        elif row := self._handed_over.take(generation_id) or await self._store.get(generation_id):
            self._take_up(row, guard, group)

    async def _handle_person(self, generation_id: GenerationId, carried: _Carried) -> None:
        """Let go of what was taken back, mute what is not waited for. Without the row it is the next write that finds out."""
        try:
            row = await self._store.get(generation_id)
        except StoreUnavailable:
            return
        except Exception:
            self._count_fault(generation_id)
            return
        if row and row.state is GenerationState.CANCELLED and carried.task:
            carried.task.cancel()
            await self._generate.taken_back(row)
        elif row and row.quiet:
            self._progress.mute(generation_id)

    def _take_up(self, generation: Generation, guard: LeadershipGuard, group: asyncio.TaskGroup) -> None:
        if generation.is_terminal or generation.id in self._carried:
            return
        carried = self._carried[generation.id] = _Carried()
        self._carried_here.begin(generation, carried.changed)
        carried.task = group.create_task(self._carry(generation, carried, guard), name=f"generation-{generation.id}")

    async def _carry(self, generation: Generation, carried: _Carried, guard: LeadershipGuard) -> None:
        try:
            with self._tracer.span("generation", parent=generation.trace, generation=generation.id):
                await self._to_the_end(generation, carried.changed, guard)
        finally:
            await self._progress.stop(generation)
            self._carried.pop(generation.id, None)
            self._carried_here.end(generation.id)

    async def _to_the_end(self, generation: Generation, changed: asyncio.Event, guard: LeadershipGuard) -> None:
        faults = 0
        # What was read beside the end of a delivery may be older than that end. Every other state begins with a
        # compare-and-set, which finds out; a delivery begins with a message.
        row = None if generation.state is GenerationState.DELIVERING else generation
        for wait in Backoff(most_s=60.0):
            try:
                row = row or await self._store.get(generation.id)
                if row:
                    await self._generate(row, changed, guard)
                return
            except StaleGeneration:
                log.info("generation.stale", generation_id=generation.id)
            except StoreUnavailable as error:
                log.warning("store.unavailable", generation_id=generation.id, error=str(error))
            except NotLeader:
                raise
            except Exception:  # a fault of our own must not take the other generations with it
                faults += 1
                self._count_fault(generation.id, faults=faults)
                if faults >= FAULTS_BORNE:
                    return
            row = None
            await self._clock.sleep(wait)

    def _count_fault(self, generation_id: GenerationId, *, faults: int = 1) -> None:
        """Write down the exception that is being handled: a fault of our own about one generation."""
        log.exception("generation.fault", generation_id=generation_id, faults=faults)
        self._metrics.count("generation_fault")
