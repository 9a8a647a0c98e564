"""/cancel, /history, and the buttons under progress and results."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from adapters.telegram.buttons import GenerationButton, HistoryButton, Rows, button
from adapters.telegram.captions import prompt_of
from adapters.telegram.card.cards import Cards
from adapters.telegram.card.values import ICONS
from adapters.telegram.guard import Toast
from adapters.telegram.incoming import destination_of
from adapters.telegram.markup import escape
from adapters.telegram.offers import Offers
from adapters.telegram.paging import ROWS
from adapters.telegram.person import Person
from adapters.telegram.resending import Resending, kept_files
from adapters.telegram.screens import Screen, Screens
from application.errors import NotCancellable
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from application.use_cases.cancel_generation import CancelGeneration
from application.use_cases.list_generations import ListGenerations
from domain.generation import Generation, GenerationId, GenerationState

LOOKED_AT: Final = 20
"""How many of the newest generations /cancel looks through for one that is still free."""
STATE_ICONS: Final = {
    GenerationState.DELIVERED: "✅",
    GenerationState.UNDELIVERABLE: "✅",
    GenerationState.CANCELLED: "✖️",
}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def generations_router() -> Router:
    """What a person asked for, and what became of it."""
    router = Router(name="generations")
    router.message.register(_cancel, Command("cancel"))
    router.message.register(_history, Command("history"))
    router.callback_query.register(_turn, HistoryButton.filter())
    router.callback_query.register(_pressed, GenerationButton.filter())
    return router


async def _cancel(
    message: Message,
    *,
    person: Person,
    screens: Screens,
    cards: Cards,
    list_generations: ListGenerations,
    cancel_generation: CancelGeneration,
) -> None:
    destination = destination_of(message)
    if draft := await cards.at_work(person, destination):
        await cards.dismiss(draft, Screen(person.words("tg-closed"), []))
    recent = await list_generations(person.user, limit=LOOKED_AT)
    key = "tg-cancel-card" if draft else "tg-cancel-nothing"
    for generation in [one for one in recent if not one.is_terminal]:
        try:
            await cancel_generation(generation.id, person.user)
        except NotCancellable:
            key = "tg-cancel-too-late"
        else:
            key = "tg-cancelled"
            await _mark_cancelled(generation, person, screens)
            break
    await screens.show(destination, Screen(person.words(key), []))


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


async def _pressed(
    press: CallbackQuery,
    *,
    callback_data: GenerationButton,
    person: Person,
    screens: Screens,
    catalog: ModelCatalog,
    cards: Cards,
    offers: Offers,
    generations: GenerationStore,
    cancel_generation: CancelGeneration,
    resending: Resending,
) -> Toast | None:
    generation = await generations.get(GenerationId(callback_data.generation))
    if generation is None or not isinstance(press.message, Message):
        return Toast(person.words.plain("tg-old-button"), alert=True)
    if generation.user != person.user:
        return Toast(person.words.plain("tg-foreign-button"), alert=True)
    destination = destination_of(press.message)
    match callback_data.action:
        case "cancel":
            await cancel_generation(generation.id, person.user)
            await _mark_cancelled(generation, person, screens)
            return Toast(person.words.plain("tg-cancelled"))
        case "again":
            model = catalog.find(generation.model_id)
            if model is None:
                return Toast(person.words.plain("tg-model-gone"), alert=True)
            await cards.open(person, destination, model, generation.input)
        case "next" if files := kept_files(generation):
            await offers.make(person, destination, "", files)
        case "show":
            await resending.send(generation, destination, person)
        case _:
            return Toast(person.words.plain("tg-old-button"), alert=True)
    return None


async def _mark_cancelled(generation: Generation, person: Person, screens: Screens) -> None:
    """The progress message is the one place that would go on saying that it waits."""
    if generation.progress_message:
        screen = Screen(person.words("tg-cancelled"), [])
        await screens.show(generation.destination, screen, message=generation.progress_message)


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
