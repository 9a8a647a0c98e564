"""The buttons of cards and offers."""

from aiogram import Router
from aiogram.types import CallbackQuery
from attrs import evolve

from adapters.telegram.api.screens import Screen
from adapters.telegram.bot.buttons import DraftButton
from adapters.telegram.bot.card.cards import Cards
from adapters.telegram.bot.card.form import files_in, prompt_parameter
from adapters.telegram.bot.card.moves import press as move
from adapters.telegram.bot.card.place import Page, Place, StaleButton
from adapters.telegram.bot.card.view import Card
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.library.presets import Presets
from adapters.telegram.bot.menus.favourites import Favourites
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.person import Person
from application.ports.draft_store import DraftStore
from application.ports.model_catalog import ModelCatalog
from domain.draft import Draft, DraftId
from domain.generation import GenerationId
from domain.model import Model


def card_router() -> Router:
    """Every button that begins with ``d:``."""
    router = Router(name="card")
    router.callback_query.register(_pressed, DraftButton.filter())
    return router


async def _pressed(
    press: CallbackQuery,
    *,
    callback_data: DraftButton,
    person: Person,
    drafts: DraftStore,
    catalog: ModelCatalog,
    cards: Cards,
    offers: Offers,
    presets: Presets,
    favourites: Favourites,
) -> Toast | None:
    draft = await drafts.get(DraftId(callback_data.draft))
    if draft is None or press.message is None:
        return Toast(person.words.plain("tg-old-button"), alert=True)
    if draft.user != person.user:
        return Toast(person.words.plain("tg-foreign-button"), alert=True)
    draft = evolve(draft, message=str(press.message.message_id))
    page = Place.read(draft.view).page
    try:
        if page is Page.OFFER:
            return await _on_offer(draft, callback_data, person=person, cards=cards, offers=offers)
        model = catalog.entry(draft.model_id)
        if model is None:
            return Toast(person.words.plain("tg-model-gone"), alert=True)
        if page is Page.SPENT:
            await cards.dismiss(draft, Card(draft=draft, model=model, person=person).summary())
            return Toast(person.words.plain("tg-card-spent"))
        if callback_data.action == "k":
            await presets.ask_to_keep(draft, model, person)
            return None
        if callback_data.action == "s":
            person, toast = await favourites.toggle(model, person)
            await cards.show(draft, model, person)
            return toast
        return await _on_card(draft, model, callback_data, person=person, cards=cards, offers=offers)
    except StaleButton:
        return Toast(person.words.plain("tg-old-button"), alert=True)


async def _on_offer(
    draft: Draft, pressed: DraftButton, *, person: Person, cards: Cards, offers: Offers
) -> Toast | None:
    match pressed.action:
        case "m":
            return await offers.choose(draft, person, pressed.index)
        case "g":
            return await offers.run(draft, person, pressed.index)
        case "q" if pressed.index.isdecimal():
            await offers.turn(draft, person, int(pressed.index))
        case "x":
            await cards.dismiss(draft, Screen(person.words("tg-closed"), []))
        case _:
            raise StaleButton
    return None


async def _on_card(
    draft: Draft, model: Model, pressed: DraftButton, *, person: Person, cards: Cards, offers: Offers
) -> Toast | None:
    match pressed.action:
        case "r":
            return await cards.run(draft, model, person)
        case "y":
            return await cards.run(draft, model, person, confirmed=True)
        case "f" if person.is_admin:
            return await cards.run(draft, model, person, forced=True, confirmed=True)
        case "x":
            await cards.dismiss(draft, Screen(person.words("tg-closed"), []))
            return Toast(person.words.plain("tg-closed"))
        case "b":
            prompt = prompt_parameter(model)
            text = draft.values.get(prompt.name) if prompt else None
            await offers.back(draft, person, text if isinstance(text, str) else "", files_in(draft.values))
        case "l":
            await cards.as_last_time(draft, model, person)
        case "h":
            await cards.continue_from(draft, model, person, GenerationId(pressed.index))
        case action:
            await cards.show(move(draft, model, action, pressed.index), model, person)
    return None
