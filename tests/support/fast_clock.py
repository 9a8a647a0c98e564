"""Time that passes faster than the machine's, and as much faster as a test says."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from adapters.memory.clock import set_during


class FastClock:
    """A ``Clock`` that runs ``rate`` times as fast as the machine's, so that ten minutes' patience takes a second.

    Only what asks this clock is hurried: sockets, servers and the database keep the machine's time.
    """

    def __init__(self, rate: float) -> None:
        self._start = datetime.now(UTC)
        self._rate = rate
        self._began_at = time.monotonic()
        self._before_s = 0.0
        self._changed = asyncio.Event()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return self._before_s + (time.monotonic() - self._began_at) * self._rate

    def run_at(self, rate: float) -> None:
        """From now on run at this rate; anyone who sleeps wakes earlier or later accordingly."""
        if rate == self._rate:
            return
        self._before_s, self._began_at, self._rate = self.monotonic(), time.monotonic(), rate
        self._changed.set()
        self._changed = asyncio.Event()

    async def sleep(self, seconds: float, /) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        until = self.monotonic() + seconds
        while (left := until - self.monotonic()) > 0:
            try:
                async with asyncio.timeout(left / self._rate):
                    await self._changed.wait()
            except TimeoutError:
                continue

    async def wait(self, event: asyncio.Event, seconds: float, /) -> bool:
        return await set_during(self.sleep(seconds), event)
