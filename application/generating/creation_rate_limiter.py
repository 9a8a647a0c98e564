"""The provider's creation windows, shared fairly between users."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Final

from attrs import define, field, frozen

from application.ports.clock import Clock
from domain.fair_queue import FairQueue
from domain.generation import GenerationId, UserId
from domain.provider_account import MAIN_ACCOUNT, AccountName

MARGIN_S: Final = 0.1
"""Added to the window: two clocks that measure ten seconds never quite agree."""


LONGEST_PAUSE_S: Final = 60.0
"""Six windows of the provider's. Nothing it documents asks for more."""


@frozen
class CreationWindow:
    """At most ``count`` create requests in any ``period_s`` seconds (``kie/API.md`` §6: 20 in 10)."""

    count: int
    period_s: float


@define(eq=False)
class _Slots:
    """The window of one account."""

    window: CreationWindow
    in_flight: int = 0
    ended: deque[float] = field(factory=deque)
    closed_until: float = 0.0
    is_probing: bool = False

    @property
    def taken(self) -> int:
        return self.in_flight + len(self.ended)

    def wait_s(self, now: float) -> float:
        """How long until one more may leave; infinite where the end of one that has left decides."""
        span = self.window.period_s + MARGIN_S
        while self.ended and self.ended[0] <= now - span:
            self.ended.popleft()
        rest = max(0.0, self.closed_until - now)
        if self.is_probing and self.in_flight:
            return float("inf")
        if self.taken < self.window.count:
            return rest
        needed = self.taken - self.window.count
        if needed >= len(self.ended):
            return float("inf")
        return max(rest, self.ended[needed] + span - now)


@define(eq=False)
class _Grant:
    """A turn that was asked for. ``account``: on this one alone; None: on any."""

    account: AccountName | None
    given: "asyncio.Future[AccountName]"


def _main_alone() -> Sequence[AccountName]:
    return (MAIN_ACCOUNT,)


