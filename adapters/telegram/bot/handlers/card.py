"""The buttons of cards and offers."""

from aiogram import Router
from aiogram.types import CallbackQuery
from attrs import evolve

from adapters.telegram.api.screens import Screen
from adapters.telegram.bot.buttons import PRICE, CardAction, DraftButton
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.card.card_session import CardPageKind, CardSession, StaleButton
from adapters.telegram.bot.card.character_rows import SURE, deleting
from adapters.telegram.bot.card.moves import press as press_on
from adapters.telegram.bot.card.view import Card
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.library.presets import Presets
from adapters.telegram.bot.menus.favourites import Favourites
from adapters.telegram.bot.menus.helping import Helping
from adapters.telegram.bot.menus.improving import Improving
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.menus.side_by_side import SideBySidePage
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace, check_owner
from application.drafts.fill_draft import files_in, words_in
from application.ports.model_catalog import ModelCatalog
from domain.generation import GenerationId
from domain.model import Model
from domain.reference_set import CHARACTER_IDS, ReferenceSetId


def card_router() -> Router:
    """Every button that begins with ``d:``."""
    router = Router(name="card")
    router.callback_query.register(_pressed, DraftButton.filter())
    return router


async def _pressed(
    _: CallbackQuery,
    *,
    callback_data: DraftButton,
    person: Person,
    place: PressPlace,
    catalog: ModelCatalog,
    cards: CardService,
    offers: Offers,
    presets: Presets,
    favourites: Favourites,
    improving: Improving,
    side_by_side: SideBySidePage,
    helping: Helping,
) -> Toast | None:
    session = await _session_of(callback_data, place, person, cards)
    if callback_data.action == CardAction.IMPROVE and session.page.page is not CardPageKind.SPENT:
        return await improving.press(session, callback_data.index, person)
    if callback_data.action == CardAction.SEVERAL and session.draft is None:
        return await side_by_side.press(session, callback_data.index, person)
    if session.draft is None and session.page.page in {CardPageKind.OFFER, CardPageKind.IMPROVED, CardPageKind.SEVERAL}:
        return await _on_offer(session, callback_data, person=person, cards=cards, offers=offers, helping=helping)
    if session.draft is None:
        raise StaleButton
    model = catalog.entry(session.draft.model_id)
    if model is None:
        return Toast(person.words.plain("tg-model-gone"), alert=True)
    if session.page.page is CardPageKind.SPENT:
        await cards.dismiss(session, Card(session=session, model=model, person=person).summary())
        return Toast(person.words.plain("tg-card-spent"))
    if callback_data.action == CardAction.KEEP:
        await presets.ask_to_keep(session, model, person)
        return None
    if callback_data.action == CardAction.STAR:
        person, toast = await favourites.toggle(model, person)
        await cards.show(session, model, person)
        return toast
    return await _on_card(session, model, callback_data, person=person, cards=cards, offers=offers)


async def _session_of(pressed: DraftButton, place: PressPlace, person: Person, cards: CardService) -> CardSession:
    """What the button is under. Raises StaleButton, ForeignButton."""
    session = await cards.get(pressed.draft)
    if session is None:
        raise StaleButton
    check_owner(session.user, person)
    return evolve(session, message=place.message)


async def _on_offer(
    session: CardSession,
    pressed: DraftButton,
    *,
    person: Person,
    cards: CardService,
    offers: Offers,
    helping: Helping,
) -> Toast | None:
    match pressed.action:
        case CardAction.PICK_MODEL:
            return await offers.choose(session, person, pressed.index)
        case CardAction.RUN_OFFERED:
            key, _, price = pressed.index.partition(PRICE)
            return await offers.run(session, person, key, shown_credits=_credits(price) or 0.0)
        case CardAction.HELP:
            return await helping.press(session, pressed.index, person)
        case CardAction.USE:
            await offers.choose_use(session, person, pressed.index)
        case CardAction.TURN if pressed.index.isdecimal():
            await offers.turn(session, person, int(pressed.index))
        case CardAction.CLOSE:
            await cards.dismiss(session, Screen(person.words("tg-closed"), []))
        case _:
            raise StaleButton
    return None


async def _on_card(
    session: CardSession, model: Model, pressed: DraftButton, *, person: Person, cards: CardService, offers: Offers
) -> Toast | None:
    match pressed.action:
        case CardAction.RUN:
            return await cards.run(session, model, person, shown_credits=_credits(pressed.index) or 0.0)
        case CardAction.CONFIRM:
            return await cards.run(session, model, person, agreed_credits=_credits(pressed.index) or 0.0)
        case CardAction.FORCE if person.is_admin:
            return await cards.run(session, model, person, forced=True)
        case CardAction.CLOSE:
            await cards.dismiss(session, Screen(person.words("tg-closed"), []))
            return Toast(person.words.plain("tg-closed"))
        case CardAction.MODELS:
            await offers.back(session, person, words_in(model, session.values), files_in(session.values))
        case CardAction.LAST_TIME:
            await cards.as_last_time(session, model, person)
        case CardAction.CONTINUE:
            await cards.continue_from(session, model, person, GenerationId(pressed.index))
        case CardAction.CHARACTER:
            await cards.turn_character(session, model, person, ReferenceSetId(pressed.index))
        case CardAction.DELETE_CHARACTER if CHARACTER_IDS in model.parameters:
            return await _delete_character(session, model, pressed.index, person=person, cards=cards)
        case action:
            await cards.move(press_on(session, model, action, pressed.index), model, person)
    return None


async def _delete_character(
    session: CardSession, model: Model, index: str, *, person: Person, cards: CardService
) -> Toast | None:
    """Ask first, then delete."""
    if not index.endswith(SURE):
        await cards.show(deleting(session, model, index), model, person)
        return None
    asked = deleting(session, model, index.removesuffix(SURE))
    await cards.delete_character(asked, model, person, ReferenceSetId(asked.page.search))
    return Toast(person.words.plain("tg-character-deleted"))


def _credits(index: str) -> float | None:
    """The price that the button showed; None on a card of an earlier version, which shows it once more."""
    try:
        return float(index)
    except ValueError:
        return None
