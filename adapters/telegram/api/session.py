"""The HTTP session to the Bot API: our machine's certificates, the environment's proxy, and a last look at the lease."""

import ssl
from functools import cache
from types import SimpleNamespace

import aiohttp
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer

from adapters.telegram.api.request_fence import wait_for_leadership
from application.ports.clock import Clock

CONNECTIONS = 100
DNS_KEPT_S = 300


@cache
def trusted() -> ssl.SSLContext:
    """What this machine trusts. One for all bots of the process: each costs 0.8 MB and tens of milliseconds."""
    return ssl.create_default_context()


class BotApiSession(AiohttpSession):
    """aiogram's session with three differences.

    It trusts the certificates that this machine trusts (aiogram brings a list of its own, so that a company's proxy or a
    local Bot API server with its own authority is refused); it goes through ``proxy``; and it asks for the lease again once
    the connection is there, since a process may sleep between the decision to send and the socket.
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
                trace_configs=[self._last_look()],
            )
        return self._session

    def _last_look(self) -> aiohttp.TraceConfig:
        async def look(_session: aiohttp.ClientSession, _context: SimpleNamespace, _params: object) -> None:
            await wait_for_leadership(self._clock)

        trace = aiohttp.TraceConfig()
        trace.on_connection_create_end.append(look)
        trace.on_connection_reuseconn.append(look)
        return trace
