"""One term of leading, proved by the heartbeats of the session that it shares with those of the other bots here."""

import asyncio
from collections.abc import Awaitable, Callable

from attrs import frozen

from application.ports.clock import Clock
from domain.leadership import LeaseTiming


@frozen(kw_only=True)
class Term:
    """What the grant brought: whose lock (``bot``, ``key``), the ``epoch``, whether the predecessor had stopped, and how
    long it may still act (``wait_s``)."""

    bot: str
    key: int
    epoch: int
    follows_clean_release: bool
    wait_s: float


class PostgresLeadership:
    """A ``Leadership`` that ends when the session, the lock, the epoch or the lease does, whichever is first.

    Once over it stays over: a heartbeat that comes back after the lease ran out does not revive it.
    """

    def __init__(
        self,
        term: Term,
        *,
        granted_at: float,
        timing: LeaseTiming,
        clock: Clock,
        hand_back: Callable[["PostgresLeadership", bool], Awaitable[None]],
    ) -> None:
        self.term = term
        self._timing = timing
        self._clock = clock
        self._hand_back = hand_back
        self._granted_at = granted_at
        self._deadline = granted_at + timing.acting_s
        self._over = asyncio.Event()
        self._reason = ""
        self._wanted = asyncio.Event()

    @property
    def epoch(self) -> int:
        return self.term.epoch

    @property
    def follows_clean_release(self) -> bool:
        return self.term.follows_clean_release

    @property
    def wait_s(self) -> float:
        return self.term.wait_s

    @property
    def settled(self) -> bool:
        """Whether no one before us can act any more: it had stopped, or its lease has run out since our grant."""
        return self._clock.monotonic() >= self._granted_at + self.wait_s

    @property
    def is_wanted(self) -> bool:
        """Whether it was asked to hand over."""
        return self._wanted.is_set()

    def seconds_left(self) -> float:
        if self._over.is_set():
            return 0.0
        left = self._deadline - self._clock.monotonic()
        if left <= 0:
            self.end("lease_expired")
        return left

    async def lost(self) -> str:
        await self._over.wait()
        return self._reason

    async def wanted(self) -> None:
        await self._wanted.wait()

    async def release(self) -> None:
        is_clean = not self._over.is_set() and self.settled
        self.end("released")
        await self._hand_back(self, is_clean)

    def want(self) -> None:
        """Ask for it, since another instance leads fewer."""
        self._wanted.set()

    def prove(self, sent_at: float) -> None:
        """A heartbeat that was sent at this moment came back good."""
        if self.seconds_left() > 0:
            self._deadline = sent_at + self._timing.acting_s

    def end(self, reason: str) -> None:
        """It is over, for this reason; a later one changes nothing."""
        if not self._over.is_set():
            self._reason = reason
            self._over.set()
