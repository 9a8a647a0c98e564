"""Sends to a chat, fixing on the way what Telegram says about the address."""

from collections import OrderedDict
from typing import Any, Final

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramMigrateToChat
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from adapters.telegram.api.errors import TELEGRAM_FAULTS, TelegramTrouble, as_port_error, trouble_of

SEND_LIMIT_S: Final = 20
UPLOAD_LIMIT_S: Final = 180
"""For 50 MB at a little over 2 Mbit/s."""
REPAIRS: Final = 3
"""A chat that moved, a thread that is gone, a markup that is refused: each at most once."""
MOVED_KEPT: Final = 10_000

REFUSALS: Final = frozenset(
    {
        TelegramTrouble.NOT_MODIFIED,
        TelegramTrouble.MESSAGE_LOST,
        TelegramTrouble.FILE_TOO_LARGE,
        TelegramTrouble.FILE_LOST,
        TelegramTrouble.FORM_REFUSED,
        TelegramTrouble.BAD_ENTITIES,
        TelegramTrouble.THREAD_LOST,
    }
)

log = structlog.get_logger()


class FormRefused(Exception):
    """Telegram will not do it in this form; another form may go. Never leaves the package."""

    def __init__(self, trouble: TelegramTrouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class Sender:
    """Calls of the Bot API with the errors of the ``Messenger`` port."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._moved: OrderedDict[str, int] = OrderedDict()

    async def send(self, method: TelegramMethod[TelegramType], *, limit_s: int = SEND_LIMIT_S) -> TelegramType:
        """Do it, within ``limit_s`` seconds for each of at most four tries.

        A group that became a supergroup is followed, a thread that is gone is left, refused markup goes as it stands.

        Raises:
            FormRefused: in this form it can't be done.
            DestinationGone, MessengerUnavailable, DeliveryOutcomeUnknown: as the port has them.
        """
        method = self._follow(method)
        for _ in range(REPAIRS):
            try:
                return await self._bot(method, request_timeout=limit_s)
            except TELEGRAM_FAULTS as error:
                repaired = self._repair(method, error)
                if repaired is None:
                    raise _port_error(error, method) from None  # the cause may quote a message or the token's URL
                method = repaired
        try:
            return await self._bot(method, request_timeout=limit_s)
        except TELEGRAM_FAULTS as error:
            raise _port_error(error, method) from None

    def _follow(self, method: TelegramMethod[TelegramType]) -> TelegramMethod[TelegramType]:
        moved = self._moved.get(str(getattr(method, "chat_id", "")))
        return method.model_copy(update={"chat_id": moved}) if moved else method

    def _repair(self, method: TelegramMethod[TelegramType], error: Exception) -> TelegramMethod[TelegramType] | None:
        trouble = trouble_of(error)
        if isinstance(error, TelegramMigrateToChat):
            self._moved[str(getattr(method, "chat_id", ""))] = error.migrate_to_chat_id
            if len(self._moved) > MOVED_KEPT:
                self._moved.popitem(last=False)
            return self._follow(method)
        if trouble is TelegramTrouble.THREAD_LOST and getattr(method, "message_thread_id", None):
            return method.model_copy(update={"message_thread_id": None})
        if trouble is TelegramTrouble.BAD_ENTITIES and getattr(method, "parse_mode", None) is not None:
            log.warning("message.markup_refused", method=method.__api_method__)
            return method.model_copy(update={"parse_mode": None})
        return None


def _port_error(error: Exception, method: TelegramMethod[Any]) -> Exception:
    trouble = trouble_of(error)
    if trouble is TelegramTrouble.FORM_REFUSED:  # the one kind whose words no one has a rule for; they quote no message
        description = error.message if isinstance(error, TelegramBadRequest) else ""
        log.info("telegram.refused", method=method.__api_method__, description=description)
    return FormRefused(trouble) if trouble in REFUSALS else as_port_error(error, trouble)
