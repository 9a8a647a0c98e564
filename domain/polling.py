"""When to ask how a task stands: at the ages at which a question is most likely to find the end.

A question costs the same at any age; what it saves depends on how likely the task is to have ended since the last one.
For the hazard h of a task's end, the mean delay is ∫ f Δ/2 and the number of questions ∫ S/Δ, and the interval Δ that
makes the first least for a given second is proportional to 1/√h. So no question is wasted while no task ever ends, and
they come closest where most end. The number of questions is held to that of a poller with a fixed interval.
"""

import math
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Mapping
from functools import cached_property
from heapq import heappop, heappush
from itertools import count, pairwise, takewhile
from statistics import median, pstdev
from types import MappingProxyType
from typing import Final

from attrs import define, field, frozen

from domain.media import MediaKind
from domain.model import ModelId

EXPECTED_WEIGHT: Final = 3
"""The expectation counts as much as so many tasks seen, and fades as they become more (half of it is left after 20)."""
REMEMBERED: Final = 200
KERNELS: Final = 40
"""Of many remembered run times so many stand for all, evenly chosen by rank."""
STEP: Final = 1.02
AGES: Final = tuple(0.3 * STEP**i for i in range(480))
"""The ages, in seconds, at which a survival curve is kept: 0.3 s to over an hour, each 2 % later than the one before."""
_LOG_AGES: Final = tuple(math.log(age) for age in AGES)
NAIVE_INTERVAL_S: Final = 3.0
"""The fixed interval we are measured against; KIE's own advice (kie/API.md §3)."""
SHORTEST_GAP_S: Final = 0.2
"""KIE takes 10 reads a second of one task (kie/API.md §6); half of that leaves room for a callback's confirming read."""
LONGEST_GAP_S: Final = 1.08 * NAIVE_INTERVAL_S
"""What is found later than this after its end is found late …"""
LATE: Final = 0.003
"""… which may happen to so many, where long gaps save most: before the first question, and between two speeds of a model."""
TAIL: Final = 0.001
"""The share of slowest tasks for which ages are no longer planned."""
BACKSTOP_SHARE: Final = 0.01
"""With callbacks the first question is asked when no more than this share should still run …"""
BACKSTOP_GAP_S: Final = 30.0
"""… and then at this interval."""
LATEST_GAP_S: Final = 30.0
"""The interval the tail grows to (kie/API.md §3)."""
CALLBACKS_DISTRUSTED_AFTER: Final = 3


@frozen
class LogNormal:
    """Run times whose logarithms are normal: ``median_s`` seconds, ``sigma`` of the logarithm."""

    median_s: float
    sigma: float

    def survival(self, log_age: float) -> float:
        """The share of tasks still running at the age with this logarithm."""
        return 0.5 * math.erfc((log_age - math.log(self.median_s)) / (self.sigma * math.sqrt(2)))


EXPECTED: Final[Mapping[MediaKind, LogNormal]] = MappingProxyType(
    {
        MediaKind.IMAGE: LogNormal(20.0, 0.8),
        MediaKind.VIDEO: LogNormal(120.0, 0.6),
        MediaKind.AUDIO: LogNormal(30.0, 0.8),
        MediaKind.TEXT: LogNormal(15.0, 0.8),
        MediaKind.FILE: LogNormal(30.0, 0.8),
    }
)
"""Before anything was seen. Recorded: 12-112 s for images, 63-188 s for video (kie/API.md §3); wide, for others are guesses."""


