"""A proxy in front of an HTTP server that holds a request before it is sent, or its answer after it has taken effect."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web
from attrs import frozen
from yarl import URL

from tests.support.crash_gate import CrashGate, Side

_MOST_BYTES = 64 * 1024 * 1024
_OF_THIS_HOP = {"content-length", "transfer-encoding", "connection", "keep-alive"}
_SHUTDOWN_S = 0.1
_FIELD = re.compile(rb'name="([^"\r]*)"\r\n(?:[^\r\n]+\r\n)*\r\n([^\r]*)\r\n')


@frozen
class Request:
    """What a name is given for: the ``path`` and the text fields of its form, empty where it brings none."""

    path: str
    form: Mapping[str, str]


NameRequest = Callable[[Request], tuple[str, str | None]]
"""The effect of a request, and whom it is about where that can be known."""


def _form(request: web.Request, body: bytes) -> Mapping[str, str]:
    match request.content_type:
        case "application/x-www-form-urlencoded":
            return dict(parse_qsl(body.decode()))
        case "multipart/form-data":
            return {name.decode(): value.decode(errors="replace") for name, value in _FIELD.findall(body)}
        case _:
            return {}


@asynccontextmanager
async def http_gate(url: str, gate: CrashGate, name_of: NameRequest) -> AsyncIterator[str]:
    """The address that leads through the gate to ``url`` while the context is open. The host stays as the client says."""

    async def forward(request: web.Request) -> web.Response:
        body = await request.read()
        effect, subject = name_of(Request(request.path, _form(request, body)))
        await gate.passes(effect, Side.BEFORE, subject=subject)
        target = URL(url).join(request.rel_url)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _OF_THIS_HOP}
        async with session.request(
            request.method, target, data=body, headers=headers, allow_redirects=False
        ) as response:
            answer = await response.read()
            kept = {name: value for name, value in response.headers.items() if name.lower() not in _OF_THIS_HOP}
        await gate.passes(effect, Side.AFTER, subject=subject)
        return web.Response(status=response.status, body=answer, headers=kept)

    async def tunnel(request: web.Request) -> web.Response:
        try:
            return await forward(request)
        except (aiohttp.ClientError, ConnectionError):  # the server dropped it, or the client was killed meanwhile
            if request.transport:
                request.transport.abort()
            return web.Response(status=502)

    application = web.Application(client_max_size=_MOST_BYTES)
    application.router.add_route("*", "/{path:.*}", tunnel)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=_SHUTDOWN_S)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None), auto_decompress=False) as session:
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()
