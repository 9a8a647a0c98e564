"""What a person does with what they made."""

from typing import Final

from aiogram import Bot
from attrs import evolve, frozen

from adapters.telegram.api.screens import Screens
from adapters.telegram.bot.buttons import HistoryButton
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.card.card_session import CardPageKind, CardSession
from adapters.telegram.bot.library.history_view import HistoryView
from adapters.telegram.bot.library.inline_results import is_inline
from adapters.telegram.bot.paging import ROWS, moment
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace
from adapters.telegram.bot.results.previews import Previews, ShownPreview
from application.ports.model_catalog import ModelCatalog
from application.results.delete_generation import DeleteGeneration
from application.results.page_history import HistoryPage, PageHistory
from domain.generation import Destination, Generation, GenerationId

TEXT_LIMIT: Final = 100
"""Characters that are looked for; who remembers more of a prompt needs no search."""


@frozen(kw_only=True)
class History:
    """Lists, shows, looks for, deletes. One message, turned from page to page.

    Words that are looked for are kept as a session, since a button has no room for them. Raises ``GenerationNotFound`` for
    what is gone or someone else's.
    """

    _cards: CardService
    _bot: Bot
    _screens: Screens
    _previews: Previews
    _catalog: ModelCatalog
    _pages: PageHistory
    _delete: DeleteGeneration

    async def begin(self, person: Person, destination: Destination, text: str) -> None:
        """A new message with the newest page, of what has all these words where there are some."""
        if text:
            await self.search(self._cards.new_session(person, destination, CardPageKind.SEARCH), person, text)
            return
        view = await self._view(person)
        await self._screens.show(destination, view.index(await self._newest(view, person)))

    async def view(self, pressed: HistoryButton, person: Person) -> HistoryView:
        """What the button belongs to; the whole history where no one remembers the words any more."""
        session = await self._cards.get(pressed.search) if pressed.search else None
        if session is None or session.user != person.user:
            return await self._view(person)
        return await self._view(person, text=session.subject, search=session.id)

    async def show_newest(self, view: HistoryView, person: Person, place: PressPlace) -> None:
        """The first page."""
        await self._turn(place, view, await self._newest(view, person))

    async def show_older(self, view: HistoryView, person: Person, place: PressPlace, at: str) -> None:
        """The page next to the moment ``at``. Raises ValueError for what is none."""
        await self._turn(place, view, await self._pages.older(person.user, moment(at), size=ROWS, text=view.text))

    async def show_newer(self, view: HistoryView, person: Person, place: PressPlace, at: str) -> None:
        """The same towards the newest."""
        await self._turn(place, view, await self._pages.newer(person.user, moment(at), size=ROWS, text=view.text))

    async def show(self, pressed: HistoryButton, view: HistoryView, person: Person, place: PressPlace) -> None:
        """One result, and the way to its neighbours."""
        generation = await self._own(pressed, person)
        neighbours = await self._pages.neighbours(generation, text=view.text)
        await self._previews.turn(place, view.item(generation, _index(pressed, generation), neighbours))

    async def ask_deletion(self, pressed: HistoryButton, view: HistoryView, person: Person, place: PressPlace) -> None:
        """Once, before it is gone."""
        generation = await self._own(pressed, person)
        await self._previews.turn(place, view.deletion(generation, _index(pressed, generation)))

    async def delete(self, pressed: HistoryButton, person: Person) -> None:
        """For good, with the card it came from. What is still under way stays."""
        if draft_id := await self._delete(GenerationId(pressed.at), person.user):
            await self._cards.forget(draft_id)

    async def ask_words(self, view: HistoryView, person: Person, place: PressPlace) -> None:
        """The next message is what to look for."""
        session = self._cards.new_session(person, place.destination, CardPageKind.SEARCH)
        asking = evolve(session, message=place.message)
        await self._cards.keep(asking, view.question())

    async def search(self, session: CardSession, person: Person, text: str) -> None:
        """The answer to ``ask_words``."""
        wanted = " ".join(text.split())[:TEXT_LIMIT]
        view = await self._view(person, text=wanted, search=session.id)
        screen = view.index(await self._newest(view, person))
        await self._cards.keep(evolve(session, subject=wanted), screen)
        await self._cards.let_go(session)

    async def _newest(self, view: HistoryView, person: Person) -> HistoryPage:
        return await self._pages.newest(person.user, size=ROWS, text=view.text)

    async def _own(self, pressed: HistoryButton, person: Person) -> Generation:
        return await self._pages.own(GenerationId(pressed.at), person.user)

    async def _turn(self, place: PressPlace, view: HistoryView, page: HistoryPage) -> None:
        await self._previews.turn(place, ShownPreview(screen=view.index(page)))

    async def _view(self, person: Person, text: str = "", search: str = "") -> HistoryView:
        return HistoryView(
            owner=person.account,
            text=text,
            search=search,
            elsewhere=await is_inline(self._bot),
            words=person.words,
            catalog=self._catalog,
        )


def _index(pressed: HistoryButton, generation: Generation) -> int:
    return pressed.index if 0 <= pressed.index < len(generation.results) else 0
