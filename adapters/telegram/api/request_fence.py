"""No request to Telegram from work whose leadership is over."""

from contextvars import ContextVar
from typing import Final

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from attrs import frozen

from application.leading.acquire_leadership import Duty
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership

FENCE_PAUSE_S: Final = 0.02

_leadership: ContextVar[Leadership | None] = ContextVar("leadership", default=None)
"""Under which the running code works; None where it needs none, as an instance that a webhook calls."""


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
