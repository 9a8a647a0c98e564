"""/presets, their buttons, and links to them."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.markup import escape
from adapters.telegram.api.screens import Screen, Screens, button
from adapters.telegram.bot.buttons import BrowseButton, PresetButton, PresetsButton
from adapters.telegram.bot.card.card_session import StaleButton
from adapters.telegram.bot.deep_links import Target, opens
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.library.presets import Presets
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace, check_owner, show_in_private
from domain.generation import Destination


def presets_router() -> Router:
    """What a person keeps, and what someone shares with them."""
    router = Router(name="presets")
    router.message.register(_list, Command("presets", ignore_case=True))
    router.message.register(_linked, opens(Target.PRESET))
    router.callback_query.register(_turn, PresetsButton.filter())
    router.callback_query.register(_pressed, PresetButton.filter())
    return router


async def _list(message: Message, *, person: Person, presets: Presets, screens: Screens) -> None:
    async def show(destination: Destination) -> None:
        await presets.show_list(person, destination)

    await show_in_private(destination_of(message), person, screens, show)


async def _linked(
    message: Message,
    *,
    command: CommandObject,
    person: Person,
    screens: Screens,
    presets: Presets,
) -> None:
    """A copy for anyone who has the link."""
    preset = await presets.shared((command.args or "").removeprefix(Target.PRESET))
    destination = destination_of(message, reply=False)
    if preset is None:
        rows = [[button(person.words.plain("tg-button-models"), BrowseButton())]]
        await screens.show(destination, Screen(person.words("tg-preset-not-shared"), rows))
    elif said := await presets.open_card(preset, person, destination):
        await screens.show(destination, Screen(escape(said), []))


async def _turn(
    _: CallbackQuery, *, callback_data: PresetsButton, person: Person, place: PressPlace, presets: Presets
) -> Toast | None:
    check_owner(callback_data.owner, person)
    shown = place.in_private(person)
    await presets.show_list(
        person, shown.destination, callback_data.page, managing=callback_data.managing, message=shown.message
    )
    return Toast(person.words.plain("tg-in-private")) if place.is_group else None


async def _pressed(
    _: CallbackQuery, *, callback_data: PresetButton, person: Person, place: PressPlace, presets: Presets
) -> Toast | None:
    preset = await presets.own(callback_data.preset, person)
    destination, message = place.destination, place.message
    match callback_data.action:
        case "open":
            said = await presets.open_card(preset, person, destination)
            return Toast(said, alert=True) if said else None
        case "view":
            await presets.show(preset, person, destination, message)
        case "share":
            await presets.show(await presets.share(preset, person), person, destination, message)
        case "hand":  # from a card, which stays
            await presets.show(await presets.share(preset, person), person, destination)
        case "unshare":
            await presets.show(await presets.unshare(preset, person), person, destination, message)
            return Toast(person.words.plain("tg-preset-unshared"))
        case "rename":
            await presets.ask_name(preset, person, destination, message)
        case "delete":
            await presets.ask_deletion(preset, person, destination, message)
        case "gone":
            await presets.delete(preset, person)
            await presets.show_list(person, destination, managing=True, message=message)
            return Toast(person.words.plain("tg-preset-deleted"))
        case _:
            raise StaleButton
    return None
