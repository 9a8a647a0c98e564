"""Results of a provider without a network."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

from adapters.memory.trouble import Script
from application.errors import ResultGone, ResultRefused, ResultTooLarge
from application.ports.clock import Clock
from domain.media import MediaFile


class InMemoryResultFetcher:
    """``ResultFetcher`` for tests of what uses one.

    Every http(s) URL holds ``default`` unless ``files`` says otherwise; None there means gone. ``fetched`` lists the
    URLs in the order they were asked for.
    """

    def __init__(self, clock: Clock, *, default: bytes = b"result") -> None:
        self._default = default
        self.files: dict[str, bytes | None] = {}
        self.fetched: list[str] = []
        self.on_fetch = Script(clock)

    def fetch(self, url: str, /, *, limit_bytes: int) -> AbstractAsyncContextManager[MediaFile]:
        return self._fetch(url, limit_bytes)

    @asynccontextmanager
    async def _fetch(self, url: str, limit_bytes: int) -> AsyncIterator[MediaFile]:
        async with self.on_fetch.around():
            self.fetched.append(url)
        content = self._content(url, limit_bytes)
        with tempfile.TemporaryDirectory(prefix="mediabot-") as folder:
            name = urlsplit(url).path.rpartition("/")[2] or "result"
            path = Path(folder) / "result"
            path.write_bytes(content)
            mime = guess_type(name)[0] or "application/octet-stream"
            yield MediaFile(path=path, name=name, mime=mime, size_bytes=len(content))

    def _content(self, url: str, limit_bytes: int) -> bytes:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise ResultRefused("only http and https")
        content = self.files.get(url, self._default)
        if content is None:
            raise ResultGone("no such file")
        if len(content) > limit_bytes:
            raise ResultTooLarge(f"{len(content)} bytes, limit {limit_bytes}")
        return content
