"""``/start`` with an invite: the one way in for someone whom the configuration does not name."""

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import Message

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.screens import Screen, Screens, button
from adapters.telegram.bot.buttons import BrowseButton
from adapters.telegram.bot.deep_links import Target, opens
from adapters.telegram.bot.person import Person
from application.front_ends.people import PersonUseCases


def invites_router() -> Router:
    """To be asked before the plain ``/start``."""
    router = Router(name="invites")
    router.message.register(_invited, opens(Target.INVITE))
    return router


async def _invited(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, people: PersonUseCases
) -> None:
    token = (command.args or "").removeprefix(Target.INVITE)
    destination = destination_of(message, reply=False)
    if not await people.accept_invite(token, person.user):
        await screens.show(destination, Screen(person.words("tg-invite-dead"), []))
        return
    await screens.show(destination, Screen(person.words("tg-invited"), []))
    rows = [[button(person.words.plain("tg-button-models"), BrowseButton())]]
    await screens.show(destination, Screen(person.words("tg-start"), rows))
