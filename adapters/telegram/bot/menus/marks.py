"""What stands before a model's name in menus when something is wrong with it."""

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from adapters.telegram.bot.middleware import Data, Handler
from application.catalog.model_notices import ModelNotices
from domain.model import ModelId


class RefreshNotices(BaseMiddleware):
    """Before every update: what is known about models is not older than it may be."""

    def __init__(self, notices: ModelNotices) -> None:
        self._notices = notices

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        await self._notices.refresh()
        return await handler(event, data)


def mark_of(model_id: ModelId, notices: ModelNotices) -> str:
    """Return a mark for switched off or failing, with a blank behind it, or nothing."""
    if notices.pause_of(model_id):
        return "⏸ "
    return "⚠️ " if notices.is_failing(model_id) else ""
