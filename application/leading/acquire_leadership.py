"""Use case: lead when it is our turn, stand by when it is not, and never act in between."""

import asyncio
import random
from collections.abc import AsyncIterator, Collection, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, Protocol

import structlog
from attrs import evolve

from application.errors import ApplicationError, LeadershipUnusable, NotLeader
from application.ports.clock import Clock
from application.ports.leader_lock import LeaderLock, Leadership
from application.ports.metrics import Metrics
from domain.backoff import Backoff
from domain.leadership import LeadershipState, LeadershipStatus

log = structlog.get_logger(__name__)

UNUSABLE_RETRY_S: Final = 30.0
DRAIN_TIMEOUT_S: Final = 10.0
"""For each duty."""
CANCEL_TIMEOUT_S: Final = 5.0
STEADY_AFTER_S: Final = 10.0
"""A term that ends sooner was no real one: the next waits longer."""

_AFTER_A_STALL: Final = Backoff(first_s=1.0, most_s=4.0)
"""Longer than a standby needs to take over, and no longer: where there is no other instance, it is silence for everybody."""
_AFTER_A_FAULT: Final = Backoff(first_s=1.0, most_s=60.0)
"""A duty that fails each time it begins is a fault of our own, and quick repetition does not end it."""
DUTY_FAILED: Final = "duty_failed"


class Duty(Protocol):
    """Work that only the leader does."""

    async def run(self, leadership: Leadership, /) -> None:
        """Work until cancelled, which comes when the leadership is lost or handed over. Returning early is fine.

        Whatever others would see is done only after ``Term.require``. An exception ends the leadership.
        """
        ...

    async def drain(self) -> None:
        """Finish what has begun and start nothing new, while ``run`` goes on and the lock is held. May be cancelled."""
        ...


class DutyStuck(ApplicationError):
    """A duty did not end when it was cancelled. Only the end of the process can stop it now."""

    code = "duty_stuck"


