"""Kept files in a dict."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from adapters.memory.trouble import Script
from application.errors import MediaGone
from application.ports.clock import Clock
from application.ports.media_store import media_key_of
from domain.kept_media import MediaKey


class InMemoryMediaStore:
    """``MediaStore`` for tests; ``files`` holds the bytes by key, ``on_call`` is the script of trouble for all methods."""

    def __init__(self, clock: Clock) -> None:
        self.files: dict[MediaKey, bytes] = {}
        self.on_call = Script(clock)

    async def put(self, file: Path, /) -> MediaKey:
        async with self.on_call.around():
            key = media_key_of(file)
            self.files[key] = await asyncio.to_thread(file.read_bytes)
            return key

    def open(self, key: MediaKey, /) -> AbstractAsyncContextManager[Path]:
        return self._open(key)

    @asynccontextmanager
    async def _open(self, key: MediaKey) -> AsyncIterator[Path]:
        async with self.on_call.around():
            content = self._content(key)
        with tempfile.TemporaryDirectory(prefix="mediabot-") as folder:
            path = Path(folder) / "file"
            path.write_bytes(content)
            yield path

    def read(
        self, key: MediaKey, /, *, start: int = 0, end: int | None = None
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        return self._read(key, start, end)

    @asynccontextmanager
    async def _read(self, key: MediaKey, start: int, end: int | None) -> AsyncIterator[AsyncIterator[bytes]]:
        async with self.on_call.around():
            yield _pieces(self._content(key)[start:end])

    async def delete(self, key: MediaKey, /) -> None:
        async with self.on_call.around():
            self.files.pop(key, None)

    def _content(self, key: MediaKey) -> bytes:
        if key not in self.files:
            raise MediaGone(key)
        return self.files[key]


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    if content:
        yield content
