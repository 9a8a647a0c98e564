"""Which words a message had when it was handled, to tell a person's edit from an update that no one made."""

from collections import OrderedDict
from typing import Final

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject

from adapters.telegram.api.incoming import words_of
from adapters.telegram.bot.middleware import Data, Handler

KEPT: Final = 10_000
"""Messages: about 2 MB. An edit of an older one gets no answer."""


class SeenWords(BaseMiddleware):
    """Remembers the words of messages, by a hash, in this process alone.

    Telegram sends an edit for each step of a live location, for a link's preview and for a reaction, too.
    """

    def __init__(self) -> None:
        self._hashes: OrderedDict[tuple[int, int], int] = OrderedDict()

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        if isinstance(event, Message) and event.edit_date is None:
            self._remember(event)
        return await handler(event, data)

    def changed(self, message: Message) -> bool:
        """Whether a person changed the words of this message since it was last looked at."""
        known = self._hashes.get((message.chat.id, message.message_id))
        self._remember(message)
        return known is not None and known != hash(words_of(message))

    def _remember(self, message: Message) -> None:
        self._hashes[message.chat.id, message.message_id] = hash(words_of(message))
        if len(self._hashes) > KEPT:
            self._hashes.popitem(last=False)
