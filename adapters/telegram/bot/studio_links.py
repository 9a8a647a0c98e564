"""The ways from the chat into the studio."""

from typing import Final

from aiogram.types import InlineKeyboardButton, MenuButtonWebApp, WebAppInfo
from attrs import frozen

from adapters.telegram.api.incoming import is_group
from adapters.telegram.bot.words import Words
from domain.generation import Generation


@frozen
class StudioLinks:
    """``address`` is the service's public one; None: the studio can't be reached from outside, and there are no links.
    ``path`` stands before the paths of a further bot's.

    In a private chat over https the studio opens inside Telegram, signed in; elsewhere in a browser. Telegram takes Mini App
    buttons in private chats alone (core.telegram.org/bots/api#inlinekeyboardbutton, 2026-11).
    """

    _address: str | None
    _path: str = ""

    @property
    def is_there(self) -> bool:
        """Whether there is a studio to go to."""
        return self._address is not None

    def to_studio(self, words: Words, *, chat: str) -> InlineKeyboardButton | None:
        """To the first page."""
        return self._button(words.plain("tg-button-studio"), "", chat)

    def to_result(self, generation: Generation, words: Words) -> InlineKeyboardButton | None:
        """To one result, large."""
        path = f"/generations/{generation.id}"
        return self._button(words.plain("tg-button-in-studio"), path, generation.destination.chat)

    def to_draft(self, draft: str, words: Words, *, chat: str) -> InlineKeyboardButton | None:
        """To a card with all its options, where masks can be painted."""
        return self._button(words.plain("tg-button-all-options"), f"/drafts/{draft}", chat)

    def menu_button(self, words: Words) -> MenuButtonWebApp | None:
        """What stands beside the input field; None where Telegram would refuse the address."""
        if not (self._address and self._address.startswith("https://")):
            return None
        return MenuButtonWebApp(
            text=words.plain("tg-menu-studio"), web_app=WebAppInfo(url=f"{self._address}{self._path}/app")
        )

    def _button(self, label: str, path: str, chat: str) -> InlineKeyboardButton | None:
        if self._address is None:
            return None
        if self._address.startswith("https://") and not is_group(chat):
            app = f"{self._path}/app"
            inside = f"{app}/sign-in?next={app}{path}" if path else app
            return InlineKeyboardButton(text=label, web_app=WebAppInfo(url=self._address + inside))
        return InlineKeyboardButton(text=label, url=f"{self._address}{self._path}/studio{path}")


NO_STUDIO: Final = StudioLinks(None)
"""Where the studio can't be reached."""
