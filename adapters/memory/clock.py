"""Time that stands still until a test moves it."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

TURNS = 25
"""Turns of the event loop that woken tasks get at most before time moves on; fewer where nothing is left to run."""


class ManualClock:
    """A ``Clock`` that only ``advance`` moves. Sleepers wake in the order of their deadlines, ties in the order of sleep.

    ``settle`` returns when all that was woken has come to rest; left out, that is after some turns of the event loop.
    """

    def __init__(
        self,
        start: datetime = datetime(2026, 1, 1, tzinfo=UTC),
        *,
        settle: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._start = start
        self._settle = settle or _settle
        self._elapsed_s = 0.0
        self._order = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._elapsed_s)

    def monotonic(self) -> float:
        return self._elapsed_s

    async def sleep(self, seconds: float, /) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._elapsed_s + seconds, next(self._order), woken))
        await woken

    async def wait(self, event: asyncio.Event, seconds: float, /) -> bool:
        return await set_during(self.sleep(seconds), event)

    def set_forward(self, by: timedelta) -> None:
        """Someone sets the wall clock, back when ``by`` is negative; no time passes."""
        self._start += by

    @property
    def sleeping(self) -> int:
        """How many wait now."""
        return sum(not woken.done() for _, _, woken in self._sleepers)

    async def advance(self, seconds: float) -> None:
        """Let this much time pass. Anyone who wakes runs, and may sleep again, before the next sleeper's turn."""
        await self._settle()
        end = self._elapsed_s + seconds
        while self._sleepers and self._sleepers[0][0] <= end:
            deadline, _, woken = heapq.heappop(self._sleepers)
            self._elapsed_s = max(self._elapsed_s, deadline)
            if not woken.done():  # a cancelled sleeper leaves its future behind
                woken.set_result(None)
                await self._settle()
        self._elapsed_s = end
        await self._settle()


async def set_during(sleep: Coroutine[Any, Any, None], event: asyncio.Event) -> bool:
    """Return at the end of the sleep or when the event is set, and whether it is."""
    waits = [asyncio.ensure_future(event.wait()), asyncio.ensure_future(sleep)]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
    return event.is_set()


async def _settle() -> None:
    loop = asyncio.get_running_loop()
    for _ in range(TURNS):
        await asyncio.sleep(0)
        if not getattr(loop, "_ready", True):  # asyncio's own queue: no other way tells that everyone rests
            return
