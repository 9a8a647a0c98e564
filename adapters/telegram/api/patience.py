"""How code waits when Telegram asks for patience."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from attrs import define, field

from adapters.telegram.api.errors import TELEGRAM_FAULTS, TelegramTrouble, trouble_of, wait_asked_s
from application.ports.clock import Clock

PATIENCE_S: Final = 3600
"""All waits of one handler together; after them it gives up."""
PAUSES_S: Final = (1.0, 3.0)
"""Before what may not have arrived is sent again."""
FLEETING: Final = frozenset({"answerCallbackQuery", "answerInlineQuery", "sendChatAction"})
"""Methods whose effect is of no use later: the app that waits for it has stopped waiting."""
FLEETING_WAIT_S: Final = 3.0

log = structlog.get_logger()


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
