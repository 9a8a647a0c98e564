"""When to ask how a task stands: at the ages at which a question is most likely to find the end.

A question costs the same at any age; what it saves depends on how likely the task is to have ended since the last one.
For the hazard h of a task's end, the mean delay is ∫ f Δ/2 and the number of questions ∫ S/Δ, and the interval Δ that
makes the first least for a given second is proportional to 1/√h. So no question is wasted while no task ever ends, and
they come closest where most end. The number of questions is held to that of a poller with a fixed interval.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from heapq import heappop, heappush
from itertools import count, takewhile
from typing import Final

from attrs import define, field

from domain.media import MediaKind
from domain.model import ModelId
from domain.run_times import AGES, EXPECTED, RisingCurve, RunTimes, ended_by, urgency

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
        """A callback given the end of a task: they work."""
        self._missed = 0

    def callback_missed(self) -> None:
        """A question found an end that no callback had informed. After three in a row questions are asked as if there were none."""
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
