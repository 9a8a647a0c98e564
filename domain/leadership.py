"""Who leads and for how long: the states an instance goes through, and the arithmetic that keeps two from acting."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import evolve, field, frozen

CLOCK_DRIFT: Final = 0.01
"""How far the rates of two hosts' clocks may differ. Crystals and NTP slewing stay below 0.001 (500 ppm each way)."""


class LeadershipState(StrEnum):
    """Where an instance stands: ``starting → standby ⇄ leader → draining → stopped``."""

    STARTING = "starting"
    STANDBY = "standby"
    LEADER = "leader"
    DRAINING = "draining"
    STOPPED = "stopped"


@frozen(kw_only=True)
class LeadershipStatus:
    """A snapshot for people and monitors.

    ``epoch`` and ``lease_left_s`` are those of the leadership held now, None without one. ``last_loss`` is the cause of
    the last involuntary end. ``fault`` says what to set instead while the lock can't be used as configured.
    """

    state: LeadershipState
    since: datetime
    epoch: int | None = None
    lease_left_s: float | None = None
    last_loss: str | None = None
    fault: str | None = None


@frozen(kw_only=True)
class LeaseTiming:
    """The durations of a leadership, in seconds.

    A leader sends a heartbeat every ``heartbeat_s`` and gives one up after ``heartbeat_timeout_s``. It may act for
    ``lease_s`` from the *start* of its last good heartbeat; the server frees a silent session ``idle_s`` after the *end* of
    it. Start comes before end, so a lease shorter than the idle time means the leader always stops first, whatever the
    network does. ``ask_s`` is how often an instance looks whether a bot that it waits for is free; what is handed
    over in order it hears of at once.
    """

    heartbeat_s: float
    heartbeat_timeout_s: float
    lease_s: float
    idle_s: float = field()
    ask_s: float = 0.2

    @idle_s.validator
    def _check_order(self, _attribute: object, idle_s: float) -> None:
        beat_s = self.heartbeat_s + self.heartbeat_timeout_s
        if min(self.heartbeat_s, self.heartbeat_timeout_s) <= 0 or not beat_s < self.acting_s < self.lease_s < idle_s:
            raise ValueError("a heartbeat and its time-out must fit into the lease, and the lease into the idle time")

    @property
    def acting_s(self) -> float:
        """What a leader allows itself: a lease on the slowest clock, over before a successor's fastest clock counts one."""
        return self.lease_s * (1 - CLOCK_DRIFT)

    def left_after(self, silence_s: float | None) -> float:
        """How long a leader may still act whose last heartbeat reached the server so long ago; None: that is not known."""
        return self.lease_s if silence_s is None else min(self.lease_s, max(0.0, self.lease_s - silence_s))


NORMAL_TIMING: Final = LeaseTiming(heartbeat_s=1.0, heartbeat_timeout_s=1.5, lease_s=3.0, idle_s=4.0)
"""A whole CPU, or close to it."""

SLOW_TIMING: Final = LeaseTiming(heartbeat_s=2.0, heartbeat_timeout_s=4.0, lease_s=8.0, idle_s=12.0, ask_s=0.5)
"""A throttled host (0.1 to 0.5 CPU), whose event loop stands still for seconds at a time."""


@frozen(kw_only=True)
class OwnTerms:
    """What an instance knows of its own leaderships, to judge whether the one before a new grant has stopped.

    A term is *settled* once no one before it can act any more: its predecessor had stopped, or its lease has run out.
    Our own last term needs no waiting for, since we know that we stopped; but only a settled one, or a short term of our own
    would hide a predecessor who still acts. For the same reason an unsettled term is never marked as released.
    """

    epoch: int = 0
    settled_epoch: int = 0

    def predecessor_stopped(self, epoch: int, *, released: bool | None) -> bool:
        """Whether the leader before ``epoch`` can't act any more.

        ``released`` is what the row of exactly ``epoch - 1`` said; None where there is no such row: before the first leader
        of all, or after a failover that lost the last rows.
        """
        if released is None:
            return epoch == 1
        return released or epoch - 1 == self.settled_epoch

    def began(self, epoch: int, *, settled: bool) -> "OwnTerms":
        """A new term of our own."""
        return evolve(self, epoch=epoch, settled_epoch=epoch if settled else self.settled_epoch)

    def settled(self) -> "OwnTerms":
        """The last term is settled by now."""
        return evolve(self, settled_epoch=self.epoch)
