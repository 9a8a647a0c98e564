"""Simulated time for the model of leadership: what is to come, what a seed decides, and what was done."""

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count, pairwise
from random import Random

from attrs import frozen

from domain.leadership import LeaseTiming

Do = Callable[[], None]


@frozen(kw_only=True)
class Rules:
    """The algorithm's choices. ``evolve`` one of them to see what it is there for."""

    heartbeat_s: float
    heartbeat_timeout_s: float
    acting_s: float
    idle_s: float
    ask_s: float
    timing: LeaseTiming
    waits_for_unclean: bool = True
    lease_from_receipt: bool = False
    hides_unsettled_terms: bool = False
    former_releases: int = 0
    """How many of the instances note no heartbeats, as those of an earlier release."""
    trusts_any_heartbeat: bool = False
    old_heartbeats_outlive_a_crash: bool = False
    frees_before_it_stops: bool = False

    @classmethod
    def of(cls, timing: LeaseTiming) -> "Rules":
        """What the product does."""
        return cls(
            heartbeat_s=timing.heartbeat_s,
            heartbeat_timeout_s=timing.heartbeat_timeout_s,
            acting_s=timing.acting_s,
            idle_s=timing.idle_s,
            ask_s=timing.ask_s,
            timing=timing,
        )


@frozen
class Act:
    """An instance acted for a bot without pause from ``start`` to ``end``, in true seconds; both ends belong to it."""

    start: float
    end: float
    instance: int
    epoch: int
    bot: int


class World:
    """True time. One ``Random`` decides everything, so a seed is a schedule and can be played again."""

    def __init__(self, seed: int, rules: Rules) -> None:
        self.random = Random(seed)
        self.rules = rules
        self.now = 0.0
        self.acts: list[Act] = []
        self.calm = False
        self._numbers = count(1)
        self._events: list[tuple[float, int, Do]] = []
        self._order = count()

    def at(self, moment: float, do: Do) -> None:
        """Events of one moment happen in the order in which they were planned."""
        heappush(self._events, (moment, next(self._order), do))

    def run(self, seconds: float) -> None:
        """Let this much time pass."""
        while self._events and self._events[0][0] <= seconds:
            self.now, _, do = heappop(self._events)
            do()

    def next_number(self) -> int:
        """Of a session, as a server numbers its processes."""
        return next(self._numbers)

    def delay_s(self) -> float:
        """How long a message takes: mostly no time, sometimes longer than any patience. In the calm it takes none."""
        kind = 0.0 if self.calm else self.random.random()
        return self.random.uniform(0, 0.005 if kind < 0.8 else 0.4 if kind < 0.95 else 2.5)

    def overlap(self) -> tuple[Act, Act] | None:
        """Two acts of different instances for one bot at one moment, if there are any."""
        latest: dict[int, Act] = {}
        for act in sorted(self.acts, key=lambda act: act.start):
            before = latest.get(act.bot)
            if before and act.start <= before.end and act.instance != before.instance:
                return before, act
            if before is None or act.end > before.end:
                latest[act.bot] = act
        return None

    def led_at_the_end(self) -> dict[int, int]:
        """Who acted for each bot up to the last moment."""
        return {act.bot: act.instance for act in self.acts if act.end >= self.now}

    @property
    def takeovers(self) -> int:
        """How often another instance acted for a bot than the one before."""
        acts = sorted(self.acts, key=lambda act: (act.bot, act.start))
        return sum(a.instance != b.instance and a.bot == b.bot for a, b in pairwise(acts))
