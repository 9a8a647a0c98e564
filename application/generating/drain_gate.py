"""A clean stop in the middle of many acts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class DrainGate:
    """Lets acts with outside effects through until it closes; anyone who is inside then finishes, no one else enters.

    An act is a request together with the write that remembers it: between the two a stop would cost knowledge.
    """

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()
        self._empty = asyncio.Event()
        self._empty.set()
        self._inside = 0

    def open(self) -> None:
        self._open.set()

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Enter as soon as the gate is open: at once, but for the moments of a stop."""
        await self._open.wait()
        self._inside += 1
        self._empty.clear()
        try:
            yield
        finally:
            self._inside -= 1
            if not self._inside:
                self._empty.set()

    async def close(self) -> None:
        """Let no one in any more and wait until everybody is out. The caller bounds the wait."""
        self._open.clear()
        await self._empty.wait()
