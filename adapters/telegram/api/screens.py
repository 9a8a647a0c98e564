"""A message that is edited in place: a text and the buttons under it."""

from contextlib import suppress
from typing import TypeVar

import structlog
from aiogram.methods import DeleteMessage, EditMessageReplyMarkup, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import ReplyParameters
from attrs import frozen

from adapters.telegram.api.errors import TelegramTrouble
from adapters.telegram.api.keyboards import Rows, keyboard
from adapters.telegram.api.sender import FormRefused, Sender
from application.errors import DestinationGone
from domain.generation import Destination

Addressed = TypeVar("Addressed", bound=TelegramMethod)  # type: ignore[type-arg]  # of whatever it returns


@frozen
class Screen:
    """``text`` is HTML."""

    text: str
    rows: Rows


log = structlog.get_logger()


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
