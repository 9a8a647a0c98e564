"""The server: bound before anything else is opened, gone after everything else has closed."""

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Final, Self

import structlog
from aiohttp import web

from adapters.ops_http.callback import PATH as CALLBACK_PATH
from adapters.ops_http.callback import CallbackRoute
from adapters.ops_http.service import Service
from adapters.ops_http.signature import CallbackSignature

log = structlog.get_logger(__name__)

BODY_LIMIT_BYTES: Final = 8 * 1024 * 1024
"""A callback repeats the whole result twice; an hour's transcript with its words is about 1 MB each time."""


class OpsServer:
    """``/healthz``, ``/readyz``, ``/status``, ``/metrics`` and the provider's callbacks on one port.

    ``/healthz`` is 200 while the event loop turns and depends on nothing else: whoever asks gets no answer from a stuck
    process. ``/readyz`` is 503 until ``opened`` was called, and whenever the service says it is of no use. No access
    log is written, since the callback's path holds a secret.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        now: Callable[[], datetime],
        metrics: Callable[[], tuple[bytes, str]],
        callback_key: str | None,
    ) -> None:
        self._host = host
        self._port = port
        self._metrics = metrics
        self._service: Service | None = None
        signature = CallbackSignature(callback_key) if callback_key else None
        callback = CallbackRoute(lambda: self._service, signature, now)
        self._runner = web.AppRunner(self._application(callback), access_log=None, handle_signals=False)

    async def __aenter__(self) -> Self:
        """Bind. Raises ``OSError`` when the port is taken or not ours to take."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except BaseException:
            await self._runner.cleanup()
            raise
        log.info("ops_http.bound", host=self._host, port=self.port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        """The port that was bound, also when 0 was asked for."""
        return int(self._runner.addresses[0][1])

    def opened(self, service: Service) -> None:
        """The service behind the port has started."""
        self._service = service

    def _application(self, callback: CallbackRoute) -> web.Application:
        application = web.Application(client_max_size=BODY_LIMIT_BYTES)
        application.add_routes(
            [
                web.get("/healthz", self._healthz),
                web.get("/readyz", self._readyz),
                web.get("/status", self._status),
                web.get("/metrics", self._serve_metrics),
                web.post(CALLBACK_PATH, callback.answer),
                web.post("/{path:.*}", self._post),
            ]
        )
        return application

    async def _healthz(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _request: web.Request) -> web.Response:
        reason = "starting" if self._service is None else self._service.not_ready()
        return web.Response(text=f"{reason or 'ok'}\n", status=503 if reason else 200)

    async def _status(self, _request: web.Request) -> web.Response:
        return web.json_response({"role": "starting"} if self._service is None else dict(self._service.status()))

    async def _serve_metrics(self, _request: web.Request) -> web.Response:
        body, content_type = self._metrics()
        return web.Response(body=body, headers={"Content-Type": content_type})

    async def _post(self, request: web.Request) -> web.StreamResponse:
        if self._service is None:
            return web.Response(status=503)
        handler = self._service.posts.get(request.path)
        return await handler(request) if handler else web.Response(status=404)
