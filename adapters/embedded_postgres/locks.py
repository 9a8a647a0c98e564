"""File locks that end with the process that holds them, however it ends."""

import asyncio
import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self


class FileLock:
    """One ``flock(2)`` on one file. Separate objects exclude each other, in one process too.

    The lock belongs to the open file: a child that inherits ``fileno()`` goes on holding it after we have closed our own.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def fileno(self) -> int:
        return self._descriptor

    def try_exclusive(self) -> bool:
        """Take it alone, if no one else holds it now."""
        return self._try(fcntl.LOCK_EX)

    def try_shared(self) -> bool:
        """Take it beside other sharers, if no one holds it alone now."""
        return self._try(fcntl.LOCK_SH)

    async def exclusive(self) -> None:
        """Wait until it is our own alone."""
        await self._wait_for(self.try_exclusive)

    async def shared(self) -> None:
        """Wait until it is our own beside other sharers."""
        await self._wait_for(self.try_shared)

    def close(self) -> None:
        """Let go of it. Closing twice does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _try(self, operation: int) -> bool:
        try:
            fcntl.flock(self._descriptor, operation | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    async def _wait_for(self, attempt: Callable[[], bool]) -> None:
        while not attempt():  # noqa: ASYNC110  # the kernel has no event for it that a loop could await
            await asyncio.sleep(0.02)
