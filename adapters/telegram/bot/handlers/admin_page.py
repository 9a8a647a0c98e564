"""What the operator's pages have in common."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from aiogram import F
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.screens import Screen, Screens, button
from adapters.telegram.bot.buttons import AdminButton
from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace

Page = Callable[[int, Person, AdminUseCases], Awaitable[Screen]]

MINUTE: Final = "%d.%m %H:%M"
REASON_LIMIT: Final = 200
"""Characters of what an operator gives as a reason."""


def by_admin(_: Message | CallbackQuery, person: Person) -> bool:
    """Whether the operator acts. To everybody else their commands and buttons are unknown ones."""
    return person.is_admin


def in_private(message: Message) -> bool:
    """The figures are no one else's business."""
    return message.chat.type == ChatType.PRIVATE


def asks(verb: str) -> Command:
    """The filter of ``/admin <verb> …``."""
    return Command("admin", ignore_case=True, magic=F.args.func(lambda args: _verb_of(args or "") == verb))


def _verb_of(args: str) -> str:
    return "".join(words_after(args, 0)[:1]).lower()


def words_after(args: str, count: int) -> list[str]:
    """The words of a command line behind the first ``count``."""
    return args.split()[count:]


def rest_after(args: str, count: int) -> str:
    """What stands behind the first ``count`` words, blanks and lines kept."""
    parts = args.split(maxsplit=count)
    return parts[count].strip() if len(parts) > count else ""


async def turn(place: PressPlace, screens: Screens, screen: Screen) -> None:
    """Show another page in the message whose button was pressed."""
    await screens.show(place.destination, screen, message=place.message)


def turning(page: Page) -> Callable[..., Awaitable[None]]:
    """Return the handler of buttons that turn to a page, which is made of the button's number."""

    async def handle(
        _: CallbackQuery,
        *,
        callback_data: AdminButton,
        person: Person,
        place: PressPlace,
        screens: Screens,
        desk: AdminUseCases,
    ) -> None:
        await turn(place, screens, await page(max(callback_data.number, 0), person, desk))

    return handle


async def say(message: Message, screens: Screens, screen: Screen) -> None:
    """Answer a command with a page of its own."""
    await screens.show(destination_of(message, reply=False), screen)


def home_button(person: Person) -> InlineKeyboardButton:
    """Back to the first page."""
    return button(person.words.plain("tg-back"), AdminButton(page="home"))


def pages(page: str, number: int, *, is_last: bool) -> Sequence[InlineKeyboardButton]:
    """Back and forth through a list whose length no one counts."""
    back = [button("◀", AdminButton(page=page, number=number - 1))] if number > 0 else []
    forth = [] if is_last else [button("▶", AdminButton(page=page, number=number + 1))]
    return [*back, *forth]
