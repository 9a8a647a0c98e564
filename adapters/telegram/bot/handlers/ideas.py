"""/ideas: a dozen ready-made wishes, each with a sample picture."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.methods import SendPhoto
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.markup import escape
from adapters.telegram.api.screens import FormRefused, Rows, Screen, Screens, Sender, addressed, button, keyboard
from adapters.telegram.bot.buttons import IdeaButton
from adapters.telegram.bot.card.card_session import StaleButton
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace
from application.front_ends.wishes import WishUseCases
from application.wishes.use_templates import UseTemplates
from domain.generation import Destination
from domain.template import Template


def ideas_router() -> Router:
    """The list and its buttons."""
    router = Router(name="ideas")
    router.message.register(_ideas, Command("ideas", ignore_case=True))
    router.callback_query.register(_pressed, IdeaButton.filter())
    return router


def ideas_screen(person: Person, templates: UseTemplates) -> Screen:
    """All of them, two in a row."""
    language = person.words.language
    buttons = [button(one.in_language(language).title, IdeaButton(name=one.name)) for one in templates.all()]
    rows: Rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    return Screen(person.words("tg-ideas"), rows)


async def _ideas(message: Message, *, person: Person, screens: Screens, wishes: WishUseCases) -> None:
    await screens.show(destination_of(message, reply=False), ideas_screen(person, wishes.templates))


async def _pressed(
    _: CallbackQuery,
    *,
    callback_data: IdeaButton,
    person: Person,
    place: PressPlace,
    screens: Screens,
    sender: Sender,
    offers: Offers,
    wishes: WishUseCases,
) -> None:
    if not callback_data.name:
        await screens.show(place.replying, ideas_screen(person, wishes.templates))
        return
    template = wishes.templates.find(callback_data.name)
    if template is None:
        raise StaleButton
    if callback_data.action == "use":
        offer = await wishes.templates.offer(template, person.words.language)
        await offers.show(person, place.destination, offer)
        return
    least = wishes.prices.least(await wishes.templates.offer(template, person.words.language))
    price = "" if least is None else f" · {person.words.row_least(least)}"
    await _show(template, price, place.destination, person, sender=sender, screens=screens)


async def _show(
    template: Template, price: str, destination: Destination, person: Person, *, sender: Sender, screens: Screens
) -> None:
    """The sample, the words, and a button that takes them, with ``price`` behind it; without the picture where Telegram will not have it."""
    said = template.in_language(person.words.language)
    text = f"<b>{escape(said.title)}</b>\n<blockquote>{escape(said.words)}</blockquote>"
    rows: Rows = [
        [button(person.words.plain("tg-idea-use") + price, IdeaButton(name=template.name, action="use"))],
        [button(person.words.plain("tg-back"), IdeaButton())],
    ]
    picture = BufferedInputFile(template.picture, filename=f"{template.name}.jpg")
    method = SendPhoto(chat_id=destination.chat, photo=picture, caption=text, reply_markup=keyboard(rows))
    try:
        await sender.send(addressed(method, destination))
    except FormRefused:
        await screens.show(destination, Screen(text, rows))
