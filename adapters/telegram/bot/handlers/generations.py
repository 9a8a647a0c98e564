"""/cancel, and the buttons under progress and results."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.buttons import GenerationButton
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.card.card_session import StaleButton
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace, check_owner
from adapters.telegram.bot.results.progress import progress_buttons, stopped_text
from adapters.telegram.bot.results.resending import Resending
from adapters.telegram.bot.results.results import Pressed, ResultActions
from application.front_ends.generations import GenerationUseCases
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from domain.generation import Generation, GenerationId


def generations_router() -> Router:
    """What a person asked for, while it is on its way and when it has come."""
    router = Router(name="generations")
    router.message.register(_cancel, Command("cancel", ignore_case=True))
    router.callback_query.register(_pressed, GenerationButton.filter())
    return router


async def _cancel(
    message: Message,
    *,
    person: Person,
    screens: Screens,
    cards: CardService,
    generating: GenerationUseCases,
) -> None:
    destination = destination_of(message)
    keys, rows = list[str](), list[list[InlineKeyboardButton]]()
    if session := await cards.at_work(person, destination):
        await cards.dismiss(session, Screen(person.words("tg-closed"), []))
        keys.append("tg-cancel-card" if session.draft else "tg-cancel-offer")
    newest = await generating.cancel_newest(person.user)
    if newest.cancelled:
        keys.append("tg-cancelled")
        await _mark_cancelled(newest.cancelled, person, screens)
    elif newest.too_late:
        keys.append("tg-cancel-too-late")
        rows = progress_buttons(newest.too_late, person.words)
    said = "\n".join(map(person.words, keys or ["tg-cancel-nothing"]))
    await screens.show(destination, Screen(said, rows))


async def _pressed(
    press: CallbackQuery,
    *,
    callback_data: GenerationButton,
    person: Person,
    place: PressPlace,
    screens: Screens,
    catalog: ModelCatalog,
    generations: GenerationStore,
    generating: GenerationUseCases,
    resending: Resending,
    results: ResultActions,
) -> Toast | None:
    generation = await _generation_of(callback_data, person, generations)
    place = place.or_at(generation.destination)
    match callback_data.action:
        case "cancel":
            await generating.cancel(generation.id, person.user)
            await _mark_cancelled(generation, person, screens)
            return Toast(person.words.plain("tg-cancelled"))
        case "stop":
            stopped = await generating.stop_waiting(generation.id, person.user)
            return await _mark_stopped(stopped, place.message, person, screens)
        case "show":
            await resending.send(generation, place.replying, person)
            return None
    model = catalog.find(generation.model_id)
    if model is None:
        return Toast(person.words.plain("tg-model-gone"), alert=True)
    pressed = Pressed(
        generation=generation,
        model=model,
        person=person,
        destination=place.replying,
        message=place.message,
        key=f"telegram:press:{press.id}",
    )
    return await results(callback_data.action, pressed)


async def _generation_of(pressed: GenerationButton, person: Person, generations: GenerationStore) -> Generation:
    """What the button is about. Raises StaleButton, ForeignButton."""
    generation = await generations.get(GenerationId(pressed.generation))
    if generation is None:
        raise StaleButton
    check_owner(generation.user, person)
    return generation


async def _mark_stopped(generation: Generation, message: str | None, person: Person, screens: Screens) -> Toast | None:
    """Say what it means in the message with the button; another one that shows the progress goes (it was /cancel's)."""
    if generation.is_terminal:
        return Toast(person.words.plain("tg-stop-over"))
    screen = Screen(stopped_text(generation, person.words), [])
    await screens.show(generation.destination, screen, message=message)
    if generation.progress_message and generation.progress_message != message:
        await screens.remove(generation.destination, generation.progress_message)
    return None


async def _mark_cancelled(generation: Generation, person: Person, screens: Screens) -> None:
    """The progress message is the one place that would go on saying that it waits."""
    if generation.progress_message:
        screen = Screen(person.words("tg-cancelled"), [])
        await screens.show(generation.destination, screen, message=generation.progress_message)
