"""How many requests a key may make: a bucket that fills up again."""

from collections.abc import Callable

from attrs import define, field

PER_S = 10.0
AT_ONCE = 60.0
KEYS_REMEMBERED = 10_000


@define
class RateLimiter:
    """A token bucket for each key, in this process. ``monotonic`` is the clock in seconds."""

    _monotonic: Callable[[], float]
    _per_s: float = PER_S
    _at_once: float = AT_ONCE
    _buckets: dict[str, tuple[float, float]] = field(factory=dict, init=False)

    def takes(self, name: str) -> bool:
        """Return whether this request may go on, and count it."""
        now = self._monotonic()
        left, since = self._buckets.pop(name, (self._at_once, now))
        left = min(self._at_once, left + (now - since) * self._per_s)
        is_free = left >= 1
        self._buckets[name] = (left - 1 if is_free else left, now)
        if len(self._buckets) > KEYS_REMEMBERED:
            del self._buckets[next(iter(self._buckets))]
        return is_free
