"""Requests to the Bot API: none from work whose leadership is over, as much patience as Telegram asks for, our machine's certificates."""

import asyncio
import random
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from typing import Any, Final

import aiohttp
import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp.abc import AbstractStreamWriter
from aiohttp.connector import Connection
from attrs import define, field, frozen

from adapters.telegram.api.errors import TELEGRAM_FAULTS, TelegramTrouble, trouble_of, wait_asked_s
from adapters.telegram.api.message_types import build_messages, holds_messages
from application.leading.acquire_leadership import Duty
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership

FENCE_PAUSE_S: Final = 0.02
_leadership: ContextVar[Leadership | None] = ContextVar("leadership", default=None)
"""Under which the running code works; None where it needs none, as an instance that a webhook calls."""
CONNECTIONS = 100
DNS_KEPT_S = 300
PATIENCE_S: Final = 3600
"""All waits of one handler together; after them it gives up."""
PAUSES_S: Final = (1.0, 3.0)
"""Before what may not have arrived is sent again."""
FLEETING: Final = frozenset({"answerCallbackQuery", "answerInlineQuery", "sendChatAction"})
"""Methods whose effect is of no use later: the app that waits for it has stopped waiting."""
FLEETING_WAIT_S: Final = 3.0

log = structlog.get_logger()


async def while_leading(leadership: Leadership, clock: Clock) -> None:
    """Return while this instance may act. Once it may not, this lasts until the caller is cancelled.

    It holds and does not raise: a handler that went on with an error would count its update as dealt with.
    """
    while leadership.seconds_left() <= 0:
        await clock.sleep(FENCE_PAUSE_S)


async def wait_for_leadership(clock: Clock) -> None:
    """``while_leading`` under the leadership that the running code works for; returns at once where it needs none."""
    if leadership := _leadership.get():
        await while_leading(leadership, clock)


@frozen
class Fenced:
    """A duty whose every request, and those of all tasks it starts, waits behind ``Fence``."""

    _duty: Duty

    async def run(self, leadership: Leadership, /) -> None:
        _leadership.set(leadership)
        await self._duty.run(leadership)

    async def drain(self) -> None:
        await self._duty.drain()


class Fence(BaseRequestMiddleware):
    """Before a request: a process that slept may wake in the middle of anything. ``BotApiSession`` looks once more."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        await wait_for_leadership(self._clock)
        return await make_request(bot, method)


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


class Utf8Response(aiohttp.ClientResponse):
    """The Bot API answers in UTF-8, whatever a page of a gateway says of itself, or leaves out.

    aiogram knows no answer whose letters can't be read: the error would be none of a call's.
    """

    async def text(self, encoding: str | None = None, errors: str = "strict") -> str:
        """Return the body as UTF-8; what is none becomes U+FFFD."""
        del encoding, errors
        return (await self.read()).decode("utf-8", "replace")


class BotApiSession(AiohttpSession):
    """aiogram's session with these differences.

    It trusts the certificates that this machine trusts (aiogram brings a list of its own, so that a company's proxy or a
    local Bot API server with its own authority is refused); it goes through ``proxy``; its requests are ``FencedRequest``;
    and an answer that is none, whatever its letters, is a fault of ``TELEGRAM_FAULTS``.
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
                response_class=Utf8Response,
                request_class=partial(FencedRequest, clock=self._clock),  # type: ignore[arg-type]  # it is only called
            )
        return self._session

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """As aiogram's; a success without a result is an answer that can't be read."""
        if holds_messages(method.__returning__):
            build_messages()
        response = super().check_response(bot, method, status_code, content)
        if response.result is None:
            raise ClientDecodeError("Success without a result", ValueError("null"), content)
        return response


@define
class Patience:
    """``stop`` ends the waits, as when another instance takes over; ``limit`` is moved on by what was waited."""

    stop: asyncio.Event = field(factory=asyncio.Event)
    limit: asyncio.Timeout | None = None
    waited_s: float = field(default=0.0, init=False)

    async def wait(self, clock: Clock, seconds: float) -> None:
        """Wait. Raises CancelledError when ``stop`` is set."""
        if self.limit and (when := self.limit.when()):
            self.limit.reschedule(when + seconds)
        self.waited_s += seconds
        if await clock.wait(self.stop, seconds):
            raise asyncio.CancelledError


_patience: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def patiently(patience: Patience | None = None) -> Iterator[None]:
    """Inside, code would rather wait than hear of a passing trouble, and rather say a thing twice than not at all.

    Handlers do: nothing else repeats their answers. The messenger mostly does not: its caller waits, and counts.
    """
    token = _patience.set(patience or Patience())
    try:
        yield
    finally:
        _patience.reset(token)


def current_patience() -> Patience | None:
    """That of the running code; None where it would rather hear of the trouble at once."""
    return _patience.get()


class Waiting(BaseRequestMiddleware):
    """For patient callers: waits as long as a 429 says, or for a moment where Telegram stumbled, and sends again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        pauses = list(PAUSES_S)
        while True:
            try:
                return await make_request(bot, method)
            except TELEGRAM_FAULTS as error:
                patience = _patience.get()
                wait_s = _wait_s(error, method, pauses)
                if patience is None or wait_s is None or patience.waited_s + wait_s > PATIENCE_S:
                    raise
            log.info("telegram.waited_for", method=method.__api_method__, wait_s=round(wait_s, 1))
            await patience.wait(self._clock, wait_s)


def _wait_s(error: Exception, method: TelegramMethod[TelegramType], pauses: list[float]) -> float | None:
    """How long to wait before the same is sent again; None where that is of no use."""
    if isinstance(error, TelegramRetryAfter):
        asked = (wait_asked_s(error) or PAUSES_S[0]) + random.random()  # noqa: S311  # jitter, no secret
        return None if method.__api_method__ in FLEETING and asked > FLEETING_WAIT_S else asked
    passing = trouble_of(error) in {TelegramTrouble.NOT_SENT, TelegramTrouble.UNCERTAIN}
    return pauses.pop(0) if passing and pauses else None
