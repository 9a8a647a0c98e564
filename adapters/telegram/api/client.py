"""The client of the Bot API."""

from typing import Final

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer

from adapters.telegram.api.rate_limits import RateLimits
from adapters.telegram.api.session import BotApiSession, Fence, Waiting
from application.ports.clock import Clock

NO_TOKEN: Final = "0:" + "x" * 35
"""For commands of a deployment without a token: it has the form of one, and Telegram refuses it."""


def open_bot(
    token: str, *, clock: Clock, api_base: str | None = None, limited: bool = False, proxy: str | None = None
) -> Bot:
    """A client for this token; close it with ``await bot.session.close()``. Opens no connection yet.

    Args:
        token: from @BotFather.
        clock: what waits after a 429.
        api_base: another Bot API server (a local one, a simulator), None for Telegram's own.
        proxy: through which to reach the server, None for directly.
        limited: keep Telegram's limits for messages, whether or not the server would refuse.

    Raises:
        aiogram.utils.token.TokenValidationError: not the form of a token.
    """
    server = TelegramAPIServer.from_base(api_base) if api_base else PRODUCTION
    session = BotApiSession(server, clock=clock, proxy_url=proxy)
    session.middleware(Waiting(clock))
    if limited:
        session.middleware(RateLimits(clock))
    session.middleware(Fence(clock))
    return Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True))
