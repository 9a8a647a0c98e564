"""Hosts that have IPv6 addresses alone, and names that can't be looked up for a while."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from typing import Any, Final

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiohttp import web
from aiohttp.test_utils import TestServer
from attrs import define, field

from adapters.embedded_postgres import EmbeddedServer
from adapters.kie_http import KieHttpProvider
from adapters.memory.clock import ManualClock
from adapters.postgres_lock import PostgresLeaderLock, PostgresLocks
from adapters.postgres_store import Database, migrate, open_database
from adapters.result_http import HttpResultFetcher, anywhere, guarded_session
from adapters.system.machine import SystemClock
from adapters.telegram.api.client import open_bot
from application.errors import ProviderUnavailable, ResultUnavailable, StoreUnavailable
from tests.support.leadership import SHORT_TIMING
from tests.support.postgres import cloned_database, dsn_at, own_server

HOST: Final = "somewhere.test"
SOON_S: Final = 20.0


@define
class Names:
    """What the event loop looks up: a name leads to ``addresses``, or nowhere while there are none."""

    addresses: Sequence[str] = ()
    asked: int = 0
    _really: Any = field(default=None, init=False)

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loop = asyncio.get_running_loop()
        self._really = loop.getaddrinfo
        monkeypatch.setattr(loop, "getaddrinfo", self._look_up)

    async def _look_up(self, host: Any, port: Any, **more: Any) -> Any:
        if host != HOST:
            return await self._really(host, port, **more)
        self.asked += 1
        if not self.addresses:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        more = {name: value for name, value in more.items() if name != "family"}
        return [info for address in self.addresses for info in await self._really(address, port, **more)]


@pytest.fixture
async def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    made = Names()
    made.install(monkeypatch)
    return made


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """Of a server on [::1] alone that answers as Telegram, KIE and a file host do."""

    async def answer(request: web.Request) -> web.Response:
        if "getMe" in request.path:
            return web.json_response(
                {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "b", "username": "b"}}
            )
        if "credit" in request.path:
            return web.json_response({"code": 200, "data": 7})
        return web.Response(body=b"\x89PNG\r\n\x1a\n" + b"0" * 64)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(application, host="::1") as server:
        assert server.port is not None
        yield server.port


@pytest.fixture
async def kie(port: int) -> AsyncIterator[KieHttpProvider]:
    base = f"http://{HOST}:{port}"
    async with aiohttp.ClientSession() as session:
        yield KieHttpProvider(session, api_key="k", api_base=base, upload_base=base, clock=ManualClock())


@pytest.fixture
async def bot(port: int) -> AsyncIterator[Bot]:
    bot = open_bot("1:" + "x" * 35, clock=ManualClock(), api_base=f"http://{HOST}:{port}")
    yield bot
    await bot.session.close()


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpResultFetcher]:
    async with guarded_session(may_connect=anywhere) as session:
        yield HttpResultFetcher(session)


@pytest.mark.parametrize("addresses", [["::1"], ["127.0.0.2", "::1"]], ids=["IPv6 alone", "a dead IPv4 one first"])
async def test_hosts_are_reached_by_ipv6(  # noqa: PLR0917 - fixtures
    names: Names, addresses: list[str], port: int, kie: KieHttpProvider, bot: Bot, fetcher: HttpResultFetcher
) -> None:
    names.addresses = addresses
    assert await kie.credits() == 7
    assert (await bot.me()).id == 1
    async with fetcher.fetch(f"http://{HOST}:{port}/a.png", limit_bytes=99) as file:
        assert file.mime == "image/png"


async def test_a_name_that_cannot_be_looked_up_is_a_passing_fault_and_works_as_soon_as_it_can(
    names: Names, port: int, kie: KieHttpProvider, bot: Bot, fetcher: HttpResultFetcher
) -> None:
    with pytest.raises(ProviderUnavailable):
        await kie.credits()
    with pytest.raises(TelegramNetworkError):
        await bot.me()
    with pytest.raises(ResultUnavailable):
        async with fetcher.fetch(f"http://{HOST}:{port}/a.png", limit_bytes=99):
            pass

    names.addresses = ["::1"]

    assert await kie.credits() == 7
    assert (await bot.me()).id == 1
    async with fetcher.fetch(f"http://{HOST}:{port}/a.png", limit_bytes=99) as file:
        assert file.size_bytes


async def _is_answered(database: Database) -> bool:
    async with database.connection() as connection:
        return bool(await connection.fetchval("SELECT true"))


@pytest.mark.postgres
async def test_leading_and_the_store_go_on_once_the_databases_name_is_known_again(
    names: Names, postgres_server: EmbeddedServer
) -> None:
    async with cloned_database(postgres_server.dsn) as dsn, open_database(dsn_at(dsn, HOST)) as database:
        lock = PostgresLeaderLock(
            PostgresLocks(dsn_at(dsn, HOST), holder="named", clock=SystemClock(), timing=SHORT_TIMING), "1"
        )
        leading = asyncio.create_task(lock.acquire())
        with pytest.raises(StoreUnavailable):
            await _is_answered(database)
        while not names.asked:
            await asyncio.sleep(0.01)
        assert not leading.done()

        names.addresses = ["127.0.0.1"]

        async with asyncio.timeout(SOON_S):
            assert (await leading).seconds_left() > 0
            assert await _is_answered(database)
        await lock.close()


@pytest.mark.postgres
async def test_a_database_on_ipv6_alone_is_migrated_led_and_used() -> None:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(own_server(listen_addresses="127.0.0.1,::1"))
        dsn = dsn_at(server.dsn, "[::1]")
        assert await migrate(dsn)
        database = await stack.enter_async_context(open_database(dsn))
        assert await _is_answered(database)
        lock = PostgresLeaderLock(PostgresLocks(dsn, holder="six", clock=SystemClock(), timing=SHORT_TIMING), "1")
        stack.push_async_callback(lock.close)
        async with asyncio.timeout(SOON_S):
            assert (await lock.acquire()).seconds_left() > 0
