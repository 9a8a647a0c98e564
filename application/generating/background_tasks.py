"""Work that outlives the leadership that began it."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from attrs import define, field

T = TypeVar("T")


@define
class BackgroundTasks:
    """Owns the tasks of requests that have left and can't be called back: what comes of them must be written down, by
    anyone who leads then. One of these lives per process.
    """

    _tasks: set[asyncio.Task[Any]] = field(factory=set, init=False)

    def begin(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Do it in a task of its own, whatever becomes of the one who asked."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def drain(self, timeout_s: float) -> None:
        """Wait for what is under way, at most that long. What is dropped then has a row that says how far it had come."""
        if self._tasks:
            _done, late = await asyncio.wait(self._tasks, timeout=timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
