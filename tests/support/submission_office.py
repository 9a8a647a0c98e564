"""Requests to create that wait for their turns, on a clock that only the test moves."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.memory.clock import ManualClock
from application.generating.creation_rate_limiter import CreationRateLimiter, CreationWindow
from domain.generation import GenerationId, UserId

WINDOW = CreationWindow(20, 10.0)


class Office:
    """Requests that pass through the turns, and when."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.turns = CreationRateLimiter(WINDOW, self.clock)
        self.left: list[tuple[float, str]] = []
        self.tasks: list[asyncio.Task[None]] = []

    def ask(self, user: UserId, name: str, takes_s: float = 0.0) -> asyncio.Task[None]:
        task = asyncio.create_task(self._pass(user, name, takes_s))
        self.tasks.append(task)
        return task

    async def _pass(self, user: UserId, name: str, takes_s: float) -> None:
        async with self.turns.turn(user, GenerationId(name)):
            self.left.append((self.clock.monotonic(), name))
            await self.clock.sleep(takes_s)

    def most_in_any_window(self) -> int:
        times = [at for at, _ in self.left]
        return max(sum(start <= at < start + WINDOW.period_s for at in times) for start in times)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    office = Office()
    yield office
    for task in office.tasks:
        task.cancel()
    await asyncio.gather(*office.tasks, return_exceptions=True)
    await office.turns.close()
