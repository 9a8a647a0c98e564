"""The client of the Bot API, and how it waits when Telegram asks for patience."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from adapters.telegram.fence import Fence
from application.ports.clock import Clock

PATIENCE_S: Final = 30
"""The longest wait a handler takes upon itself; a longer one is an error it reports."""

_patient: ContextVar[bool] = ContextVar("patient", default=False)


@contextmanager
def patiently() -> Iterator[None]:
    """Inside, code would rather wait than hear of a 429: handlers do; the messenger, whose caller waits, mostly does not."""
    token = _patient.set(True)
    try:
        yield
    finally:
        _patient.reset(token)


def open_bot(token: str, *, clock: Clock, api_base: str | None = None) -> Bot:
    """A client for this token; close it with ``await bot.session.close()``. Opens no connection yet.

    Args:
        token: from @BotFather.
        clock: what waits after a 429.
        api_base: another Bot API server (a local one, a simulator), None for Telegram's own.

    Raises:
        aiogram.utils.token.TokenValidationError: not the form of a token.
    """
    server = TelegramAPIServer.from_base(api_base) if api_base else PRODUCTION
    session = AiohttpSession(api=server)
    session.middleware(_WaitWhenAsked(clock))
    session.middleware(Fence(clock))
    return Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True))


class _WaitWhenAsked(BaseRequestMiddleware):
    """Sleeps as long as a 429 says and sends again, once, for callers that are ``patient``."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            if not _patient.get() or error.retry_after > PATIENCE_S:
                raise
            await self._clock.sleep(error.retry_after + random.random())  # noqa: S311  # jitter, no secret
        return await make_request(bot, method)
