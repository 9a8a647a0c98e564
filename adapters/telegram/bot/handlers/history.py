"""/history: what a person made."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.bot.buttons import HistoryButton
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.library.history import History
from adapters.telegram.bot.person import Person


def history_router() -> Router:
    """The list, its pages, and what is on them."""
    router = Router(name="history")
    router.message.register(_history, Command("history"))
    router.callback_query.register(_pressed, HistoryButton.filter())
    return router


async def _history(message: Message, *, command: CommandObject, person: Person, history: History) -> None:
    await history.begin(person, destination_of(message, reply=False), command.args or "")


async def _pressed(
    press: CallbackQuery, *, callback_data: HistoryButton, person: Person, history: History
) -> Toast | None:
    if not isinstance(press.message, Message):
        return Toast(person.words.plain("tg-old-button"), alert=True)
    if callback_data.owner != person.account:
        return Toast(person.words.plain("tg-foreign-button"), alert=True)
    try:
        return await _move(callback_data, person, history, press.message)
    except ValueError:  # no button of ours
        return Toast(person.words.plain("tg-old-button"), alert=True)


async def _move(pressed: HistoryButton, person: Person, history: History, message: Message) -> Toast | None:
    """Raises ValueError for a button that this version does not know."""
    view = await history.view(pressed, person)
    match pressed.action:
        case "list":
            await history.show_newest(view, person, message)
        case "older":
            await history.show_older(view, person, message, pressed.at)
        case "newer":
            await history.show_newer(view, person, message, pressed.at)
        case "search":
            await history.ask_words(view, person, message)
        case "see":
            await history.show(pressed, view, person, message)
        case "delete":
            await history.ask_deletion(pressed, view, person, message)
        case "gone":
            await history.delete(pressed, person)
            await history.show_newest(view, person, message)
            return Toast(person.words.plain("tg-history-deleted"))
        case unknown:
            raise ValueError(unknown)
    return None
