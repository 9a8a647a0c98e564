"""/admin unsafe: words by which a request is declined."""

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import Message

from adapters.telegram.api.markup import cut, escape
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.handlers.admin_page import (
    asks,
    by_admin,
    home_button,
    in_private,
    rest_after,
    say,
    words_after,
)
from adapters.telegram.bot.person import Person
from domain.unsafe_phrase import InvalidPhrase

SHOWN = 3_000
"""Characters of the list; a message has room for 4,096."""


def unsafe_router() -> Router:
    """``/admin unsafe``, ``/admin unsafe add WORDS``, ``/admin unsafe remove WORDS``."""
    router = Router(name="admin-unsafe")
    router.message.filter(by_admin, in_private)
    router.message.register(_unsafe, asks("unsafe"))
    return router


async def _unsafe(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, desk: AdminUseCases
) -> None:
    verb, phrase = "".join(words_after(command.args or "", 1)[:1]).lower(), rest_after(command.args or "", 2)
    try:
        match verb:
            case "add":
                said = "tg-unsafe-added" if await desk.unsafe.add(phrase, by=person.user) else "tg-unsafe-known"
            case "remove":
                said = "tg-unsafe-removed" if await desk.unsafe.remove(phrase, by=person.user) else "tg-unsafe-unknown"
            case _:
                said = "tg-unsafe-page"
    except InvalidPhrase:
        said = "tg-unsafe-invalid"
    listed = "\n".join(f"• {one.text}" for one in await desk.unsafe.phrases()) or "—"
    text = f"{person.words(said)}\n{escape(cut(listed, SHOWN))}\n\n{person.words('tg-unsafe-usage')}"
    await say(message, screens, Screen(text, [[home_button(person)]]))
