"""/models: what there is, by task, eight a screen."""

from collections import Counter

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from adapters.telegram.buttons import BrowseButton, ModelButton, Rows, button, model_key
from adapters.telegram.card.cards import Cards
from adapters.telegram.card.place import StaleButton
from adapters.telegram.card.values import ICONS
from adapters.telegram.deep_links import Target, opens
from adapters.telegram.guard import Toast
from adapters.telegram.incoming import destination_of
from adapters.telegram.marks import mark_of
from adapters.telegram.markup import escape
from adapters.telegram.offers import Offers
from adapters.telegram.paging import screenful
from adapters.telegram.person import Person
from adapters.telegram.screens import Screen, Screens
from application.model_notices import ModelNotices
from application.ports.model_catalog import ModelCatalog
from domain.model import Model, ModelType


def browse_router() -> Router:
    """The list and its buttons."""
    router = Router(name="browse")
    router.message.register(_models, Command("models"))
    router.message.register(_linked, opens(Target.MODEL))
    router.callback_query.register(_turn, BrowseButton.filter())
    router.callback_query.register(_open, ModelButton.filter())
    return router


async def _models(message: Message, *, person: Person, screens: Screens, catalog: ModelCatalog) -> None:
    await screens.show(destination_of(message, reply=False), _types(person, catalog))


async def _linked(
    message: Message,
    *,
    command: CommandObject,
    person: Person,
    screens: Screens,
    catalog: ModelCatalog,
    offers: Offers,
    cards: Cards,
) -> None:
    """The card of the model in a link: its key, or its id where that fits into one."""
    name = (command.args or "").removeprefix(Target.MODEL)
    try:
        model = catalog.find(name) or catalog.find(offers.by_key(name).id)
    except StaleButton:
        model = None
    if model is None:
        await screens.show(destination_of(message), Screen(person.words("tg-model-gone"), []))
        return
    await cards.open(person, destination_of(message, reply=False), model)


async def _turn(
    press: CallbackQuery,
    *,
    callback_data: BrowseButton,
    person: Person,
    screens: Screens,
    catalog: ModelCatalog,
    notices: ModelNotices,
) -> Toast | None:
    if not isinstance(press.message, Message):
        return Toast(person.words.plain("tg-old-button"), alert=True)
    screen = _types(person, catalog)
    if callback_data.type in set(ModelType):
        screen = _models_of(ModelType(callback_data.type), callback_data.page, person, catalog, notices)
    await screens.show(destination_of(press.message), screen, message=str(press.message.message_id))
    return None


async def _open(
    press: CallbackQuery, *, callback_data: ModelButton, person: Person, offers: Offers, cards: Cards
) -> Toast | None:
    try:
        model = offers.by_key(callback_data.key)
    except StaleButton:
        return Toast(person.words.plain("tg-model-gone"), alert=True)
    if not isinstance(press.message, Message):
        return Toast(person.words.plain("tg-old-button"), alert=True)
    await cards.open(person, destination_of(press.message, reply=False), model)
    return None


def _types(person: Person, catalog: ModelCatalog) -> Screen:
    counts = Counter(model.type for model in catalog.models() if model.is_offered)
    rows: Rows = [
        [button(f"{person.words.named('tg-type', type_)} ({counts[type_]})", BrowseButton(type=type_))]
        for type_ in ModelType
        if counts[type_]
    ]
    return Screen(person.words("tg-models", count=counts.total()), rows)


def _models_of(type_: ModelType, page: int, person: Person, catalog: ModelCatalog, notices: ModelNotices) -> Screen:
    models = [model for model in catalog.models() if model.is_offered and model.type is type_]
    shown, pager = screenful(models, page)
    rows: Rows = [[_model_button(model, notices)] for model in shown]
    rows.append(pager.buttons(lambda number: BrowseButton(type=type_, page=number)))
    rows.append([button(person.words.plain("tg-back"), BrowseButton())])
    return Screen(f"<b>{escape(person.words.named('tg-type', type_))}</b>", rows)


def _model_button(model: Model, notices: ModelNotices) -> InlineKeyboardButton:
    return button(
        f"{mark_of(model.id, notices)}{ICONS[model.output]} {model.title}", ModelButton(key=model_key(model.id))
    )
