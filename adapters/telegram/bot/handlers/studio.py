"""/studio."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.studio_links import StudioLinks


def studio_router() -> Router:
    """The way into the studio, where there is one."""
    router = Router(name="studio")
    router.message.register(_studio, Command("studio", ignore_case=True))
    return router


async def _studio(message: Message, *, person: Person, screens: Screens, studio_links: StudioLinks) -> None:
    button = studio_links.to_studio(person.words, chat=str(message.chat.id))
    key = "tg-studio" if button else "tg-studio-none"
    await screens.show(destination_of(message, reply=False), Screen(person.words(key), [[button]] if button else []))
