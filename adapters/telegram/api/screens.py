"""What the bot shows in a chat: a message that is edited in place, its buttons, and the way it is sent."""

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar

import structlog
from aiogram import Bot
from aiogram.enums import ButtonStyle
from aiogram.exceptions import TelegramBadRequest, TelegramMigrateToChat
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import DeleteMessage, EditMessageReplyMarkup, EditMessageText, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from attrs import frozen

from adapters.telegram.api.errors import TELEGRAM_FAULTS, TelegramTrouble, as_port_error, trouble_of
from adapters.telegram.api.markup import cut, units
from application.errors import DestinationGone
from domain.generation import Destination

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
LABEL_LIMIT: Final = 60
"""UTF-16 units of a label: Telegram takes more, phones show less."""
RUNS: Final = ButtonStyle.SUCCESS
"""What begins at once, and costs."""
HALF_LIMIT: Final = 17
"""Units that a phone shows of one of two buttons in a row."""
Rows = list[list[InlineKeyboardButton]]
Addressed = TypeVar("Addressed", bound=TelegramMethod)  # type: ignore[type-arg]  # of whatever it returns

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


def button(label: str, data: CallbackData, *, style: ButtonStyle | None = None) -> InlineKeyboardButton:
    """One button, its label cut to what a phone shows. ``style`` is its colour, in apps that have it (Bot API 9.4)."""
    return InlineKeyboardButton(text=cut(label, LABEL_LIMIT), callback_data=data.pack(), style=style)


def in_pairs(buttons: Sequence[InlineKeyboardButton]) -> Rows:
    """Return two in a row where a phone shows all of both, else each in a row of its own."""
    pairs = [list(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    return [
        row
        for pair in pairs
        for row in ([pair] if all(units(one.text) <= HALF_LIMIT for one in pair) else [[one] for one in pair])
    ]


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The rows that hold something; None when none does."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=filled) if filled else None


@frozen
class Screen:
    """``text`` is HTML."""

    text: str
    rows: Rows


class Screens:
    """Shows and takes away screens. Raises what ``Sender`` does, except ``FormRefused``."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def show(self, destination: Destination, screen: Screen, *, message: str | None = None) -> str:
        """Edit ``message``; send a new one where there is none (any more). Gives the id of the one that shows it."""
        buttons = keyboard(screen.rows)
        try:
            if message:
                await self._sender.send(
                    EditMessageText(
                        chat_id=destination.chat, message_id=int(message), text=screen.text, reply_markup=buttons
                    )
                )
                return message
        except FormRefused as error:
            if error.trouble is TelegramTrouble.NOT_MODIFIED and message:
                return message
        method = SendMessage(chat_id=destination.chat, text=screen.text, reply_markup=buttons)
        try:
            sent = await self._sender.send(addressed(method, destination))
        except FormRefused as error:
            log.error("screen.refused", trouble=error.trouble)  # noqa: TRY400  # the cause may quote the message
            raise DestinationGone(error.trouble) from None
        return str(sent.message_id)

    async def turn_buttons(self, destination: Destination, message: str, rows: Rows) -> bool:
        """Other buttons under a message, whatever it holds. Returns False where the message is out of reach."""
        method = EditMessageReplyMarkup(chat_id=destination.chat, message_id=int(message), reply_markup=keyboard(rows))
        try:
            await self._sender.send(method)
        except FormRefused as error:
            return error.trouble is TelegramTrouble.NOT_MODIFIED
        return True

    async def replace(self, destination: Destination, message: str, screen: Screen) -> None:
        """Edit a message where it still is; no new one is sent."""
        method = EditMessageText(
            chat_id=destination.chat, message_id=int(message), text=screen.text, reply_markup=keyboard(screen.rows)
        )
        with suppress(FormRefused):
            await self._sender.send(method)

    async def remove(self, destination: Destination, message: str) -> bool:
        """Delete it; False when Telegram will not: older than 48 h, or gone already."""
        try:
            await self._sender.send(DeleteMessage(chat_id=destination.chat, message_id=int(message)))
        except FormRefused:
            return False
        return True


def addressed(method: Addressed, destination: Destination) -> Addressed:
    """The method with the topic and the message it answers; sent without the latter where that is gone."""
    reply = int(destination.reply_to) if destination.reply_to else None
    return method.model_copy(
        update={
            "message_thread_id": int(destination.thread) if destination.thread else None,
            "reply_parameters": ReplyParameters(message_id=reply, allow_sending_without_reply=True) if reply else None,
        }
    )
