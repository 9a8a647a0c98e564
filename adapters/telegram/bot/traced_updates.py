"""One trace an update."""

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update
from attrs import frozen

from adapters.telegram.bot.middleware import Data, Handler
from application.ports.tracer import Tracer


@frozen
class TracedUpdates(BaseMiddleware):
    """What comes of an update is part of its trace; the span says which kind and number it has."""

    _tracer: Tracer

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        assert isinstance(event, Update)  # noqa: S101  # registered for updates alone
        with self._tracer.span("update", kind=event.event_type, update=str(event.update_id)):
            return await handler(event, data)