class CreationRateLimiter:
    """Lets create requests out, one at a time per slot of a window, users taking turns. Each account has a window, and who is
    next goes to the one that has most room. After a pause that the provider asked for, one request goes first, to see whether it
    is over. ``admit`` is a further gate, where other bots use an account too; ``accounts`` are those that take tasks now.

    A slot is taken from the grant until ``period_s`` after the request *ended*: the provider counts at some moment
    in between, so counting from the end is the only side that never exceeds its window.
    """

    def __init__(
        self,
        window: CreationWindow,
        clock: Clock,
        admit: Callable[[AccountName], Awaitable[None]] | None = None,
        accounts: Callable[[], Sequence[AccountName]] = _main_alone,
    ) -> None:
        self._clock = clock
        self._admit = admit
        self._accounts = accounts
        self._slots: defaultdict[AccountName, _Slots] = defaultdict(lambda: _Slots(window))
        self._waiting: defaultdict[AccountName | None, FairQueue[GenerationId]] = defaultdict(FairQueue)
        """By the account that they are bound to; None: those that go to any."""
        self._grants: dict[GenerationId, _Grant] = {}
        self._timer: asyncio.Task[None] | None = None

    def restore(self, ages_s: Iterable[tuple[AccountName, float]]) -> None:
        """What the provider still counts, by age in seconds, as the store knows it: other leaders' requests and our own."""
        now = self._clock.monotonic()
        for slots in self._slots.values():
            slots.ended.clear()
        for account, age_s in sorted(ages_s, key=lambda one: -one[1]):
            self._slots[account].ended.append(now - age_s)

    def pause(self, seconds: float, account: AccountName = MAIN_ACCOUNT) -> float:
        """The provider asked for a rest: no turn on this account before it is over. Return how long it is.

        Never longer than ``LONGEST_PAUSE_S``, whatever was asked: a gateway's mistake must not stop everybody.
        """
        rest_s = min(max(seconds, 0.0), LONGEST_PAUSE_S)
        if rest_s > 0:
            slots = self._slots[account]
            slots.closed_until = max(slots.closed_until, self._clock.monotonic() + rest_s)
            slots.is_probing = True
        return rest_s

    def end_pause(self, account: AccountName = MAIN_ACCOUNT) -> None:
        """The provider took a request: the others may follow."""
        self._slots[account].is_probing = False
        self._let_out()

    def forget_pause(self, account: AccountName) -> None:
        """What was true of this account is so no more: it has another key."""
        self._slots[account].closed_until = 0.0
        self.end_pause(account)

    def place(self, user: UserId, generation_id: GenerationId) -> int:
        """Its place in the queue, counting from 1; 0 when it does not wait."""
        return max((queue.place(user, generation_id) for queue in self._waiting.values()), default=0)

    def __len__(self) -> int:
        return sum(len(queue) for queue in self._waiting.values())

    @asynccontextmanager
    async def turn(
        self, user: UserId, generation_id: GenerationId, *, account: AccountName | None = None
    ) -> AsyncIterator[AccountName]:
        """Wait for a turn, on this account or on any, and hold its slot; gives the account. Cancelling the wait leaves the
        queue. Raises what ``admit`` raises."""
        granted = await self._granted(user, generation_id, account)
        try:
            if self._admit:
                await self._admit(granted)
            yield granted
        finally:
            slots = self._slots[granted]
            slots.in_flight -= 1
            slots.ended.append(self._clock.monotonic())
            self._let_out()

    async def _granted(self, user: UserId, generation_id: GenerationId, account: AccountName | None) -> AccountName:
        grant = _Grant(account, asyncio.get_running_loop().create_future())
        self._grants[generation_id] = grant
        self._waiting[account].push(user, generation_id)
        self._let_out()
        try:
            return await grant.given
        except asyncio.CancelledError:
            if grant.given.done() and not grant.given.cancelled():
                self._slots[grant.given.result()].in_flight -= 1  # granted and cancelled in one breath: never used
                self._let_out()
            raise
        finally:
            self._grants.pop(generation_id, None)
            self._waiting[account].remove(user, generation_id)

    def _let_out(self) -> None:
        now = self._clock.monotonic()
        for bound in [one for one in self._waiting if one is not None]:
            while len(self._waiting[bound]) and self._slots[bound].wait_s(now) <= 0:
                self._grant_next(bound, bound)
        while len(self._waiting[None]) and (free := [name for name in self._accounts() if self._wait_s(name) <= 0]):
            self._grant_next(None, min(free, key=lambda name: self._slots[name].taken))
        if len(self) and (self._timer is None or self._timer.done()):
            self._timer = asyncio.create_task(self._later(), name="submission-turns")

    def _grant_next(self, queue: AccountName | None, account: AccountName) -> None:
        generation_id = self._waiting[queue].pop()
        grant = self._grants.get(generation_id) if generation_id else None
        if grant and not grant.given.done():
            self._slots[account].in_flight += 1
            grant.given.set_result(account)

    async def _later(self) -> None:
        """Come back when a slot is free. A full window of requests in flight comes back by their own end."""
        while (wait := self._shortest_wait_s()) > 0:
            if wait == float("inf"):
                return
            await self._clock.sleep(wait)
        self._timer = None
        self._let_out()

    def _shortest_wait_s(self) -> float:
        """Until one of those that wait may leave; infinite where none waits."""
        bound = [name for name, queue in self._waiting.items() if name is not None and len(queue)]
        free = self._accounts() if len(self._waiting[None]) else ()
        return min((self._wait_s(name) for name in {*bound, *free}), default=float("inf"))

    def _wait_s(self, account: AccountName) -> float:
        return self._slots[account].wait_s(self._clock.monotonic())

    async def close(self) -> None:
        """Stop the timer. Turns that still wait are their owners' to cancel."""
        if self._timer:
            self._timer.cancel()
            await asyncio.gather(self._timer, return_exceptions=True)
