"""What no other handler wants: a sentence for it, or silence where a sentence would be noise."""

from typing import Final

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message

from adapters.telegram.api.incoming import destination_of, for_the_bot
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.card.card_session import StaleButton
from adapters.telegram.bot.middleware import SeenWords
from adapters.telegram.bot.person import Person

SAID_BY_PEOPLE: Final = frozenset(
    {
        ContentType.STICKER,
        ContentType.DICE,
        ContentType.CONTACT,
        ContentType.LOCATION,
        ContentType.VENUE,
        ContentType.POLL,
        ContentType.GAME,
        ContentType.STORY,
        ContentType.CHECKLIST,
        ContentType.PAID_MEDIA,
        ContentType.UNKNOWN,
    }
)
"""The other contents are Telegram's own notes: someone joined, a message was pinned …"""


def rest_router() -> Router:
    """To be asked last."""
    router = Router(name="rest")
    router.message.register(_unknown_command, for_the_bot, F.text.startswith("/"))
    router.message.register(_not_understood, for_the_bot, F.content_type.in_(SAID_BY_PEOPLE))
    router.edited_message.register(_edited, F.chat.type == "private")
    router.callback_query.register(_unknown_button)
    return router


async def _unknown_command(message: Message, *, person: Person, screens: Screens) -> None:
    await _say(message, person, screens, "tg-unknown-command")


async def _not_understood(message: Message, *, person: Person, screens: Screens) -> None:
    await _say(message, person, screens, "tg-not-understood")


async def _edited(message: Message, *, person: Person, screens: Screens, seen_words: SeenWords) -> None:
    """Once for each change that a person made."""
    if seen_words.changed(message):
        await _say(message, person, screens, "tg-edited")


async def _unknown_button(_: CallbackQuery) -> None:
    raise StaleButton


async def _say(message: Message, person: Person, screens: Screens, key: str) -> None:
    await screens.show(destination_of(message), Screen(person.words(key), []))
