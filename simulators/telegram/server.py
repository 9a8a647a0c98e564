"""The simulator as a web application: the Bot API under ``/bot<TOKEN>/``, files, and the chat page at ``/``."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import structlog
from aiohttp import web

from simulators.telegram.errors import HTML_413, ApiError, EntityTooLarge
from simulators.telegram.faults import TelegramFault
from simulators.telegram.methods import METHODS, MethodCall
from simulators.telegram.page import ChatPages
from simulators.telegram.parameters import Parameters, read_parameters
from simulators.telegram.pushers import Pushers
from simulators.telegram.record import CallRecord
from simulators.telegram.state import SimulatedBot
from simulators.telegram.web_content import WebContent
from simulators.telegram.world import TelegramWorld

log = structlog.get_logger(__name__)

_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{3,}")
_UNAUTHORIZED = ApiError(401, "Unauthorized")
_NOT_FOUND = ApiError(404, "Not Found")


class BotApi:
    """Answers calls of the Bot API on a world."""

    def __init__(self, world: TelegramWorld, session: aiohttp.ClientSession) -> None:
        self._world = world
        self._web = WebContent(session, world.files)
        self.pushers = Pushers(session)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One call: read it, let a fault strike, do it, remember it."""
        started_at, port = self._world.clock(), _port(request)
        token, method = request.match_info["token"], request.match_info["method"]
        parameters, description = Parameters({}), ""
        try:
            bot = self._bot(token)
            parameters = await read_parameters(request, self._world.files)
            fault = self._world.faults.strike(method, parameters.text("chat_id"))
            response = await self._answer(bot, method, parameters, fault, request)
        except ApiError as error:
            response, description = _refusal(error), error.description
        except EntityTooLarge:
            response = web.Response(status=413, text=HTML_413, content_type="text/html")
        is_gone = request.transport is None or request.transport.is_closing()
        call = CallRecord(
            at=started_at,
            took_s=self._world.clock() - started_at,
            peer=_peer(request),
            port=port,
            token=token,
            method=METHODS[method.lower()][0] if method.lower() in METHODS else method,
            parameters=parameters.recorded(),
            status=0 if is_gone else response.status,
            description=description,
        )
        self._world.log.add(call)
        return response

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file, by the path getFile named."""
        if self._world.bot_with(request.match_info["token"]) is None:
            return _refusal(_UNAUTHORIZED)
        number = re.match(r"file_(\d+)", request.match_info["path"].rpartition("/")[2])
        file = self._world.files.by_number(int(number[1])) if number else None
        if file is None:
            return _refusal(_NOT_FOUND)
        is_thumbnail = request.match_info["path"].endswith(".thumbnail.jpg")
        return web.FileResponse(self._world.files.thumbnail(file) if is_thumbnail else file.path)

    def _bot(self, token: str) -> SimulatedBot:
        if not _TOKEN.fullmatch(token):
            raise _NOT_FOUND
        bot = self._world.bot_with(token)
        if bot is None:
            raise _UNAUTHORIZED
        return bot

    async def _answer(
        self, bot: SimulatedBot, method: str, parameters: Parameters, fault: TelegramFault | None, request: web.Request
    ) -> web.Response:
        if fault is None:
            return await self._do(bot, method, parameters)
        await asyncio.sleep(fault.hang_s)
        if fault.status is None and not fault.drop:
            return await self._do(bot, method, parameters)
        if fault.after_effect:
            await self._do(bot, method, parameters)
        if fault.drop and request.transport is not None:
            request.transport.abort()
        return _faulty(fault)

    async def _do(self, bot: SimulatedBot, method: str, parameters: Parameters) -> web.Response:
        named = METHODS.get(method.lower())
        if named is None:
            raise ApiError(404, "Not Found: method not found")
        call = MethodCall(world=self._world, bot=bot, parameters=parameters, web=self._web, pushers=self.pushers)
        return _json({"ok": True, "result": await named[1](call)}, 200)


def _peer(request: web.Request) -> str:
    peer = request.transport.get_extra_info("peername") if request.transport else None
    return f"{peer[0]}:{peer[1]}" if peer else ""


def _port(request: web.Request) -> int:
    own = request.transport.get_extra_info("sockname") if request.transport else None
    return int(own[1]) if own else 0


def _json(body: object, status: int) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(status=status, text=text, content_type="application/json")


def _refusal(error: ApiError) -> web.Response:
    response = _json(error.wire(), error.code)
    if "retry_after" in error.parameters:
        response.headers["Retry-After"] = str(error.parameters["retry_after"])
    return response


def _faulty(fault: TelegramFault) -> web.Response:
    status = fault.status or 500
    if fault.body is not None:
        kind = "text/html" if fault.body.startswith("<") else "application/json"
        return web.Response(status=status, text=fault.body, content_type=kind)
    parameters = {"retry_after": fault.retry_after_s} if fault.retry_after_s is not None else None
    return _refusal(ApiError(status, fault.description or f"{status}: scripted", parameters))


def create_app(world: TelegramWorld) -> web.Application:
    """The whole simulator on one world. The world's files are deleted when the application ends."""
    app = web.Application(client_max_size=64 * 1024 * 1024)

    async def running(app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as session:
            api = BotApi(world, session)
            app[_API] = api
            yield
            await api.pushers.close()
        world.close()

    async def stopping(_: web.Application) -> None:
        world.release()

    async def call(request: web.Request) -> web.StreamResponse:
        return await request.app[_API].call(request)

    async def download(request: web.Request) -> web.StreamResponse:
        return await request.app[_API].download(request)

    app.cleanup_ctx.append(running)
    app.on_shutdown.append(stopping)
    app.router.add_route("*", "/bot{token}/{method}", call)
    app.router.add_get("/file/bot{token}/{path:.+}", download)
    ChatPages(world).add_routes(app)
    return app


#: Waiting polls are ended at once; what still hangs after this (a scripted fault) is cut off.
_SHUTDOWN_S = 0.2
_API = web.AppKey("api", BotApi)


@asynccontextmanager
async def serve(world: TelegramWorld, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Run the simulator while the block lasts; gives its base URL. Port 0 takes a free one."""
    runner = web.AppRunner(create_app(world), access_log=None, shutdown_timeout=_SHUTDOWN_S)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        bound_port = runner.addresses[0][1]
        log.info("telegram_simulator.started", host=host, port=bound_port)
        yield f"http://{host}:{bound_port}"
    finally:
        await runner.cleanup()
