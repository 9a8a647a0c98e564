"""The HTTP port with a service behind it that keeps what it is asked for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiohttp import ClientSession, web
from attrs import define, field

from adapters.ops_http import OpsServer, Service
from adapters.ops_http.connection import ConnectionLimits
from application.errors import StoreUnavailable
from domain.generation import GenerationId, TaskId

Named = Callable[[TaskId | None], Awaitable[TaskId | None]]

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECRET = "s3cret_of-this-generation"
PATH = f"/kie/callback/abcdefgh01234567/{SECRET}"
HEAD = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
WRONG_SECRET = "/kie/callback/aaaaaaaaaaaaaaaa/bbbbbbbbbbbbbbbbbbbb"
SHORT = ConnectionLimits(head_s=0.3, keep_alive_s=0.6, body_start_s=0.4, write_stall_s=0.4)


@define
class Behind:
    """The service behind the port: keeps what callbacks said."""

    reports: list[tuple[str, str, str | None]] = field(factory=list)
    not_ready: str | None = None
    away: bool = False
    known: TaskId | None = None
    asked: int = 0

    async def handle_callback(self, generation_id: GenerationId, secret: str, named: Named, /) -> bool:
        self.asked += 1
        if self.away:
            raise StoreUnavailable
        if secret != SECRET:
            return False
        self.reports.append((generation_id, secret, await named(self.known)))
        return True

    async def webhook(self, request: web.Request) -> web.Response:
        return web.json_response({"said": await request.text()})

    def service(self) -> Service:
        return Service(
            handle_callback=self.handle_callback,
            status=lambda: {"role": "leader", "epoch": 3},
            not_ready=lambda: self.not_ready,
            posts={"/telegram/webhook": self.webhook},
        )


@asynccontextmanager
async def listening(
    *, limits: ConnectionLimits = SHORT, most: int = 16, host: str = "127.0.0.1", metrics_token: str | None = None
) -> AsyncIterator[OpsServer]:
    async with OpsServer(
        host=host,
        port=0,
        now=lambda: NOW,
        metrics=lambda: (b"m 1\n" * 2_000_000, "text/plain"),
        callback_keys=(),
        limits=limits,
        most_connections=most,
        metrics_token=metrics_token,
    ) as server:
        server.opened(Behind().service())
        yield server


async def is_healthy(server: OpsServer) -> bool:
    async with (
        ClientSession() as http,
        asyncio.timeout(5),
        http.get(f"http://127.0.0.1:{server.port}/healthz") as answer,
    ):
        return answer.status == 200
