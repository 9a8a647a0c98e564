"""Telegram's limits for messages, kept by us, so that it does not have to refuse."""

import math
from collections import OrderedDict, deque
from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from attrs import define, field

from adapters.telegram.api.errors import wait_asked_s
from adapters.telegram.api.session import current_patience
from application.ports.clock import Clock

GLOBAL_LIMIT: Final = (30, 1.0)
CHAT_LIMIT: Final = (3, 3.0)
GROUP_LIMIT: Final = (20, 60.0)
"""So many messages in so many seconds: about 30 a second in all, one a second in a chat with short bursts, 20 a minute in a
group. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this, read 2026-10."""
SHORT_WAIT_S: Final = 3.0
"""What is waited for a caller that would rather hear of a trouble."""
CHATS_KEPT: Final = 10_000


@define
class RequestWindow:
    """At most ``count`` in any ``period_s`` seconds. Places are given out in order, also in the near future."""

    count: int
    period_s: float
    free_from: float = 0.0
    _taken: deque[float] = field(factory=deque, init=False)

    def wait_s(self, now: float, size: int = 1) -> float:
        """How long until there is room for ``size`` more; what is larger than the window needs all of it."""
        needed = min(size, self.count)
        missing = len(self._taken) + needed - self.count
        due = self._taken[missing - 1] + self.period_s if missing > 0 else now
        return max(0.0, due - now, self.free_from - now)

    def take(self, at: float, size: int = 1) -> None:
        """Take the room at this moment."""
        for _ in range(min(size, self.count)):
            self._taken.append(at)
        while len(self._taken) > self.count:
            self._taken.popleft()


class RateLimits(BaseRequestMiddleware):
    """Holds a message back until it is allowed.

    A caller without patience waits three seconds at most and else gets the error that Telegram would give it. After an
    error 429 of Telegram's own the chat is left alone for as long as it says, a quarter of an hour at most.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all = RequestWindow(*GLOBAL_LIMIT)
        self._chats: OrderedDict[str, RequestWindow] = OrderedDict()

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        chat, size = str(getattr(method, "chat_id", "")), _messages_in(method)
        if not chat or not size:
            return await make_request(bot, method)
        window = self._window_of(chat)
        if chat.startswith("-") or not _edits(method):  # in a private chat edits are not counted
            await self._wait_for(window, size, method)
        await self._wait_for(self._all, size, method)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            window.free_from = self._clock.monotonic() + (wait_asked_s(error) or 0.0)
            raise

    async def _wait_for(self, window: RequestWindow, size: int, method: TelegramMethod[Any]) -> None:
        now = self._clock.monotonic()
        wait_s = window.wait_s(now, size)
        patience = current_patience()
        if wait_s > SHORT_WAIT_S and patience is None:
            raise TelegramRetryAfter(method, "held back: the chat's limit is used up", math.ceil(wait_s))
        window.take(now + wait_s, size)
        if wait_s and patience:
            await patience.wait(self._clock, wait_s)
        elif wait_s:
            await self._clock.sleep(wait_s)

    def _window_of(self, chat: str) -> RequestWindow:
        limit = GROUP_LIMIT if chat.startswith("-") else CHAT_LIMIT
        window = self._chats.setdefault(chat, RequestWindow(*limit))
        self._chats.move_to_end(chat)
        if len(self._chats) > CHATS_KEPT:
            self._chats.popitem(last=False)
        return window


def _edits(method: TelegramMethod[Any]) -> bool:
    return method.__api_method__.startswith("editMessage")


def _messages_in(method: TelegramMethod[Any]) -> int:
    """How many messages Telegram counts for it; 0 for what is none."""
    name = method.__api_method__
    if name == "sendMediaGroup":
        return len(getattr(method, "media", ()))
    sends = name.startswith(("send", "copyMessage", "forwardMessage")) and name != "sendChatAction"
    return int(sends or _edits(method))
