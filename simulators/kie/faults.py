"""Trouble on request: per path, a number of times, or with a seeded probability."""

import asyncio
import random
import socket
import struct
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from fnmatch import fnmatchcase
from typing import Final, Protocol

from aiohttp import web
from attrs import define, field, frozen

from .answers import envelope

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_CHUNK: Final = b"x" * 65_536


class KieFault(Protocol):
    """Answers a request in the handler's place; it may call the handler."""

    async def __call__(self, request: web.Request, handler: Handler, /) -> web.StreamResponse:
        """Answer, or break the connection."""
        ...


@frozen
class BodyCode:
    """This code in the body, under HTTP 200 as KIE has it or under `status`; the request has no effect."""

    code: int
    msg: str = "simulated fault"
    status: int = 200

    async def __call__(self, _request: web.Request, _handler: Handler, /) -> web.StreamResponse:
        response = envelope(None, code=self.code, msg=self.msg)
        response.set_status(self.status)
        return response


@frozen
class HtmlPage:
    """A gateway's HTML page with this HTTP status; the request has no effect."""

    status: int = 502

    async def __call__(self, _request: web.Request, _handler: Handler, /) -> web.StreamResponse:
        text = f"<html><body><h1>{self.status}</h1><p>cloudflare</p></body></html>"
        return web.Response(status=self.status, text=text, content_type="text/html")


@frozen
class RawBody:
    """HTTP 200 with this text as JSON, readable or not. The handler has done its work."""

    text: str = '{"code":200,"msg":"succ'

    async def __call__(self, request: web.Request, handler: Handler, /) -> web.StreamResponse:
        await handler(request)
        return web.Response(text=self.text, content_type="application/json")


@frozen
class HugeBody:
    """A JSON text that goes on for `size_bytes`."""

    size_bytes: int = 100_000_000

    async def __call__(self, request: web.Request, _handler: Handler, /) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        await response.write(b'{"code":200,"msg":"')
        with suppress(ConnectionError):  # a careful client leaves early
            for _ in range(self.size_bytes // len(_CHUNK)):
                await response.write(_CHUNK)
        return response


@frozen
class LostAnswer:
    """The handler does its work, then the connection drops without an answer."""

    async def __call__(self, request: web.Request, handler: Handler, /) -> web.StreamResponse:
        await handler(request)
        return _drop(request)


@frozen
class LostRequest:
    """The connection drops and nothing has happened; `reset` sends an RST in place of a FIN."""

    reset: bool = False

    async def __call__(self, request: web.Request, _handler: Handler, /) -> web.StreamResponse:
        return _drop(request, reset=self.reset)


@frozen
class SlowAnswer:
    """The handler does its work at once and its answer comes `seconds` later."""

    seconds: float

    async def __call__(self, request: web.Request, handler: Handler, /) -> web.StreamResponse:
        response = await handler(request)
        await asyncio.sleep(self.seconds)
        return response


@frozen
class Redirect:
    """A 302 to another place; the request has no effect."""

    location: str

    async def __call__(self, _request: web.Request, _handler: Handler, /) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": self.location})


@define
class _Entry:
    path: str
    fault: KieFault
    left: int | None
    probability: float


@define
class FaultPlan:
    """Which requests meet which fault; entries are tried in the order in which they were added."""

    seed: int = 0
    _entries: list[_Entry] = field(factory=list, init=False)
    _away_until: float = field(default=0.0, init=False)
    _random: random.Random = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - a schedule, not a secret

    def add(self, path: str, fault: KieFault, *, times: int | None = 1, probability: float = 1.0) -> None:
        """Let requests whose path matches the pattern `path` (`*` is anything) meet `fault`.

        Args:
            times: how many requests meet it; None is for ever.
            probability: the chance of each matching request, drawn from the plan's seed.
        """
        self._entries.append(_Entry(path, fault, times, probability))

    def away(self, seconds: float) -> None:
        """Drop every connection without an answer for so long from now."""
        self._away_until = time.monotonic() + seconds

    @property
    def left(self) -> int:
        """How many requests are still to meet a fault that was planned for a number of them."""
        return sum(entry.left or 0 for entry in self._entries)

    def clear(self) -> None:
        """Forget everything that was planned, and be back."""
        self._entries.clear()
        self._away_until = 0.0

    def take(self, path: str) -> KieFault | None:
        """Return the fault that the next request to `path` meets, and count it."""
        if time.monotonic() < self._away_until:
            return LostRequest()
        for entry in self._entries:
            if fnmatchcase(path, entry.path) and self._random.random() < entry.probability:
                if entry.left is not None:
                    entry.left -= 1
                    if entry.left == 0:
                        self._entries.remove(entry)
                return entry.fault
        return None


def _drop(request: web.Request, *, reset: bool = False) -> web.StreamResponse:
    transport = request.transport
    if transport is not None:
        if reset:
            linger = struct.pack("ii", 1, 0)  # on, for 0 s: close() sends RST
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()
    return web.Response()
