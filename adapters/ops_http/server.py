"""The server: bound before anything else is opened, gone after everything else has closed."""

import asyncio
import hmac
import logging
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Final, Self, cast

import structlog
from aiohttp import web

from adapters.ops_http.callback import PATH as CALLBACK_PATH
from adapters.ops_http.callback import CallbackRoute
from adapters.ops_http.connection import KEEP_ALIVE_S, ConnectionLimits
from adapters.ops_http.listener import Listener, bound_sockets, descriptors_to_spare
from adapters.ops_http.service import Handler, Service
from adapters.ops_http.signature import CallbackSignature
from adapters.ops_http.strangers import SERVER, PlainRequestHandler, request_logger

log = structlog.get_logger(__name__)

BODY_LIMIT_BYTES: Final = 2 * 1024 * 1024
"""What a handler that reads a whole body takes at most: an update of Telegram's has some KB, a callback up to 2 MB."""
READ_BUFFER_BYTES: Final = 16 * 1024
"""What of a body is read ahead of the handler. An unread body therefore holds 32 KB and no more."""
LINGERING_S: Final = 2.0
"""How long a body is still taken after its answer, so that the sender gets to read the answer."""
SHUTDOWN_S: Final = 5.0


class OpsServer:
    """``/healthz``, ``/readyz``, ``/status``, ``/metrics`` and the provider's callbacks on one port.

    ``/healthz`` is 200 while the event loop turns and depends on nothing else, so a stuck process gives no answer.
    ``/readyz`` is 503 until ``opened`` was called, and whenever the service says it is of no use. No access log is
    written, since the callback's path holds a secret. With a ``metrics_token``, ``/metrics`` and all of ``/status`` but
    the role are only for requests that bear it.

    ``routes`` are those of further front ends (pages, the API). They answer for themselves while the service starts.

    Strangers may do what they like with the port: see ``Listener`` for connections, ``WatchedConnection`` for their pace.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        now: Callable[[], datetime],
        metrics: Callable[[], tuple[bytes, str]],
        callback_keys: Sequence[str],
        metrics_token: str | None = None,
        limits: ConnectionLimits | None = None,
        most_connections: int | None = None,
        routes: Sequence[web.AbstractRouteDef] = (),
    ) -> None:
        self._host = host
        self._port = port
        self._metrics = metrics
        self._metrics_token = metrics_token
        self._routes = routes
        self._limits = limits or ConnectionLimits()
        self._most_connections = most_connections or descriptors_to_spare()
        self._service: Service | None = None
        self._waits_for: str | None = None
        self._listener: Listener | None = None
        self._open = AsyncExitStack()
        signature = CallbackSignature(callback_keys) if callback_keys else None
        self._callback = CallbackRoute(lambda: self._service, signature, now)

    async def __aenter__(self) -> Self:
        """Bind. Raises ``OSError`` when the port is taken or not our own to take."""
        sockets = bound_sockets(self._host, self._port)
        self._port = int(sockets[0].getsockname()[1])
        runner = web.AppRunner(self._application(), handle_signals=False, shutdown_timeout=SHUTDOWN_S)
        await runner.setup()
        self._open.push_async_callback(runner.cleanup)
        self._listener = Listener(
            sockets=sockets,
            protocol=partial(_request_handler, cast("web.Server", runner.server), request_logger()),
            limits=self._limits,
            most=self._most_connections,
        )
        await self._open.enter_async_context(self._listener)
        log.info("ops_http.bound", host=self._host, port=self.port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    @property
    def port(self) -> int:
        """The port that was bound, also when 0 was asked for."""
        return self._port

    def opened(self, service: Service) -> None:
        """The service behind the port has started."""
        self._service = service

    def waits_for(self, reason: str) -> None:
        """Why the service behind the port has not started yet: a sentence for `/readyz` and `/status`."""
        self._waits_for = reason

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=BODY_LIMIT_BYTES, middlewares=[self._watched])
        application.on_response_prepare.append(_nameless)
        application.add_routes(
            [
                web.get("/healthz", self._healthz),
                web.get("/readyz", self._readyz),
                web.get("/status", self._status),
                web.get("/metrics", self._serve_metrics),
                web.post(CALLBACK_PATH, self._callback.answer),
                *self._routes,
                web.post("/{path:.*}", self._post),
            ]
        )
        return application

    @web.middleware
    async def _watched(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        connection = self._listener.of(request.protocol) if self._listener else None
        if connection is None:
            return await handler(request)
        connection.began(request.content)
        try:
            return await handler(request)
        finally:
            connection.ended()

    async def _healthz(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _request: web.Request) -> web.Response:
        reason = self._waits_for or "starting" if self._service is None else self._service.not_ready()
        return web.Response(text=f"{reason or 'ok'}\n", status=503 if reason else 200)

    async def _status(self, request: web.Request) -> web.Response:
        status = self._starting() if self._service is None else dict(self._service.status())
        return web.json_response(status if self._may_see_figures(request) else {"role": status.get("role")})

    def _starting(self) -> dict[str, object]:
        return {"role": "starting", **({"fault": self._waits_for} if self._waits_for else {})}

    async def _serve_metrics(self, request: web.Request) -> web.Response:
        if not self._may_see_figures(request):
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        body, content_type = self._metrics()
        return web.Response(body=body, headers={"Content-Type": content_type})

    def _may_see_figures(self, request: web.Request) -> bool:
        if self._metrics_token is None:
            return True
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(errors="replace"), f"Bearer {self._metrics_token}".encode())

    async def _post(self, request: web.Request) -> web.StreamResponse:
        if self._service is None:
            return web.Response(status=503)
        handler = self._service.posts.get(request.path)
        return await handler(request) if handler else web.Response(status=404)


def _request_handler(server: web.Server, logger: logging.Logger) -> web.RequestHandler:
    return PlainRequestHandler(
        server,
        loop=asyncio.get_running_loop(),
        access_log=None,  # type: ignore[arg-type]  # as the library's runner passes it
        logger=logger,
        keepalive_timeout=KEEP_ALIVE_S,
        read_bufsize=READ_BUFFER_BYTES,
        auto_decompress=False,
        lingering_time=LINGERING_S,
    )


async def _nameless(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Server"] = SERVER
