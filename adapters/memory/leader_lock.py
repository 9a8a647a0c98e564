"""A leader lock for several contenders in one process, and the trouble they can be put into."""

import asyncio
from collections import defaultdict, deque

from attrs import define, field

from application.ports.clock import Clock
from domain.leadership import NORMAL_TIMING, LeaseTiming, OwnTerms


class InMemoryLeadership:
    """A ``Leadership`` whose heartbeats always arrive, until its lock is frozen or cut off."""

    def __init__(self, room: "LockRoom", *, bot: str, epoch: int, follows_clean_release: bool, wait_s: float) -> None:
        self._room = room
        self._bot = bot
        self._epoch = epoch
        self._follows_clean_release = follows_clean_release
        self._wait_s = wait_s
        self._granted_at = room.clock.monotonic()
        self._silent_since: float | None = None
        self._reachable = True
        self._over = asyncio.Event()
        self._wanted = asyncio.Event()
        self._reason = ""

    @property
    def epoch(self) -> int:
        return self._epoch

    @property
    def follows_clean_release(self) -> bool:
        return self._follows_clean_release

    @property
    def wait_s(self) -> float:
        return self._wait_s

    @property
    def settled(self) -> bool:
        """Whether no one before us can act any more: it had stopped, or its lease has run out since our grant."""
        return self._room.clock.monotonic() >= self._granted_at + self._wait_s

    @property
    def heard_at(self) -> float:
        """When its last heartbeat arrived."""
        return self._room.clock.monotonic() if self._silent_since is None else self._silent_since

    def seconds_left(self) -> float:
        if self._over.is_set():
            return 0.0
        now = self._room.clock.monotonic()
        left = self._room.timing.acting_s - (0 if self._silent_since is None else now - self._silent_since)
        if left <= 0:
            self.end("lease_expired")
        return left

    async def lost(self) -> str:
        await self._over.wait()
        return self._reason

    async def wanted(self) -> None:
        await self._wanted.wait()

    def want(self) -> None:
        """Ask for it, as an instance does that leads fewer."""
        self._wanted.set()

    async def release(self) -> None:
        if not self._over.is_set() and self._reachable:
            self._room.mark_released(self._bot, self._epoch, settled=self.settled)
        self.end("released")
        self.drop()

    def drop(self) -> None:
        """End it without a word; the server notices where it can be reached."""
        self.end("dropped")
        if self._reachable:
            self._room.free(self._bot, self)

    def end(self, reason: str) -> None:
        """The holder learns that it is over."""
        if not self._over.is_set():
            self._reason = reason
            self._over.set()

    def fall_silent(self, *, reachable: bool) -> None:
        """No heartbeat from now on: the server frees the lock after its idle time."""
        self._reachable = reachable
        if self._silent_since is None:
            self._silent_since = self._room.clock.monotonic()
            self._room.free_later(self._bot, self)


@define
class _Lock:
    """One bot's lock and row, as the server has them."""

    owner: InMemoryLeadership | None = None
    queue: deque["_Waiter"] = field(factory=deque)
    epoch: int = 0
    released: bool | None = None
    heard_at: float | None = None


@define(eq=False)
class _Waiter:
    lock: "InMemoryLeaderLock"
    turn: asyncio.Future[InMemoryLeadership | None]


