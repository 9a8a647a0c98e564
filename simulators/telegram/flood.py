"""Flood limits, as far as they are known: about 1 message a second per chat, 20 a minute per group.

Source: core.telegram.org/bots/faq#my-bot-is-hitting-limits (2026-11). Exact limits are not published; short bursts
pass, hence the buckets.
"""

import math
from collections.abc import Callable

from attrs import define

from simulators.telegram.errors import too_many_requests


@define
class _Bucket:
    tokens: float
    at: float


class FloodLimits:
    """Token buckets per bot and chat. Times of ``clock`` are in seconds."""

    def __init__(self, *, clock: Callable[[], float], chat_burst: int = 3, group_per_minute: int = 20) -> None:
        self._clock = clock
        self._chat_burst = chat_burst
        self._group_per_minute = group_per_minute
        self._buckets: dict[tuple[int, int, str], _Bucket] = {}

    def take(self, bot_id: int, chat_id: int) -> None:
        """Count one message. Raises ApiError 429 with the seconds to wait."""
        self._take((bot_id, chat_id, "second"), burst=self._chat_burst, per_s=1.0)
        if chat_id < 0:
            per_s = self._group_per_minute / 60
            self._take((bot_id, chat_id, "minute"), burst=self._group_per_minute, per_s=per_s)

    def _take(self, key: tuple[int, int, str], *, burst: int, per_s: float) -> None:
        now = self._clock()
        bucket = self._buckets.setdefault(key, _Bucket(burst, now))
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.at) * per_s)
        bucket.at = now
        if bucket.tokens < 1:
            raise too_many_requests(math.ceil((1 - bucket.tokens) / per_s))
        bucket.tokens -= 1
