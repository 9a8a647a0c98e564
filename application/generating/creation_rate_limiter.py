"""The provider's creation window, shared fairly between users."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Final

from attrs import frozen

from application.ports.clock import Clock
from domain.fair_queue import FairQueue
from domain.generation import GenerationId, UserId

MARGIN_S: Final = 0.1
"""Added to the window: two clocks that measure ten seconds never quite agree."""


LONGEST_PAUSE_S: Final = 60.0
"""Six windows of the provider's. Nothing it documents asks for more."""


@frozen
class CreationWindow:
    """At most ``count`` create requests in any ``period_s`` seconds (``kie/API.md`` §6: 20 in 10)."""

    count: int
    period_s: float


class CreationRateLimiter:
    """Lets create requests out, one at a time per slot of the window, users taking turns. After a pause that the provider
    asked for, one request goes first, to see whether it is over. ``admit`` is a further gate, where other bots use the window too.

    A slot is taken from the grant until ``period_s`` after the request *ended*: the provider counts at some moment
    in between, so counting from the end is the only side that never exceeds its window.
    """

    def __init__(
        self, window: CreationWindow, clock: Clock, admit: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self._window = window
        self._clock = clock
        self._admit = admit
        self._waiting: FairQueue[GenerationId] = FairQueue()
        self._grants: dict[GenerationId, asyncio.Future[None]] = {}
        self._in_flight = 0
        self._ended: deque[float] = deque()
        self._closed_until = 0.0
        self._is_probing = False
        self._timer: asyncio.Task[None] | None = None

    def restore(self, ages_s: Iterable[float]) -> None:
        """What the provider still counts, by age in seconds, as the store knows it: other leaders' requests and our own."""
        now = self._clock.monotonic()
        self._ended = deque(sorted(now - age for age in ages_s))

    def pause(self, seconds: float) -> float:
        """The provider asked for a rest: no turn before it is over. Return how long it is.

        Never longer than ``LONGEST_PAUSE_S``, whatever was asked: a gateway's mistake must not stop everybody.
        """
        rest_s = min(max(seconds, 0.0), LONGEST_PAUSE_S)
        if rest_s > 0:
            self._closed_until = max(self._closed_until, self._clock.monotonic() + rest_s)
            self._is_probing = True
        return rest_s

    def end_pause(self) -> None:
        """The provider took a request: the others may follow."""
        self._is_probing = False
        self._let_out()

    def place(self, user: UserId, generation_id: GenerationId) -> int:
        """Its place in the queue, counting from 1; 0 when it does not wait."""
        return self._waiting.place(user, generation_id)

    def __len__(self) -> int:
        return len(self._waiting)

    @asynccontextmanager
    async def turn(self, user: UserId, generation_id: GenerationId) -> AsyncIterator[None]:
        """Wait for a turn and hold its slot. Cancelling the wait leaves the queue. Raises what ``admit`` raises."""
        await self._granted(user, generation_id)
        try:
            if self._admit:
                await self._admit()
            yield
        finally:
            self._in_flight -= 1
            self._ended.append(self._clock.monotonic())
            self._let_out()

    async def _granted(self, user: UserId, generation_id: GenerationId) -> None:
        grant: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._grants[generation_id] = grant
        self._waiting.push(user, generation_id)
        self._let_out()
        try:
            await grant
        except asyncio.CancelledError:
            if grant.done() and not grant.cancelled():
                self._in_flight -= 1  # granted and cancelled in one breath: the slot was never used
                self._let_out()
            raise
        finally:
            self._grants.pop(generation_id, None)
            self._waiting.remove(user, generation_id)

    def _let_out(self) -> None:
        while len(self._waiting) and (self._wait_s()) <= 0:
            generation_id = self._waiting.pop()
            grant = self._grants.get(generation_id) if generation_id else None
            if grant and not grant.done():
                self._in_flight += 1
                grant.set_result(None)
        if len(self._waiting) and (self._timer is None or self._timer.done()):
            self._timer = asyncio.create_task(self._later(), name="submission-turns")

    async def _later(self) -> None:
        """Come back when a slot is free. A full window of requests in flight comes back by their own end."""
        while len(self._waiting) and (wait := self._wait_s()) > 0:
            if wait == float("inf"):
                return
            await self._clock.sleep(wait)
        self._timer = None
        self._let_out()

    def _wait_s(self) -> float:
        now = self._clock.monotonic()
        span = self._window.period_s + MARGIN_S
        while self._ended and self._ended[0] <= now - span:
            self._ended.popleft()
        rest = max(0.0, self._closed_until - now)
        if self._is_probing and self._in_flight:
            return float("inf")  # its end lets the next one out
        taken = self._in_flight + len(self._ended)
        if taken < self._window.count:
            return rest
        needed = taken - self._window.count
        if needed >= len(self._ended):
            return float("inf")
        return max(rest, self._ended[needed] + span - now)

    async def close(self) -> None:
        """Stop the timer. Turns that still wait are their owners' to cancel."""
        if self._timer:
            self._timer.cancel()
            await asyncio.gather(self._timer, return_exceptions=True)
