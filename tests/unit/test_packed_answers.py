"""Answers that are small on the wire and without end when unpacked: they cost neither memory nor the process."""

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from aiohttp import ClientSession, web

from adapters.kie_http.price_feed import KieHttpPriceFeed
from adapters.memory.clock import ManualClock
from adapters.result_http import HttpResultFetcher
from application.errors import ProviderUnavailable, ResultTooLarge
from application.ports.media_provider import TaskFailed
from domain.failure import FailureKind
from tests.support.kie_http import look_up, provider_at
from tests.support.result_server import LIMITS, serving

UNPACKED: Final = 64_000_000
MOST_HELD: Final = 8_000_000
"""What one such answer may take while it is read: some pieces of it, and the part below the limit."""

PACKED: Final = {
    "gzip": gzip.compress(bytes(UNPACKED), compresslevel=1),
    "deflate": zlib.compress(bytes(UNPACKED), level=1),
    "pieces of gzip": gzip.compress(bytes(1_000_000), compresslevel=1) * 64,
}
Reading = Callable[[ClientSession, str], Awaitable[None]]


@contextmanager
def little_memory() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < MOST_HELD
    finally:
        tracemalloc.stop()


async def of_a_task(http: ClientSession, url: str) -> None:
    report = await look_up(provider_at(http, url))
    assert isinstance(report, TaskFailed)
    assert report.failure.kind is FailureKind.UNREADABLE_RESULT


async def of_prices(http: ClientSession, url: str) -> None:
    with pytest.raises(ProviderUnavailable):
        await KieHttpPriceFeed(session=http, base=url, clock=ManualClock()).rows()


async def of_a_result(http: ClientSession, url: str) -> None:
    with pytest.raises(ResultTooLarge):
        async with HttpResultFetcher(http, limits=LIMITS).fetch(url, limit_bytes=1_000_000):
            pass


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("reading", [of_a_task, of_prices, of_a_result])
async def test_an_answer_that_swells_is_given_up_at_its_limit(
    http: ClientSession, packing: str, reading: Reading
) -> None:
    coding = packing.rpartition(" ")[2]

    async def bomb(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=PACKED[packing], headers={"Content-Encoding": coding})

    async with serving(bomb) as base:
        with little_memory():
            await reading(http, base)
