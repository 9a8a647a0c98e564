"""The list of commands that Telegram shows beside the input field."""

from typing import Final

import structlog
from aiogram import Bot
from aiogram.types import BotCommand

from adapters.telegram.trouble import TELEGRAM_FAULTS, trouble_of
from adapters.telegram.words import Words
from application.ports.texts import Texts

COMMANDS: Final = ("start", "models", "generate", "presets", "history", "cancel", "settings", "help")

log = structlog.get_logger()


class Menu:
    """Registers the commands in every language there is a catalogue for."""

    def __init__(self, bot: Bot, texts: Texts) -> None:
        self._bot = bot
        self._texts = texts

    async def publish(self) -> None:
        """Tell Telegram. A failure is logged alone: the commands work without it."""
        try:
            for language in self._texts.languages:
                await self._bot.set_my_commands(self._commands(language), language_code=language)
            await self._bot.set_my_commands(self._commands(self._texts.languages[0]))
        except TELEGRAM_FAULTS as error:
            log.warning("menu.not_published", trouble=trouble_of(error))

    def _commands(self, language: str) -> list[BotCommand]:
        words = Words(self._texts, language)
        return [BotCommand(command=name, description=words.plain(f"tg-command-{name}")) for name in COMMANDS]
