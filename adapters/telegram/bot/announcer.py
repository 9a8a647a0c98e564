"""Speaks to people in Telegram apart from any generation: the operator's words to all, alarms to the operator."""

from aiogram import Bot
from aiogram.methods import SendMessage, SendPhoto, TelegramMethod
from aiogram.types import Message

from adapters.telegram.api.screens import FormRefused, Sender
from adapters.telegram.bot.words import words_for
from application.errors import MessageRefused
from application.ports.model_catalog import ModelCatalog
from application.ports.texts import Texts
from domain.broadcast import Announcement
from domain.operation import Alarm


class TelegramAnnouncer:
    """Port ``Announcer`` on the Bot API. Texts are Telegram's HTML; a photo is a ``file_id`` of this bot's."""

    def __init__(self, bot: Bot, *, catalog: ModelCatalog, texts: Texts) -> None:
        self._sender = Sender(bot)
        self._catalog = catalog
        self._texts = texts

    async def announce(self, chat: str, announcement: Announcement, /) -> None:
        method: TelegramMethod[Message] = SendMessage(chat_id=chat, text=announcement.text)
        if announcement.photo:
            method = SendPhoto(chat_id=chat, photo=announcement.photo, caption=announcement.text or None)
        await self._send(method)

    async def alarm(self, chat: str, language: str, alarm: Alarm, /, *, figure: float | None = None) -> None:
        words = words_for(self._texts, language)
        about = self._catalog.title_of(alarm.about)
        form = "account-" if alarm.account else ""
        text = words(f"tg-alarm-{form}{alarm.kind}", about=about, id=alarm.about, figure=figure or 0)
        await self._send(SendMessage(chat_id=chat, text=text))

    async def _send(self, method: TelegramMethod[Message]) -> None:
        try:
            await self._sender.send(method)
        except FormRefused as error:
            raise MessageRefused(error.trouble) from None