@define
class RunTimes:
    """What was seen of one model. ``count`` goes on counting when old ones are forgotten."""

    count: int = field(default=0, init=False)
    _seen: deque[float] = field(factory=lambda: deque(maxlen=REMEMBERED), init=False)
    _median_s: float | None = field(default=None, init=False)
    """Asked for with every task, and sorted out once for each that ends."""

    def add(self, seconds: float) -> None:
        """One more task ran so long."""
        self._seen.append(seconds)
        self.count += 1
        self._median_s = None

    @property
    def median_s(self) -> float | None:
        """The middle one, None before the first."""
        if self._median_s is None and self._seen:
            self._median_s = median(self._seen)
        return self._median_s

    def survival(self, expected: LogNormal) -> list[float]:
        """The share of tasks still running at each of ``AGES``, if ``expected`` is what was expected beforehand."""
        kernels = self._kernels()
        each = len(self._seen) / len(kernels) if kernels else 0.0
        weight = EXPECTED_WEIGHT / (1 + len(self._seen) / 20)
        total = weight + len(self._seen)
        return [
            (weight * expected.survival(age) + each * sum(kernel.survival(age) for kernel in kernels)) / total
            for age in _LOG_AGES
        ]

    def _kernels(self) -> list[LogNormal]:
        """One bell around each run time, a little narrower than Silverman's rule has it for one smooth distribution."""
        if not self._seen:
            return []
        spread = pstdev(map(math.log, self._seen)) if len(self._seen) > 2 else 0.35
        width = min(0.8, max(0.05, 0.8 * spread * len(self._seen) ** -0.2))
        ranked = sorted(self._seen)
        chosen = min(len(ranked), KERNELS)
        return [LogNormal(ranked[(2 * i + 1) * len(ranked) // (2 * chosen)], width) for i in range(chosen)]


@frozen
class RisingCurve:
    """A quantity that never falls with age: known at each of ``AGES``, a straight line between two of them."""

    values: list[float]

    def at(self, age_s: float) -> float:
        """Its value at any age; the first or the last one outside."""
        place = math.log(max(age_s, AGES[0]) / AGES[0]) / math.log(STEP)
        index = min(int(place), len(AGES) - 2)
        share = min(place - index, 1.0)
        return self.values[index] + (self.values[index + 1] - self.values[index]) * share

    def age_of(self, value: float) -> float:
        """The first age with this value; the last of ``AGES`` when there is none."""
        index = bisect_left(self.values, value)
        if index >= len(AGES):
            return AGES[-1]
        if index == 0:
            return AGES[0]
        below, above = self.values[index - 1], self.values[index]
        return AGES[index - 1] + (AGES[index] - AGES[index - 1]) * (value - below) / (above - below)


def ended_by(survival: list[float]) -> RisingCurve:
    """The share of tasks that have ended by an age."""
    return RisingCurve([1 - still for still in survival])


def urgency(survival: list[float]) -> RisingCurve:
    """∫√hazard up to an age: how many questions were worth asking so far, up to a common factor."""
    sums = [0.0]
    for (age, still), (later, left) in pairwise(zip(AGES, survival, strict=True)):
        hazard = math.log(max(still, 1e-9) / max(left, 1e-9)) / (later - age)
        sums.append(sums[-1] + math.sqrt(max(hazard, 0.0)) * (later - age))
    return RisingCurve(sums)


@define
class _Plan:
    """How many tasks still run at each of ``AGES``, and from how many run times that was learned."""

    survival: list[float]
    backstop_age: float
    made_of: int

    @cached_property
    def ages(self) -> list[float]:
        """The ages to ask at. Made when first needed, in 3 to 20 ms: with callbacks no one asks for them."""
        return planned_ages(self.survival)

    def is_stale(self, seen: int) -> bool:
        """After each of the first run times, later after every quarter of them: a new plan moves the ages for all tasks under way."""
        return seen - self.made_of > self.made_of // 4


@define
class PollPlanner:
    """Learns how long each model's tasks run, and says when to ask next.

    With ``callbacks`` the provider is expected to report the end by itself: questions are then only asked late, as a
    backstop, until callbacks turn out not to come (``callback_missed``). Ages and run times are seconds.
    """

    _callbacks: bool = False
    _missed: int = field(default=0, init=False)
    _seen: dict[ModelId, RunTimes] = field(factory=dict, init=False)
    _plans: dict[ModelId, _Plan] = field(factory=dict, init=False)
    _ended: dict[ModelId, list[tuple[float, float]]] = field(factory=dict, init=False)
    """From when on a run time counts, and the run time: a heap for each model."""

    def next_delay(self, model_id: ModelId, output: MediaKind, age_s: float) -> float:
        """How long to wait until the next question about a task of this age. ``output`` serves while nothing was seen."""
        plan = self._plan(model_id, output)
        if self._callbacks and self._missed < CALLBACKS_DISTRUSTED_AFTER:
            return max(plan.backstop_age - age_s, BACKSTOP_GAP_S)
        next_one = bisect_right(plan.ages, age_s + SHORTEST_GAP_S / 2)
        if next_one < len(plan.ages):
            return plan.ages[next_one] - age_s
        return min(max(LONGEST_GAP_S, age_s / 40), LATEST_GAP_S)

    def observe(self, model_id: ModelId, duration_s: float, *, ended_at_s: float | None = None) -> None:
        """A task of this model ran so long. What is no run time (zero, negative, not finite) is ignored.

        ``ended_at_s`` (seconds of any steady clock) is for one that has ended just now, None for the past. It counts as
        soon as nearly all tasks that began with it should have ended too: of many that begin together the quick ones
        end first, and would pass for all of them.
        """
        if not (0 < duration_s < math.inf):
            return
        times, plan = self._seen.setdefault(model_id, RunTimes()), self._plans.get(model_id)
        run_time_s = max(duration_s, AGES[0])
        if ended_at_s is None or plan is None or not times.count:
            times.add(run_time_s)
            return
        ended = self._ended.setdefault(model_id, [])
        heappush(ended, (ended_at_s + max(plan.backstop_age - run_time_s, 0.0), run_time_s))
        while ended and ended[0][0] <= ended_at_s:
            times.add(heappop(ended)[1])

    def usual_s(self, model_id: ModelId) -> float | None:
        """What this model usually takes (the median), None when no one knows yet."""
        times = self._seen.get(model_id)
        return times.median_s if times else None

    def callback_arrived(self) -> None:
        """A callback reported the end of a task: they work."""
        self._missed = 0

    def callback_missed(self) -> None:
        """A question found an end that no callback had reported. After three in a row questions are asked as if there were none."""
        self._missed += 1

    def _plan(self, model_id: ModelId, output: MediaKind) -> _Plan:
        times = self._seen.setdefault(model_id, RunTimes())
        plan = self._plans.get(model_id)
        if plan is None or plan.is_stale(times.count):
            survival = times.survival(EXPECTED[output])
            backstop_age = ended_by(survival).age_of(1 - BACKSTOP_SHARE)
            plan = self._plans[model_id] = _Plan(survival, backstop_age, times.count)
        return plan


def planned_ages(survival: list[float]) -> list[float]:
    """The ages to ask at, for tasks of this survival curve (one value for each of ``AGES``), up to where few still run.

    They take no more questions than the naive poller does.
    """
    ended, urge = ended_by(survival), urgency(survival)
    last = ended.age_of(1 - TAIL)
    naive = takewhile(lambda age: age < last, count(NAIVE_INTERVAL_S, NAIVE_INTERVAL_S))
    budget = _questions(naive, ended)
    fewer, more = 0.2, 20.0  # questions for each unit of urgency
    for _ in range(9):
        middle = math.sqrt(fewer * more)
        if _questions(_spread(urge, ended, last, middle), ended) > budget:
            more = middle
        else:
            fewer = middle
    return _spread(urge, ended, last, fewer)


def _questions(ages: Iterable[float], ended: RisingCurve) -> float:
    """How many questions at these ages a task sees after its first: one for each age at which it still ran."""
    return sum(1 - ended.at(age) for age in ages)


def _spread(urge: RisingCurve, ended: RisingCurve, last: float, density: float) -> list[float]:
    """Ages up to ``last``, one for each 1 / ``density`` of urgency, as far as the gaps' limits let them."""
    ages: list[float] = []
    age, may_be_late = 0.0, LATE
    while age < last:
        wanted = urge.age_of(urge.at(age) + 1 / density)
        latest = max(age, ended.age_of(ended.at(age) + may_be_late)) + LONGEST_GAP_S
        following = max(min(wanted, latest), age + SHORTEST_GAP_S)
        may_be_late -= max(ended.at(following - LONGEST_GAP_S) - ended.at(age), 0.0)
        ages.append(age := following)
    return ages
