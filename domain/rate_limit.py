"""How often someone may ask for something: a bucket of tokens that fills up again."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from attrs import field, frozen

KEPT_AT_MOST: Final = 10_000
"""Keys that are remembered; the one that asked longest ago goes first."""


@frozen
class RateLimit:
    """``burst`` at once, and ``burst`` more spread over each ``period_s`` seconds."""

    burst: int
    period_s: float


@frozen
class RateLimiter:
    """Token buckets by key, in this process. ``monotonic`` gives seconds."""

    _monotonic: Callable[[], float]
    _buckets: OrderedDict[tuple[RateLimit, str], tuple[float, float]] = field(factory=OrderedDict, init=False)

    def allows(self, limit: RateLimit, key: str) -> bool:
        """Take one, if there is one."""
        now = self._monotonic()
        left, since = self._buckets.pop((limit, key), (float(limit.burst), now))
        left = min(float(limit.burst), left + (now - since) * limit.burst / limit.period_s)
        allowed = left >= 1
        self._buckets[limit, key] = (left - 1 if allowed else left, now)
        if len(self._buckets) > KEPT_AT_MOST:
            self._buckets.popitem(last=False)
        return allowed
