"""The list of commands that Telegram shows beside the input field."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

import structlog
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    BotCommandScopeUnion,
)
from attrs import frozen

from adapters.telegram.api.errors import TELEGRAM_FAULTS, trouble_of
from adapters.telegram.bot.studio_links import NO_STUDIO, StudioLinks
from adapters.telegram.bot.words import Words
from application.ports.texts import Texts
from domain.generation import UserId

COMMANDS: Final = (
    "start",
    "ideas",
    "models",
    "generate",
    "presets",
    "history",
    "cancel",
    "settings",
    "privacy",
    "help",
)
GROUP_COMMANDS: Final = ("models", "generate", "cancel", "help")
"""What is not about one person alone."""
BILLING_COMMANDS: Final = ("balance", "buy", "paysupport", "terms")
"""While something is sold."""
STUDIO_COMMANDS: Final = ("studio",)
"""While there is an address to open it at."""
ADMIN_COMMANDS: Final = (*COMMANDS, "admin")

log = structlog.get_logger()


@frozen(kw_only=True)
class Menu:
    """Registers the commands for private chats, groups and each admin, in every language there is a catalogue for."""

    _bot: Bot
    _texts: Texts
    _admins: Collection[UserId] = ()
    _sells: bool = False
    _studio: StudioLinks = NO_STUDIO
    _name: str | None = None
    """What the bot is to be called; None: as its owner has named it."""

    async def publish(self) -> None:
        """Tell Telegram. A failure is logged alone: the commands work without it."""
        for scope, names in self._scopes():
            try:
                await self._publish(scope, names)
            except TELEGRAM_FAULTS as error:  # an admin who never wrote to the bot has no chat with it
                log.warning("menu.not_published", scope=scope.type, trouble=trouble_of(error))

        await self._publish_button()
        await self._publish_name()

    async def _publish_name(self) -> None:
        """Asked for first: Telegram takes few changes of a name in a day."""
        if self._name is None:
            return
        try:
            if (await self._bot.get_my_name()).name != self._name:
                await self._bot.set_my_name(name=self._name)
        except TELEGRAM_FAULTS as error:
            log.warning("menu.name_not_published", trouble=trouble_of(error))

    async def _publish_button(self) -> None:
        """The studio beside the input field of every private chat."""
        button = self._studio.menu_button(Words(self._texts, self._texts.languages[0]))
        if button is None:
            return
        try:
            await self._bot.set_chat_menu_button(menu_button=button)
        except TELEGRAM_FAULTS as error:
            log.warning("menu.button_not_published", trouble=trouble_of(error))

    def _scopes(self) -> Iterator[tuple[BotCommandScopeUnion, Sequence[str]]]:
        money = (*(STUDIO_COMMANDS if self._studio.is_there else ()), *(BILLING_COMMANDS if self._sells else ()))
        yield BotCommandScopeDefault(), (*COMMANDS, *money)
        yield BotCommandScopeAllGroupChats(), GROUP_COMMANDS
        for admin in self._admins:
            yield BotCommandScopeChat(chat_id=int(admin.partition(":")[2])), (*ADMIN_COMMANDS, *money)

    async def _publish(self, scope: BotCommandScopeUnion, names: Sequence[str]) -> None:
        fallback = self._texts.languages[0]
        await self._bot.set_my_commands(self._commands(names, fallback), scope=scope)
        for language in self._texts.languages:
            await self._bot.set_my_commands(self._commands(names, language), scope=scope, language_code=language)

    def _commands(self, names: Sequence[str], language: str) -> list[BotCommand]:
        words = Words(self._texts, language)
        return [BotCommand(command=name, description=words.plain(f"tg-command-{name}")) for name in names]
