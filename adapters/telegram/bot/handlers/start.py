"""/start and /help, and /balance while nothing is sold."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message
from attrs import evolve

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.screens import Rows, Screen, Screens, button
from adapters.telegram.bot.buttons import BrowseButton, IdeaButton
from adapters.telegram.bot.deep_links import PLAIN
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.person import Person
from application.front_ends.billing import BillingUseCases


def start_router() -> Router:
    """What the bot is, in one message. To be asked after the routers that know a link or the account."""
    router = Router(name="start")
    router.message.register(_start, CommandStart(ignore_case=True))
    router.message.register(_help, Command("help", ignore_case=True))
    router.message.register(_balance, Command("balance", ignore_case=True))
    return router


def introduction(person: Person, key: str = "tg-start") -> Screen:
    """A text about the bot, with the way to the models."""
    return Screen(person.words(key), _ways(person))


def _ways(person: Person) -> Rows:
    ideas = button(person.words.plain("tg-button-ideas"), IdeaButton())
    return [[button(person.words.plain("tg-button-models"), BrowseButton()), ideas]]


async def _start(message: Message, *, command: CommandObject, person: Person, screens: Screens) -> None:
    if (command.args or PLAIN) != PLAIN:
        await screens.show(destination_of(message, reply=False), Screen(person.words("tg-link-dead"), []))
    await _say(message, person, screens, "tg-start")


async def _help(message: Message, *, person: Person, screens: Screens, billing: BillingUseCases) -> None:
    screen = introduction(person, "tg-help")
    about_credits = person.words("tg-help-sold" if billing.is_on else "tg-help-credit")
    await screens.show(destination_of(message, reply=False), evolve(screen, text=f"{screen.text}\n\n{about_credits}"))


async def _balance(message: Message, *, person: Person, offers: Offers) -> None:
    """The answer to a question for the balance."""
    await offers.show_balance(person, destination_of(message, reply=False))


async def _say(message: Message, person: Person, screens: Screens, key: str) -> None:
    await screens.show(destination_of(message, reply=False), introduction(person, key))