class LockRoom:
    """What contenders compete in, as instances do in one database."""

    def __init__(self, clock: Clock, *, timing: LeaseTiming = NORMAL_TIMING) -> None:
        self.clock = clock
        self.timing = timing
        self._locks: defaultdict[str, _Lock] = defaultdict(_Lock)
        self._timers: set[asyncio.Task[None]] = set()

    def enter_queue(self, bot: str, lock: "InMemoryLeaderLock") -> asyncio.Future[InMemoryLeadership | None]:
        """Wait behind those who came before. The turn brings a leadership, or None to one that was cut off."""
        waiter = _Waiter(lock, asyncio.get_running_loop().create_future())
        self._locks[bot].queue.append(waiter)
        self._hand_on(bot)
        return waiter.turn

    def mark_released(self, bot: str, epoch: int, *, settled: bool) -> None:
        row = self._locks[bot]
        if row.epoch == epoch and settled:
            row.released = True

    def free(self, bot: str, leadership: InMemoryLeadership) -> None:
        """The server ends a session."""
        lock = self._locks[bot]
        if lock.owner is leadership:
            lock.owner, lock.heard_at = None, leadership.heard_at
            self._hand_on(bot)

    def free_later(self, bot: str, leadership: InMemoryLeadership) -> None:
        """The server ends a session that has been silent for the idle time."""
        timer = asyncio.create_task(self._free_after_idle(bot, leadership))
        self._timers.add(timer)
        timer.add_done_callback(self._timers.discard)

    async def _free_after_idle(self, bot: str, leadership: InMemoryLeadership) -> None:
        await self.clock.sleep(self.timing.idle_s)
        self.free(bot, leadership)

    def _hand_on(self, bot: str) -> None:
        lock = self._locks[bot]
        while lock.owner is None and lock.queue:
            waiter = lock.queue.popleft()
            if waiter.turn.done():  # given up, or cut off
                continue
            epoch = lock.epoch + 1
            clean = waiter.lock.terms.predecessor_stopped(epoch, released=lock.released)
            silence_s = None if lock.heard_at is None else self.clock.monotonic() - lock.heard_at
            wait_s = 0.0 if clean else self.timing.left_after(silence_s)
            waiter.lock.terms = waiter.lock.terms.began(epoch, settled=wait_s == 0)
            lock.epoch, lock.released = epoch, False
            lock.owner = InMemoryLeadership(self, bot=bot, epoch=epoch, follows_clean_release=clean, wait_s=wait_s)
            waiter.turn.set_result(lock.owner)


class InMemoryLeaderLock:
    """One contender. ``lose``, ``want``, ``freeze`` and ``cut_off`` do to it what platforms do to a process."""

    def __init__(self, room: LockRoom, *, bot: str = "1") -> None:
        self.terms = OwnTerms()
        self._room = room
        self._bot = bot
        self._current: InMemoryLeadership | None = None
        self._turn: asyncio.Future[InMemoryLeadership | None] | None = None
        self._online = asyncio.Event()
        self._online.set()

    async def acquire(self) -> InMemoryLeadership:
        self._drop_current()
        while True:
            await self._online.wait()
            self._turn = self._room.enter_queue(self._bot, self)
            try:
                self._current = await self._turn
            except asyncio.CancelledError:
                if not self._turn.cancelled() and (granted := self._turn.result()):
                    granted.drop()
                raise
            if self._current is not None:
                return self._current

    async def close(self) -> None:
        self._drop_current()

    def lose(self) -> None:
        """The server ends the session, and the client hears it."""
        if self._current is not None:
            self._current.end("session_ended")
            self._current.drop()

    def want(self) -> None:
        """Another instance is to lead instead."""
        if self._current is not None:
            self._current.want()

    def freeze(self) -> None:
        """The process stands still: nothing is sent, and nothing is noticed before someone asks ``seconds_left``."""
        if self._current is not None:
            self._current.fall_silent(reachable=True)

    def cut_off(self) -> None:
        """The network is gone: a leader's next heartbeat fails, and a waiter leaves the queue."""
        self._online.clear()
        if self._turn is not None and not self._turn.done():
            self._turn.set_result(None)
        if self._current is not None:
            self._current.fall_silent(reachable=False)
            self._current.end("heartbeat_failed")

    def heal(self) -> None:
        """The network is back."""
        self._online.set()

    def _drop_current(self) -> None:
        leadership, self._current = self._current, None
        if leadership is not None:
            leadership.drop()
            if leadership.settled:
                self.terms = self.terms.settled()
