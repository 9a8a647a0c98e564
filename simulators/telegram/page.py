"""The chat page and the endpoints it talks to, all under ``/page/`` so that they never meet those of the Bot API.

No sign-in: anyone who opens the page may act for everyone in the simulated Telegram.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from importlib.resources import files as package_files
from pathlib import Path
from urllib.parse import quote

import structlog
from aiohttp import BodyPartReader, web

from simulators.telegram.events import Event
from simulators.telegram.files import FileKind, StoredFile
from simulators.telegram.person import PersonClient
from simulators.telegram.state import Chat, Message
from simulators.telegram.views import action_view, chats_of, commands_for, event_view, message_view
from simulators.telegram.wire import Json
from simulators.telegram.world import TelegramWorld

log = structlog.get_logger(__name__)

_EVENTS_WAITING = 1000
_HEARTBEAT_S = 15


class ChatPages:
    """Serves the page for one world."""

    def __init__(self, world: TelegramWorld) -> None:
        self._world = world

    def add_routes(self, app: web.Application) -> None:
        """Mount the page."""
        static = Path(str(package_files("simulators.telegram") / "static"))
        app.router.add_get("/", _index(static / "index.html"))
        app.router.add_static("/page/static/", static)
        app.router.add_get("/page/state", self.state)
        app.router.add_get("/page/events", self.events)
        app.router.add_get("/page/files/{number:\\d+}", self.file)
        app.router.add_post("/page/people", _answered(self.add_person))
        app.router.add_post("/page/groups", _answered(self.add_group))
        app.router.add_get("/page/chats/{key}", self.chat)
        app.router.add_post("/page/chats/{key}/messages", _answered(self.send))
        app.router.add_post("/page/chats/{key}/press", _answered(self.press))
        app.router.add_post("/page/chats/{key}/pay", _answered(self.pay))
        app.router.add_post("/page/chats/{key}/ask", _answered(self.ask))
        app.router.add_post("/page/chats/{key}/choose", _answered(self.choose))
        app.router.add_post("/page/chats/{key}/forward", _answered(self.forward))
        app.router.add_post("/page/chats/{key}/edit", _answered(self.edit))

    async def state(self, request: web.Request) -> web.Response:
        """People, bots, and the chats of ``?person=``."""
        people = list(self._world.people.values())
        wanted = request.query.get("person", "")
        person = next((each for each in people if str(each.id) == wanted), people[0] if people else None)
        return web.json_response(
            {
                "people": [each.wire() for each in people],
                "bots": [bot.wire() for bot in self._world.bots.values()],
                "person": person.id if person else None,
                "chats": chats_of(self._world, person) if person else [],
            }
        )

    async def chat(self, request: web.Request) -> web.Response:
        """The messages of a chat, its command menu and its reply keyboard."""
        person = self._person(request.query)
        chat = self._world.chats.get(request.match_info["key"])
        bots = [bot for bot in self._world.bots.values() if _is_in(bot.id, request.match_info["key"], chat)]
        chat_id = chat.id if chat else person.id
        return web.json_response(
            {
                "messages": [message_view(message) for message in chat.messages.values()] if chat else [],
                "commands": [each for bot in bots for each in commands_for(bot, person.person, chat_id)],
                "keyboard": chat.keyboard if chat else None,
                "about": next((bot.about["description"] for bot in bots if bot.about.get("description")), ""),
                **(action_view(chat, self._world.clock()) if chat else {}),
            }
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Everything that happens, as server-sent events; a reader that falls far behind is let go."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        waiting: asyncio.Queue[Event] = asyncio.Queue()

        def listen(event: Event) -> None:
            if waiting.qsize() < _EVENTS_WAITING:
                waiting.put_nowait(event)
            elif waiting.qsize() == _EVENTS_WAITING:
                waiting.put_nowait(Event(kind="end"))

        self._world.listeners.add(listen)
        try:
            await self._stream(response, waiting)
        except ConnectionError:
            log.debug("page.left")
        finally:
            self._world.listeners.discard(listen)
        return response

    async def _stream(self, response: web.StreamResponse, waiting: "asyncio.Queue[Event]") -> None:
        await response.write(b": hello\n\n")
        while True:
            try:
                async with asyncio.timeout(_HEARTBEAT_S):
                    event = await waiting.get()
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            if event.kind == "end":
                return
            await response.write(b"data: " + json.dumps(event_view(self._world, event)).encode() + b"\n\n")

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file; ``?download`` saves it under its name."""
        file = self._world.files.by_number(int(request.match_info["number"]))
        if file is None:
            raise web.HTTPNotFound
        headers = {
            "Content-Type": file.mime,
            "Cache-Control": "max-age=3600",
            "Content-Security-Policy": "sandbox",  # a page someone uploaded must not act as our own
        }
        response = web.FileResponse(file.path, headers=headers)
        if "download" in request.query:
            response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return response

    async def add_person(self, request: web.Request) -> web.Response:
        """Make a person: ``{"name", "language"}``."""
        body = await request.json()
        client = self._world.add_person(str(body["name"]), language=str(body["language"]))
        return web.json_response({"id": client.id})

    async def add_group(self, request: web.Request) -> web.Response:
        """Make a group of everybody and every bot: ``{"title"}``."""
        body = await request.json()
        everybody = [self._world.as_person(person_id) for person_id in self._world.people]
        return web.json_response({"key": self._world.add_group(str(body["title"]), everybody).key})

    async def send(self, request: web.Request) -> web.Response:
        """Send text or files: a form with ``person``, ``text``, ``reply_to``, ``kind`` and any number of ``file``."""
        fields, files = await self._form(request)
        client = self._person(fields)
        chat = self._chat(request, client)
        reply_to = chat.messages.get(int(fields.get("reply_to") or 0))
        text = fields.get("text", "").strip()
        if files:
            kind = FileKind(fields["kind"]) if fields.get("kind") else None
            sent = client.send_stored([(file, kind) for file in files], chat, caption=text, reply_to=reply_to)
        elif text:
            sent = [client.say(text, chat, reply_to=reply_to)]
        else:
            raise web.HTTPBadRequest(text="nothing to send")
        return web.json_response({"ids": [message.id for message in sent]})

    async def press(self, request: web.Request) -> web.Response:
        """Press a button: ``{"person", "message", "data"}``. The answer comes as an event with the query's id."""
        body = await request.json()
        client, message = self._person(body), self._message(request, body)
        return web.json_response({"query": client.press_data(message, str(body["data"])).id})

    async def pay(self, request: web.Request) -> web.Response:
        """Pay an invoice: ``{"person", "message"}`` or ``{"person", "url"}``. Answers when the bot has agreed or refused."""
        body = await request.json()
        client = self._person(body)
        try:
            paid = client.pay_at(str(body["url"])) if "url" in body else client.pay(self._message(request, body))
            outcome = await paid
        except LookupError:
            raise web.HTTPNotFound(text="no such invoice") from None
        return web.json_response({"paid": outcome.charge is not None, "refused": outcome.refused})

    async def ask(self, request: web.Request) -> web.Response:
        """Ask a bot inline: ``{"person", "bot", "text", "offset"}``. What it offers comes as an event with the query's id."""
        body = await request.json()
        bot = next((bot for bot in self._world.bots.values() if bot.username == body["bot"]), None)
        if bot is None:
            raise web.HTTPNotFound(text="no such bot")
        query = self._person(body).ask_inline(str(body["text"]), bot, offset=str(body.get("offset") or ""))
        return web.json_response({"query": query.id})

    async def choose(self, request: web.Request) -> web.Response:
        """Send an offered result: ``{"person", "query", "result"}``."""
        body = await request.json()
        client, query = self._person(body), self._world.queries.get(str(body["query"]))
        if query is None or body["result"] not in query.offers:
            raise web.HTTPNotFound(text="no such result")
        return web.json_response({"id": client.choose(query, body["result"], self._chat(request, client)).id})

    async def forward(self, request: web.Request) -> web.Response:
        """Forward a message to another chat: ``{"person", "message", "to"}``."""
        body = await request.json()
        client, message = self._person(body), self._message(request, body)
        return web.json_response({"id": client.forward(message, self._chat_with(str(body["to"]), client)).id})

    async def edit(self, request: web.Request) -> web.Response:
        """Change an own message: ``{"person", "message", "text"}``."""
        body = await request.json()
        client, message = self._person(body), self._message(request, body)
        client.edit(message, str(body["text"]))
        return web.json_response({})

    async def _form(self, request: web.Request) -> tuple[dict[str, str], list[StoredFile]]:
        fields: dict[str, str] = {}
        files: list[StoredFile] = []
        if request.content_type != "multipart/form-data":
            raise web.HTTPUnsupportedMediaType(text="send multipart/form-data")
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)  # noqa: S101 - the page sends no nested forms
            if part.filename:
                mime = part.headers.get("Content-Type")
                files.append(await self._world.files.receive(_chunks(part), name=part.filename, mime=mime))
            else:
                fields[part.name or ""] = await part.text()
        return fields, files

    def _person(self, values: Mapping[str, object]) -> PersonClient:
        try:
            return self._world.as_person(int(str(values["person"])))
        except (KeyError, ValueError):
            raise web.HTTPBadRequest(text="no such person") from None

    def _chat(self, request: web.Request, client: PersonClient) -> Chat:
        return self._chat_with(request.match_info["key"], client)

    def _chat_with(self, key: str, client: PersonClient) -> Chat:
        if key in self._world.chats:
            return self._world.chats[key]
        for bot in self._world.bots.values():
            if key == f"{client.id}-{bot.id}":
                return client.chat(bot)
        raise web.HTTPNotFound(text="no such chat")

    def _message(self, request: web.Request, body: Json) -> Message:
        chat = self._world.chats.get(request.match_info["key"])
        message = chat.messages.get(int(str(body["message"]))) if chat else None
        if message is None:
            raise web.HTTPNotFound(text="no such message")
        return message


Handler = Callable[[web.Request], Awaitable[web.Response]]


def _answered(handler: Handler) -> Handler:
    """Answers 400 to a body that is not what the endpoint reads, instead of failing."""

    async def answered(request: web.Request) -> web.Response:
        try:
            return await handler(request)
        except KeyError as missing:
            raise web.HTTPBadRequest(text=f"missing: {missing}") from None
        except (ValueError, TypeError) as error:
            raise web.HTTPBadRequest(text=f"not understood: {error}") from None

    return answered


def _is_in(bot_id: int, key: str, chat: Chat | None) -> bool:
    return key.endswith(f"-{bot_id}") if chat is None or chat.bot else bot_id in chat.bots


def _index(path: Path) -> Callable[[web.Request], Awaitable[web.FileResponse]]:
    async def index(_: web.Request) -> web.FileResponse:
        return web.FileResponse(path, headers={"Cache-Control": "no-cache"})

    return index


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(256 * 1024):
        yield chunk
