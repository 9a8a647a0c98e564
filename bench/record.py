"""What a subject saw and spent."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from attrs import define, field

from bench.load import Load
from bench.processes import resident_kilobytes

SAMPLES_PER_S: Final = 4


@define
class Record:
    """``found_at``: when it knew of each task's end, ``delivered_at``: when it had passed the results on (Unix seconds).

    ``troubles`` names every error by how often it came. ``kilobytes`` of memory are for ``most_in_flight`` tasks.
    """

    found_at: dict[str, float] = field(factory=dict)
    delivered_at: dict[str, float] = field(factory=dict)
    troubles: dict[str, int] = field(factory=dict)
    cpu_s: float = 0.0
    kilobytes: float = 0.0
    most_in_flight: int = 0

    def trouble(self, name: str) -> None:
        """One more error of this name."""
        self.troubles[name] = self.troubles.get(name, 0) + 1

    @asynccontextmanager
    async def measured(self, in_flight: Callable[[], int]) -> AsyncIterator[None]:
        """Note the CPU time that the body takes, and the memory in the moment when most tasks are in flight."""
        watching = asyncio.create_task(self._watch(in_flight, resident_kilobytes()))
        began_s = time.process_time()
        try:
            yield
        finally:
            self.cpu_s = time.process_time() - began_s
            watching.cancel()

    async def _watch(self, in_flight: Callable[[], int], before: float) -> None:
        while True:
            if (now := in_flight()) >= self.most_in_flight:
                self.most_in_flight, self.kilobytes = now, resident_kilobytes() - before
            await asyncio.sleep(1 / SAMPLES_PER_S)


Follow = Callable[[float], Awaitable[str]]
"""Create a task that runs so many seconds and wait for its end: the task's id."""


async def follow_all(load: Load, follow: Follow) -> Record:
    """The record of a client that follows the whole load."""
    record = Record()
    begun: set[asyncio.Task[None]] = set()

    async def one(seconds: float) -> None:
        try:
            task_id = await follow(seconds)
        except Exception as error:  # whatever a client of someone else's raises is its result here
            record.trouble(type(error).__name__)
        else:
            record.found_at[task_id] = time.time()

    async with record.measured(lambda: len(begun)):
        async for seconds in load.paced():
            begun.add(task := asyncio.create_task(one(seconds)))
            task.add_done_callback(begun.discard)
        while begun:
            await asyncio.wait(begun)
    return record
