"""What stands before a model's name in menus when something is the matter with it."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from application.catalog.model_notices import ModelNotices
from domain.model import ModelId


class Noticing(BaseMiddleware):
    """Before every update: what is known about models is not older than it may be."""

    def __init__(self, notices: ModelNotices) -> None:
        self._notices = notices

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> object:
        await self._notices.refresh()
        return await handler(event, data)


def mark_of(model_id: ModelId, notices: ModelNotices) -> str:
    """Switched off, failing, or nothing; with a blank behind it."""
    if notices.pause_of(model_id):
        return "⏸ "
    return "⚠️ " if notices.is_failing(model_id) else ""
