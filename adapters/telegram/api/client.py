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

from adapters.telegram.api.errors import TELEGRAM_FAULTS, Trouble, trouble_of
from adapters.telegram.api.request_fence import Fence
from application.ports.clock import Clock

PATIENCE_S: Final = 30
"""The longest wait a handler takes upon itself; a longer one is an error it reports."""
PAUSES_S: Final = (1.0, 3.0)
"""Before what may not have arrived is sent again."""

_patient: ContextVar[bool] = ContextVar("patient", default=False)


@contextmanager
def patiently() -> Iterator[None]:
    """Inside, code would rather wait than hear of a passing trouble, and rather say a thing twice than not at all.

    Handlers do: nobody else repeats their answers. The messenger mostly does not: its caller waits, and minds.
    """
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
    session.middleware(_Patience(clock))
    session.middleware(Fence(clock))
    return Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True))


class _Patience(BaseRequestMiddleware):
    """For callers that are patient: sleeps as long as a 429 says, or for a moment where Telegram stumbled, and sends again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        for pause_s in PAUSES_S:
            try:
                return await make_request(bot, method)
            except TELEGRAM_FAULTS as error:
                wait_s = _wait_s(error, pause_s)
                if wait_s is None or not _patient.get():
                    raise
            await self._clock.sleep(wait_s)
        return await make_request(bot, method)


def _wait_s(error: Exception, pause_s: float) -> float | None:
    """How long to wait before the same is sent again; None where that is no use, or too long."""
    if isinstance(error, TelegramRetryAfter):
        asked = error.retry_after + random.random()  # noqa: S311  # jitter, no secret
        return asked if error.retry_after <= PATIENCE_S else None
    return pause_s if trouble_of(error) in {Trouble.NOT_SENT, Trouble.UNCERTAIN} else None
