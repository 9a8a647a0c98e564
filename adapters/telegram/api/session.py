"""The HTTP session to the Bot API: our machine's certificates, the environment's proxy, and a last look at the lease."""

import ssl
from functools import cache, partial
from typing import Any

import aiohttp
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp.abc import AbstractStreamWriter
from aiohttp.connector import Connection

from adapters.telegram.api.request_fence import wait_for_leadership
from application.ports.clock import Clock

CONNECTIONS = 100
DNS_KEPT_S = 300


@cache
def trusted() -> ssl.SSLContext:
    """What this machine trusts. One for all bots of the process: each costs 0.8 MB and tens of milliseconds."""
    return ssl.create_default_context()


class FencedRequest(aiohttp.ClientRequest):
    """A request that asks for the lease again at the socket: a process may sleep between the decision to send and here.

    It asks with the connection there, and once more where the body goes: before Python 3.12 aiohttp writes the body, and
    the headers that it holds back for it, in a task of its own.
    """

    def __init__(self, *args: Any, clock: Clock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._clock = clock

    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        """Send once this instance may act."""
        await wait_for_leadership(self._clock)
        return await super().send(conn)

    async def write_bytes(
        self, writer: AbstractStreamWriter, conn: Connection, content_length: int | None = None
    ) -> None:
        """Write once this instance may act."""
        await wait_for_leadership(self._clock)
        await super().write_bytes(writer, conn, content_length)


class BotApiSession(AiohttpSession):
    """aiogram's session with three differences.

    It trusts the certificates that this machine trusts (aiogram brings a list of its own, so that a company's proxy or a
    local Bot API server with its own authority is refused); it goes through ``proxy``; and its requests are ``FencedRequest``.
    """

    def __init__(self, api: TelegramAPIServer, *, clock: Clock, proxy_url: str | None = None) -> None:
        BaseSession.__init__(
            self, api=api
        )  # aiogram's own would load its list of certificates, 0.7 MB that no one uses
        self._session = None
        self._clock = clock
        self._proxy_url = proxy_url

    async def create_session(self) -> aiohttp.ClientSession:
        """Return the open session, a new one where it was closed."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, ssl=trusted(), ttl_dns_cache=DNS_KEPT_S),
                proxy=self._proxy_url,
                request_class=partial(FencedRequest, clock=self._clock),  # type: ignore[arg-type]  # it is only called
            )
        return self._session
