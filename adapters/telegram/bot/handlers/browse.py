"""/models: what there is. What is typed while the list is open searches in it."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.buttons import BrowseButton, ModelButton
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.deep_links import Target, opens
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.menus.model_lists import HOME, PERSONAL, ModelLists
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace
from application.ports.model_catalog import ModelCatalog


def browse_router() -> Router:
    """The lists and their buttons."""
    router = Router(name="browse")
    router.message.register(_models, Command("models", ignore_case=True))
    router.message.register(_linked, opens(Target.MODEL))
    router.callback_query.register(_turn, BrowseButton.filter())
    router.callback_query.register(_open, ModelButton.filter())
    return router


async def _models(message: Message, *, person: Person, offers: Offers, model_lists: ModelLists) -> None:
    screen = await model_lists.screen(HOME, 0, person)
    await offers.browse(person, destination_of(message, reply=False), screen)


async def _linked(
    message: Message,
    *,
    command: CommandObject,
    person: Person,
    screens: Screens,
    catalog: ModelCatalog,
    cards: CardService,
) -> None:
    """The card of the model in a link: its key, or its id where that fits into one."""
    name = (command.args or "").removeprefix(Target.MODEL)
    meant = catalog.by_key(name)
    model = catalog.find(meant.id if meant else name)
    if model is None:
        await screens.show(destination_of(message), Screen(person.words("tg-model-gone"), []))
        return
    await cards.open(person, destination_of(message, reply=False), model)


async def _turn(
    _: CallbackQuery,
    *,
    callback_data: BrowseButton,
    person: Person,
    place: PressPlace,
    screens: Screens,
    offers: Offers,
    model_lists: ModelLists,
) -> Toast | None:
    screen = await model_lists.screen(callback_data.shelf, callback_data.page, person)
    if callback_data.shelf == HOME and callback_data.page == 0:
        await offers.browse(person, place.destination, screen, message=place.message)
    else:
        shown = place.in_private(person) if callback_data.shelf in PERSONAL else place
        await screens.show(shown.destination, screen, message=shown.message)
        return None if shown is place else Toast(person.words.plain("tg-in-private"))
    return None


async def _open(
    _: CallbackQuery,
    *,
    callback_data: ModelButton,
    person: Person,
    place: PressPlace,
    catalog: ModelCatalog,
    cards: CardService,
) -> Toast | None:
    model = catalog.by_key(callback_data.key)
    if model is None:
        return Toast(person.words.plain("tg-model-gone"), alert=True)
    await cards.open(person, place.destination, model)
    return None
