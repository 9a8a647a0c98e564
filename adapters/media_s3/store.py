"""Kept files in a bucket. Keys and secrets come from the environment: ``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import obstore
from attrs import frozen
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from application.errors import MediaGone, MediaUnavailable
from application.ports.media_store import media_key_of
from domain.kept_media import MediaKey

CHUNK_BYTES: Final = 1 << 16
TIMEOUT: Final = timedelta(seconds=60)
CONNECT_TIMEOUT: Final = timedelta(seconds=10)
RETRY_FOR: Final = timedelta(seconds=30)


def open_bucket(url: str) -> S3Store:
    """The bucket of ``s3://bucket/prefix?endpoint=https://…&region=…``. Nothing is connected before it is needed.

    Raises:
        ValueError: it is no such URL.
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    endpoint, region = options.pop("endpoint", None), options.pop("region", "us-east-1")
    if parts.scheme != "s3" or not parts.hostname or options:
        raise ValueError("is not s3://bucket/prefix?endpoint=https://…&region=…")
    plain = endpoint is not None and endpoint.startswith("http://")
    return S3Store(
        parts.hostname,
        prefix=parts.path.strip("/") or None,
        config={"region": region} if endpoint is None else {"region": region, "endpoint": endpoint},
        client_options={"timeout": TIMEOUT, "connect_timeout": CONNECT_TIMEOUT, "allow_http": plain},
        retry_config={"max_retries": 3, "retry_timeout": RETRY_FOR},
    )


@frozen
class S3MediaStore:
    """``MediaStore`` on a bucket. An object appears only when it is whole; the service promises that."""

    _bucket: S3Store

    async def put(self, file: Path, /) -> MediaKey:
        key = await asyncio.to_thread(media_key_of, file)
        with _trouble(key):
            if not await self._has(key):
                await obstore.put_async(self._bucket, _path(key), file)
        return key

    def open(self, key: MediaKey, /) -> AbstractAsyncContextManager[Path]:
        return self._open(key)

    @asynccontextmanager
    async def _open(self, key: MediaKey) -> AsyncIterator[Path]:
        with _folder() as folder:
            path = Path(folder) / "file"
            with _trouble(key):
                async with self._read(key, 0, None) as chunks:
                    with path.open("wb") as file:
                        async for chunk in chunks:
                            file.write(chunk)
            yield path

    def read(
        self, key: MediaKey, /, *, start: int = 0, end: int | None = None
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        return self._read(key, start, end)

    @asynccontextmanager
    async def _read(self, key: MediaKey, start: int, end: int | None) -> AsyncIterator[AsyncIterator[bytes]]:
        whole = end is None and start == 0
        with _trouble(key):
            answer = await obstore.get_async(
                self._bucket,
                _path(key),
                options=None if whole else {"range": {"offset": start} if end is None else (start, end)},
            )
        yield _chunks(key, answer)

    async def delete(self, key: MediaKey, /) -> None:
        try:
            with _trouble(key):
                await obstore.delete_async(self._bucket, _path(key))
        except MediaGone:
            pass

    async def _has(self, key: MediaKey) -> bool:
        try:
            await obstore.head_async(self._bucket, _path(key))
        except (NotFoundError, FileNotFoundError):
            return False
        return True


def _folder() -> "tempfile.TemporaryDirectory[str]":
    try:
        return tempfile.TemporaryDirectory(prefix="mediabot-kept-")
    except OSError as error:  # our own disk is full, or has no such folder any more
        raise MediaUnavailable(type(error).__name__) from error


def _path(key: MediaKey) -> str:
    return f"{key[:2]}/{key}"


async def _chunks(key: MediaKey, answer: "obstore.GetResult") -> AsyncIterator[bytes]:
    with _trouble(key):
        async for chunk in answer.stream(min_chunk_size=CHUNK_BYTES):
            yield bytes(chunk)


@contextmanager
def _trouble(key: MediaKey) -> Iterator[None]:
    try:
        yield
    except (NotFoundError, FileNotFoundError):
        raise MediaGone(key) from None
    except (BaseError, OSError) as error:
        raise MediaUnavailable(type(error).__name__) from error
