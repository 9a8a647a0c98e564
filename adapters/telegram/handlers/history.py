"""/history: what a person made."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from adapters.telegram.buttons import GenerationButton, HistoryButton, Rows, button
from adapters.telegram.captions import prompt_of
from adapters.telegram.card.values import ICONS
from adapters.telegram.guard import Toast
from adapters.telegram.incoming import destination_of
from adapters.telegram.markup import escape
from adapters.telegram.paging import ROWS
from adapters.telegram.person import Person
from adapters.telegram.screens import Screen, Screens
from application.ports.model_catalog import ModelCatalog
from application.use_cases.list_generations import ListGenerations
from domain.generation import Generation, GenerationState

STATE_ICONS: Final = {
    GenerationState.DELIVERED: "✅",
    GenerationState.UNDELIVERABLE: "✅",
    GenerationState.CANCELLED: "✖️",
}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def history_router() -> Router:
    """The list and its pages."""
    router = Router(name="history")
    router.message.register(_history, Command("history"))
    router.callback_query.register(_turn, HistoryButton.filter())
    return router


async def _history(
    message: Message, *, person: Person, screens: Screens, catalog: ModelCatalog, list_generations: ListGenerations
) -> None:
    page = await list_generations(person.user, limit=ROWS + 1)
    await screens.show(destination_of(message, reply=False), _page(page, person, catalog))


async def _turn(
    press: CallbackQuery,
    *,
    callback_data: HistoryButton,
    person: Person,
    screens: Screens,
    catalog: ModelCatalog,
    list_generations: ListGenerations,
) -> Toast | None:
    if not isinstance(press.message, Message):
        return Toast(person.words.plain("tg-old-button"), alert=True)
    try:
        before = _EPOCH + timedelta(microseconds=callback_data.before)
    except OverflowError:  # no button of ours
        return Toast(person.words.plain("tg-old-button"), alert=True)
    page = await list_generations(person.user, limit=ROWS + 1, before=before)
    destination = destination_of(press.message, reply=False)
    await screens.show(destination, _page(page, person, catalog), message=str(press.message.message_id))
    return None


def _page(found: Sequence[Generation], person: Person, catalog: ModelCatalog) -> Screen:
    if not found:
        return Screen(person.words("tg-history-empty"), [])
    shown = found[:ROWS]
    rows: Rows = [[button(_label(one, catalog), GenerationButton(generation=one.id, action="show"))] for one in shown]
    if len(found) > ROWS:
        before = (shown[-1].created_at - _EPOCH) // timedelta(microseconds=1)
        rows.append([button(person.words.plain("tg-history-older"), HistoryButton(before=before))])
    return Screen(escape(person.words.plain("tg-history")), rows)


def _label(generation: Generation, catalog: ModelCatalog) -> str:
    model = catalog.entry(generation.model_id)
    icon = "⚠️" if generation.failure else STATE_ICONS.get(generation.state, "⏳")
    kind = ICONS[model.output] if model else ""
    return f"{icon}{kind} {prompt_of(generation) or (model.title if model else generation.model_id)}"
