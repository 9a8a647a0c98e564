"""Subjects and servers in processes of their own: the subject on one core, everything it talks to on the other."""

import asyncio
import multiprocessing
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from attrs import frozen

T = TypeVar("T")

SUBJECT_CORE: Final = 0
OTHER_CORE: Final = 1
_SPAWN: Final = multiprocessing.get_context("spawn")

Report = Callable[[], Any]
Server = AbstractAsyncContextManager[tuple[str, Report]]
"""Entering it gives the base URL, and what it has to tell when asked."""


def pin(core: int) -> None:
    """Keep this process, and what it starts, on one core where the machine has several and lets us choose."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > core:
        os.sched_setaffinity(0, {core})


def resident_kilobytes() -> float:
    """What this process has in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024


class Child(Generic[T]):
    """A function at work in a process of its own, on one core or on all of them."""

    def __init__(self, work: Callable[..., T], *arguments: object, core: int | None = SUBJECT_CORE) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_child, args=(theirs, core, work, arguments))
        self._process.start()
        theirs.close()

    def result(self) -> T:
        """What it returned. Raises ``EOFError`` when it died, after its traceback was printed."""
        try:
            answer: T = self._pipe.recv()
        finally:
            self._process.join()
        return answer


def _child(pipe: Connection, core: int | None, work: Callable[..., object], arguments: tuple[object, ...]) -> None:
    if core is not None:
        pin(core)
    pipe.send(work(*arguments))


@frozen
class Served:
    """A server in a process of its own."""

    base: str
    _pipe: Connection

    def report(self) -> Any:
        """What the server has seen so far."""
        self._pipe.send("report")
        return self._pipe.recv()


@contextmanager
def served(make: Callable[..., Server], *arguments: object) -> Iterator[Served]:
    """Run the server that ``make`` gives on the other core while the context is open."""
    pipe, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve, args=(theirs, make, arguments))
    process.start()
    theirs.close()
    try:
        yield Served(pipe.recv(), pipe)
        pipe.send("stop")
        process.join()
    finally:
        process.kill()


def _serve(pipe: Connection, make: Callable[..., Server], arguments: tuple[object, ...]) -> None:
    pin(OTHER_CORE)

    async def run() -> None:
        async with make(*arguments) as (base, report):
            pipe.send(base)
            while await asyncio.to_thread(pipe.recv) == "report":
                pipe.send(report())

    asyncio.run(run())
