"""🗣 A voice as words, 👁 what a picture shows: asked for by a press on an offer."""

from attrs import frozen

from adapters.telegram.api.markup import cut, escape
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.card.card_session import CardSession, StaleButton
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.person import Person
from application.assisting.look_and_listen import LookAndListen
from application.errors import ApplicationError, AssistanceUnavailable
from domain.use import Use

SHOWN = 3_500
"""Characters of a description; a message has room for 4,096."""


@frozen(kw_only=True)
class Helping:
    """The offer stays until the answer is there, and stays as it was where none comes. One that was for nothing else goes."""

    _offers: Offers
    _screens: Screens
    _look: LookAndListen

    async def press(self, session: CardSession, name: str, person: Person) -> Toast | None:
        """Do what a button says. Raises StaleButton."""
        if len(session.offer.files) != 1 or name not in {"hear", "see"}:
            raise StaleButton
        file = session.offer.files[0]
        wait = Screen(person.words("tg-help-wait"), [])
        await self._screens.show(session.destination, wait, message=session.message)
        try:
            if name == "hear":
                await self._offers.take_heard(session, person, await self._look.hear(person.user, file))
                return None
            said = await self._look.describe(
                person.user, file, language=person.words.language, question=session.offer.text
            )
        except AssistanceUnavailable:
            await self._offers.turn(session, person, 0)
            return Toast(person.words.plain(f"tg-help-none-{name}"), alert=True)
        except ApplicationError:  # the guard says why; the offer must not stay without buttons
            await self._offers.turn(session, person, 0)
            raise
        if session.offer.missing or session.offer.uses[:1] == (Use.DESCRIBE_PICTURE,):  # nothing else was wanted
            await self._offers.close(session, person)
        else:
            await self._offers.turn(session, person, 0)
        await self._screens.show(session.destination, Screen(f"👁 {escape(cut(said, SHOWN))}", []))
        return None
