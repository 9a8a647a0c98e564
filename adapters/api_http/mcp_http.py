"""``/mcp``: the MCP server over streamable HTTP, beside the other routes of the port.

The SDK speaks ASGI. A request is passed to it with its whole body, which is bounded; the answer is JSON, since each
request stands alone (stateless). Keys are those of the API.
"""

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from attrs import define, field

from adapters.api_http.call import BODY_LIMIT_BYTES, read_body
from adapters.api_http.caller import Caller
from adapters.api_http.problems import RequestProblem, problem, problem_of
from adapters.api_http.routes import Api
from domain.errors import MediaBotError

PATH: Final = "/mcp"
ANSWERS_WITHIN_S: Final = 90.0
"""The tool ``wait`` takes 50 s. What would never end, as a subscription to changes, is ended."""

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

_caller: ContextVar[Caller] = ContextVar("caller")


@define
class McpOverHttp:
    """``serving`` is open while the service runs; before that the path says that the service is starting.

    The SDK brings a web server and a client of its own, 1.4 s of imports: it is loaded when the first agent calls.
    """

    _api: Api
    _wanted: asyncio.Event = field(factory=asyncio.Event, init=False)
    _ready: "asyncio.Future[StreamableHTTPSessionManager] | None" = field(default=None, init=False)

    def routes(self) -> list[web.AbstractRouteDef]:
        """Return the routes of ``/mcp``. Without sessions there is nothing to listen to or to end: only POST is taken."""
        return [web.post(PATH, self._answer), web.route("*", PATH, _refuse)]

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Serve until the context ends."""
        self._ready = asyncio.get_running_loop().create_future()
        serving = asyncio.create_task(self._serve(self._ready), name="mcp")
        try:
            yield
        finally:
            self._ready = None
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

    async def _serve(self, ready: "asyncio.Future[StreamableHTTPSessionManager]") -> None:
        await self._wanted.wait()
        manager = await asyncio.to_thread(_load)
        async with manager.run():
            ready.set_result(manager)
            await asyncio.Event().wait()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        ready, services = self._ready, self._api.services
        if ready is None or services is None:
            return problem(503, "starting", "The service is starting.")
        try:
            caller = await self._api.caller_of(request, services)
            body = await read_body(request)
        except (MediaBotError, RequestProblem) as error:
            return problem_of(error, services.texts, "en")
        self._wanted.set()
        _caller.set(caller)
        try:
            async with asyncio.timeout(ANSWERS_WITHIN_S):
                return await _through_asgi(await asyncio.shield(ready), request, body)
        except TimeoutError:
            return problem(504, "too_slow", "There was no answer in time.")


def _load() -> "StreamableHTTPSessionManager":
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager  # noqa: PLC0415  # loaded where it is used
    from mcp.server.transport_security import TransportSecuritySettings  # noqa: PLC0415  # loaded where it is used

    from adapters.api_http.mcp_tools import mcp_server  # noqa: PLC0415  # loaded where it is used

    return StreamableHTTPSessionManager(
        mcp_server(_caller.get)._lowlevel_server,
        json_response=True,
        stateless=True,
        security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # keys protect it
        max_request_body_size=BODY_LIMIT_BYTES,
    )


async def _refuse(_request: web.Request) -> web.Response:
    answer = problem(405, "method_not_allowed", "This path takes POST alone.")
    answer.headers["Allow"] = "POST"
    return answer


async def _through_asgi(manager: "StreamableHTTPSessionManager", request: web.Request, body: bytes) -> web.Response:
    status = 500
    headers: list[tuple[bytes, bytes]] = []
    pieces: list[bytes] = []
    unread = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> MutableMapping[str, Any]:
        for message in unread:
            return message
        await asyncio.Event().wait()  # the client does not leave, and the answer ends by itself
        raise AssertionError("no one sets the event")

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], message["headers"]
        elif message["type"] == "http.response.body":
            pieces.append(message.get("body", b""))

    await manager.handle_request(_scope(request), receive, send)
    kept = {name.decode(): value.decode() for name, value in headers if name.lower() != b"content-length"}
    return web.Response(status=status, headers=kept, body=b"".join(pieces))


def _scope(request: web.Request) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": request.raw_path.encode(),
        "query_string": request.query_string.encode(),
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.raw_headers],
        "client": None,
        "server": None,
    }
