"""Port: time."""

import asyncio
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Time as an argument, so that tests own it."""

    def now(self) -> datetime:
        """The wall clock, aware UTC. For people and rows, never for measuring."""
        ...

    def monotonic(self) -> float:
        """Seconds from a fixed point, never going back; counts a suspended host's sleep where the system can tell."""
        ...

    async def sleep(self, seconds: float, /) -> None:
        """Wait that long (not at all for 0 or less)."""
        ...

    async def wait(self, event: asyncio.Event, seconds: float, /) -> bool:
        """Wait until the event is set (True), at most that long (False)."""
        ...
