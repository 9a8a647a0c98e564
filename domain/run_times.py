"""How long tasks of one model run, as a smooth estimate from the few that were seen."""

import math
from bisect import bisect_left
from collections import deque
from collections.abc import Mapping
from itertools import pairwise
from statistics import median, pstdev
from types import MappingProxyType
from typing import Final

from attrs import define, field, frozen

from domain.media import MediaKind


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

EXPECTED_WEIGHT: Final = 3
"""The expectation counts as much as so many tasks seen, and fades as they become more (half of it is left after 20)."""

REMEMBERED: Final = 200
KERNELS: Final = 40
"""Of many remembered run times so many stand for all, evenly chosen by rank."""

STEP: Final = 1.02
AGES: Final = tuple(0.3 * STEP**i for i in range(480))
"""The ages, in seconds, at which a survival curve is kept: 0.3 s to over an hour, each 2 % later than the one before."""

_LOG_AGES: Final = tuple(math.log(age) for age in AGES)


@define
class RunTimes:
    """What was seen of one model. ``count`` goes on counting when old ones are forgotten."""

    count: int = field(default=0, init=False)
    _seen: deque[float] = field(factory=lambda: deque(maxlen=REMEMBERED), init=False)

    def add(self, seconds: float) -> None:
        """One more task ran so long."""
        self._seen.append(seconds)
        self.count += 1

    @property
    def median_s(self) -> float | None:
        """The middle one, None before the first."""
        return median(self._seen) if self._seen else None

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
