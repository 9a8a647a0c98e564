"""Kept files in a folder, two letters of the key a subfolder."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from attrs import frozen

from application.errors import MediaGone, MediaUnavailable
from application.ports.media_store import media_key_of
from domain.kept_media import MediaKey

CHUNK_BYTES: Final = 1 << 16


@frozen
class FolderMediaStore:
    """``MediaStore`` on a disk. A file appears under its name only when it is whole: a crash leaves a temporary file behind."""

    _folder: Path

    async def put(self, file: Path, /) -> MediaKey:
        return await asyncio.to_thread(self._put, file)

    def open(self, key: MediaKey, /) -> AbstractAsyncContextManager[Path]:
        return self._open(key)

    @asynccontextmanager
    async def _open(self, key: MediaKey) -> AsyncIterator[Path]:
        path = self._path(key)
        if not await asyncio.to_thread(path.is_file):
            raise MediaGone(key)
        yield path

    def read(
        self, key: MediaKey, /, *, start: int = 0, end: int | None = None
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        return self._read(key, start, end)

    @asynccontextmanager
    async def _read(self, key: MediaKey, start: int, end: int | None) -> AsyncIterator[AsyncIterator[bytes]]:
        try:
            file = await asyncio.to_thread(self._path(key).open, "rb")
        except FileNotFoundError:
            raise MediaGone(key) from None
        except OSError as error:
            raise MediaUnavailable(type(error).__name__) from error
        with file:
            yield _chunks(file, start, end)

    async def delete(self, key: MediaKey, /) -> None:
        with _disk_trouble():
            await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    def _put(self, file: Path) -> MediaKey:
        with _disk_trouble():
            key = media_key_of(file)
            path = self._path(key)
            if path.is_file():
                return key
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as target, file.open("rb") as source:
                    shutil.copyfileobj(source, target)
                    target.flush()
                    os.fsync(target.fileno())
                Path(name).replace(path)
            finally:
                Path(name).unlink(missing_ok=True)
            return key

    def _path(self, key: MediaKey) -> Path:
        return self._folder / key[:2] / key


async def _chunks(file: BinaryIO, start: int, end: int | None) -> AsyncIterator[bytes]:
    file.seek(start)
    left = None if end is None else end - start
    while left is None or left > 0:
        with _disk_trouble():
            chunk = await asyncio.to_thread(file.read, CHUNK_BYTES if left is None else min(CHUNK_BYTES, left))
        if not chunk:
            return
        left = None if left is None else left - len(chunk)
        yield chunk


@contextmanager
def _disk_trouble() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MediaUnavailable(type(error).__name__) from error