class AcquireLeadership:
    """Competes for the lock again and again until asked to stop, and runs the duties while leading.

    It never gives up because another leads, nor because the lock is misconfigured: the process stays alive to say so.
    ``duties`` are named for the log. They begin together, and are drained in the opposite order. ``bot`` is the id of the one
    that is led: a process may lead many, each with a series of its own in the figures.
    """

    def __init__(
        self, *, bot: str, lock: LeaderLock, clock: Clock, duties: Mapping[str, Duty], metrics: Metrics
    ) -> None:
        self._bot = bot
        self._lock = lock
        self._clock = clock
        self._duties = duties
        self._metrics = metrics
        self._leadership: Leadership | None = None
        self._status = LeadershipStatus(state=LeadershipState.STARTING, since=clock.now())

    @property
    def status(self) -> LeadershipStatus:
        """Where this instance stands now."""
        if self._leadership is None:
            return self._status
        left = max(0.0, self._leadership.seconds_left())
        return evolve(self._status, epoch=self._leadership.epoch, lease_left_s=left)

    async def __call__(self, stop: asyncio.Event) -> None:
        """Run until ``stop`` is set, then drain, hand over and return. Cancelling hands over without draining.

        Raises:
            DutyStuck: a duty outlived its cancellation. Nothing was marked as released, and the process should exit.
        """
        short_terms = 0
        try:
            while not stop.is_set():
                self._enter(LeadershipState.STANDBY)
                if short_terms:
                    pause = _AFTER_A_FAULT if self._status.last_loss == DUTY_FAILED else _AFTER_A_STALL
                    chance = random.random()  # noqa: S311 - spreads load, hides nothing
                    await self._clock.wait(stop, pause.delay_s(short_terms, chance=chance))
                if leadership := await self._stand_by(stop):
                    began_at = self._clock.monotonic()
                    handed_over = await self._serve(leadership, stop)
                    steady = handed_over or self._clock.monotonic() - began_at >= STEADY_AFTER_S
                    short_terms = 0 if steady else short_terms + 1
        finally:
            await self._lock.close()
            self._enter(LeadershipState.STOPPED)

    async def _stand_by(self, stop: asyncio.Event) -> Leadership | None:
        """Wait for our turn. None: asked to stop, or the lock is unusable and was given a rest."""
        async with _beside(self._lock.acquire(), stop.wait()) as (acquiring, stopping):
            await asyncio.wait({acquiring, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not acquiring.done():
                return None
            try:
                leadership: Leadership = acquiring.result()
            except LeadershipUnusable as error:
                await self._rest(error, stop)
                return None
            return leadership

    async def _rest(self, error: LeadershipUnusable, stop: asyncio.Event) -> None:
        log.error("leadership.unusable", advice=str(error), retry_in_s=UNUSABLE_RETRY_S)
        self._metrics.count("leadership_unusable")
        self._status = evolve(self._status, fault=str(error))
        await self._clock.wait(stop, UNUSABLE_RETRY_S)
        self._status = evolve(self._status, fault=None)

    async def _serve(self, leadership: Leadership, stop: asyncio.Event) -> bool:
        """One term, from the grant to its end. Whatever ends it, the duties stop first; the lock is cleaned up after.

        Returns whether it ended in favour of an instance that leads fewer.
        """
        self._leadership = leadership
        duties: list[asyncio.Task[None]] = []
        handed_over = False
        try:
            async with _beside(leadership.lost(), stop.wait(), leadership.wanted()) as (lost, stopping, wanted):
                try:
                    if await self._predecessor_stopped(leadership, lost, stop):
                        duties = self._begin(leadership)
                        await _first_failure(duties, unless={lost, stopping, wanted})
                        if (stopping.done() or wanted.done()) and leadership.seconds_left() > 0:
                            await self._drain(lost)
                            handed_over = wanted.done()
                finally:
                    await _dismiss(duties)
                    if reason := await _why_over(leadership, duties):
                        self._note_loss(leadership, reason)
                    await leadership.release()
        finally:
            self._leadership = None
        return handed_over

    async def _predecessor_stopped(self, leadership: Leadership, lost: asyncio.Task[Any], stop: asyncio.Event) -> bool:
        """Wait until no one else can act any more. False: there is nothing to lead any more either."""
        if wait_s := leadership.wait_s:
            log.info("leadership.predecessor_awaited", epoch=leadership.epoch, wait_s=round(wait_s, 3))
            async with _beside(self._clock.wait(stop, wait_s)) as (waiting,):
                await asyncio.wait({waiting, lost}, return_when=asyncio.FIRST_COMPLETED)
        return leadership.seconds_left() > 0 and not stop.is_set()

    def _begin(self, leadership: Leadership) -> list[asyncio.Task[None]]:
        self._enter(LeadershipState.LEADER)
        return [
            asyncio.create_task(self._run(name, duty, leadership), name=f"duty.{name}")
            for name, duty in self._duties.items()
        ]

    async def _run(self, name: str, duty: Duty, leadership: Leadership) -> None:
        try:
            await duty.run(leadership)
        except NotLeader:  # its own check or the store noticed first; it did what it should
            raise
        except Exception:
            log.exception("duty.failed", duty=name)
            raise

    async def _drain(self, lost: asyncio.Task[Any]) -> None:
        """One duty after another, the last one first, so that the first goes on until all that came after it is done."""
        self._enter(LeadershipState.DRAINING)
        for name, duty in reversed(list(self._duties.items())):
            async with _beside(self._drain_one(name, duty), self._clock.sleep(DRAIN_TIMEOUT_S)) as (drained, late):
                await asyncio.wait({drained, late, lost}, return_when=asyncio.FIRST_COMPLETED)
                if not drained.done():
                    log.warning("leadership.drain_cut_short", duty=name, lost=lost.done())
            if lost.done():
                return

    async def _drain_one(self, name: str, duty: Duty) -> None:
        try:
            await duty.drain()
        except Exception:
            log.exception("duty.drain_failed", duty=name)

    def _note_loss(self, leadership: Leadership, reason: str) -> None:
        log.warning("leadership.lost", epoch=leadership.epoch, reason=reason)
        self._metrics.count("leadership_lost", reason=reason, bot=self._bot)
        self._status = evolve(self._status, last_loss=reason)

    def _enter(self, state: LeadershipState) -> None:
        if state is self._status.state:
            return
        epoch = self._leadership.epoch if self._leadership else None
        log.info("leadership.state_changed", state=str(state), before=str(self._status.state), epoch=epoch)
        self._metrics.count("leadership_state_changed", state=str(state))
        self._metrics.gauge("leadership_leading", float(state is LeadershipState.LEADER), bot=self._bot)
        self._status = evolve(self._status, state=state, since=self._clock.now())


@asynccontextmanager
async def _beside(*waits: Coroutine[Any, Any, Any]) -> AsyncIterator[list[asyncio.Task[Any]]]:
    """Run these as tasks for the length of the block; whichever are left are cancelled, and have ended, after it."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _first_failure(duties: Collection[asyncio.Task[None]], *, unless: Collection[asyncio.Task[Any]]) -> None:
    """Wait until a duty fails or one of ``unless`` is done. A duty that returns has simply finished."""
    pending = set(duties)
    while not any(task.done() for task in unless):
        done, _ = await asyncio.wait({*pending, *unless}, return_when=asyncio.FIRST_COMPLETED)
        if any(task.cancelled() or task.exception() for task in done & pending):
            return
        pending -= done


async def _why_over(leadership: Leadership, duties: Collection[asyncio.Task[None]]) -> str | None:
    """What ended it, in a word. None: we did, being asked to stop."""
    if leadership.seconds_left() <= 0:
        return await leadership.lost()
    errors = [error for duty in duties if not duty.cancelled() and (error := duty.exception())]
    if any(isinstance(error, NotLeader) for error in errors):
        return "superseded"
    return DUTY_FAILED if errors else None


async def _dismiss(duties: Collection[asyncio.Task[None]]) -> None:
    """Cancel what still runs and wait for its end.

    Raises:
        DutyStuck: one goes on regardless.
    """
    if not duties:
        return
    for duty in duties:
        duty.cancel()
    _, stuck = await asyncio.wait(duties, timeout=CANCEL_TIMEOUT_S)
    if stuck:
        names = ", ".join(sorted(duty.get_name() for duty in stuck))
        raise DutyStuck(f"{names} did not stop within {CANCEL_TIMEOUT_S:g} s")
    await asyncio.gather(*duties, return_exceptions=True)
