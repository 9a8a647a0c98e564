"""What every result fetcher promises, on the fake and over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.memory.clock import ManualClock
from adapters.memory.result_fetcher import InMemoryResultFetcher
from adapters.memory.trouble import Trouble
from adapters.result_http import FetchLimits, HttpResultFetcher, anywhere, guarded_session
from application.errors import ResultGone, ResultRefused, ResultTooLarge, ResultUnavailable
from application.ports.result_fetcher import ResultFetcher
from domain.media import MediaKind

CONTENT = b"\x89PNG\r\n\x1a\n" + bytes(1000)


class Harness(Protocol):
    @property
    def fetcher(self) -> ResultFetcher: ...
    def serve(self, name: str, content: bytes | None) -> str:
        """A URL of this content; None: of a file that is gone."""
        ...

    def break_down(self) -> None:
        """The next fetch finds no one well."""
        ...


class MemoryHarness:
    def __init__(self) -> None:
        self.fetcher = InMemoryResultFetcher(ManualClock())

    def serve(self, name: str, content: bytes | None) -> str:
        url = f"https://results.example/{name}"
        self.fetcher.files[url] = content
        return url

    def break_down(self) -> None:
        self.fetcher.on_fetch.add(Trouble(error=ResultUnavailable("HTTP 503")))


class HttpHarness:
    def __init__(self, fetcher: HttpResultFetcher, limits: FetchLimits) -> None:
        self.fetcher = fetcher
        self.base = ""
        self._attempts = limits.attempts
        self._files: dict[str, bytes | None] = {}
        self._broken = 0

    def serve(self, name: str, content: bytes | None) -> str:
        self._files[name] = content
        return f"{self.base}/{name}"

    def break_down(self) -> None:
        self._broken = self._attempts

    async def handle(self, request: web.Request) -> web.Response:
        if self._broken:
            self._broken -= 1
            return web.Response(status=503)
        content = self._files[request.match_info["name"]]
        if content is None:
            return web.Response(status=404)
        return web.Response(body=content, content_type="image/png")


@asynccontextmanager
async def http_harness() -> AsyncIterator[HttpHarness]:
    limits = FetchLimits(first_wait_s=0.01)
    async with guarded_session(may_connect=anywhere) as session:
        harness = HttpHarness(HttpResultFetcher(session, limits=limits), limits)
        app = web.Application()
        app.router.add_get("/{name}", harness.handle)
        async with TestServer(app) as server:
            harness.base = str(server.make_url("")).rstrip("/")
            yield harness


@pytest.fixture(params=["memory", "result_http"])
async def harness(request: pytest.FixtureRequest) -> AsyncIterator[Harness]:
    match request.param:
        case "memory":
            yield MemoryHarness()
        case "result_http":
            async with http_harness() as http:
                yield http


async def test_a_result_is_on_disk_while_the_context_is_open_and_no_longer(harness: Harness) -> None:
    async with harness.fetcher.fetch(harness.serve("fox.png", CONTENT), limit_bytes=5000) as file:
        assert file.path.read_bytes() == CONTENT
        assert (file.name, file.mime, file.kind, file.size_bytes) == (
            "fox.png",
            "image/png",
            MediaKind.IMAGE,
            len(CONTENT),
        )
    assert not file.path.exists()


async def test_a_file_exactly_as_large_as_allowed_is_fetched(harness: Harness) -> None:
    async with harness.fetcher.fetch(harness.serve("fox.png", CONTENT), limit_bytes=len(CONTENT)) as file:
        assert file.size_bytes == len(CONTENT)


async def test_a_file_larger_than_allowed_is_not(harness: Harness) -> None:
    url = harness.serve("fox.png", CONTENT)
    with pytest.raises(ResultTooLarge):
        async with harness.fetcher.fetch(url, limit_bytes=len(CONTENT) - 1):
            pass


async def test_a_file_that_is_gone_says_so(harness: Harness) -> None:
    url = harness.serve("fox.png", None)
    with pytest.raises(ResultGone):
        async with harness.fetcher.fetch(url, limit_bytes=5000):
            pass


@pytest.mark.parametrize("url", ["ftp://results.example/1", "file:///etc/passwd", "data:,hello", "fox.png", ""])
async def test_nothing_but_http_is_fetched(harness: Harness, url: str) -> None:
    with pytest.raises(ResultRefused):
        async with harness.fetcher.fetch(url, limit_bytes=5000):
            pass


async def test_what_cannot_be_had_now_can_be_had_later(harness: Harness) -> None:
    url = harness.serve("fox.png", CONTENT)
    harness.break_down()
    with pytest.raises(ResultUnavailable):
        async with harness.fetcher.fetch(url, limit_bytes=5000):
            pass
    async with harness.fetcher.fetch(url, limit_bytes=5000) as file:
        assert file.size_bytes == len(CONTENT)
