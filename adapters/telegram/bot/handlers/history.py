"""/history: what a person made."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.screens import Screens
from adapters.telegram.bot.buttons import HistoryButton
from adapters.telegram.bot.card.card_session import StaleButton
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.library.history import History
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace, check_owner, show_in_private
from domain.generation import Destination


def history_router() -> Router:
    """The list, its pages, and what is on them."""
    router = Router(name="history")
    router.message.register(_history, Command("history", ignore_case=True))
    router.callback_query.register(_pressed, HistoryButton.filter())
    return router


async def _history(
    message: Message, *, command: CommandObject, person: Person, history: History, screens: Screens
) -> None:
    async def show(destination: Destination) -> None:
        await history.begin(person, destination, command.args or "")

    await show_in_private(destination_of(message), person, screens, show)


async def _pressed(
    _: CallbackQuery, *, callback_data: HistoryButton, person: Person, place: PressPlace, history: History
) -> Toast | None:
    check_owner(callback_data.owner, person)
    try:
        toast = await _move(callback_data, person, history, place.in_private(person))
    except ValueError:  # no button of our own
        raise StaleButton from None
    return toast or (Toast(person.words.plain("tg-in-private")) if place.is_group else None)


async def _move(pressed: HistoryButton, person: Person, history: History, place: PressPlace) -> Toast | None:
    """Raises ValueError for a button that this version does not know."""
    view = await history.view(pressed, person)
    match pressed.action:
        case "list":
            await history.show_newest(view, person, place)
        case "older":
            await history.show_older(view, person, place, pressed.at)
        case "newer":
            await history.show_newer(view, person, place, pressed.at)
        case "search":
            await history.ask_words(view, person, place)
        case "see":
            await history.show(pressed, view, person, place)
        case "delete":
            await history.ask_deletion(pressed, view, person, place)
        case "gone":
            await history.delete(pressed, person)
            await history.show_newest(view, person, place)
            return Toast(person.words.plain("tg-history-deleted"))
        case unknown:
            raise ValueError(unknown)
    return None
