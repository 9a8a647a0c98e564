"""What a person does with what they made."""

from typing import Final

from aiogram import Bot
from attrs import evolve, frozen

from adapters.telegram.api.screens import Screens
from adapters.telegram.bot.buttons import HistoryButton
from adapters.telegram.bot.card.card_page import Page
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.card.card_session import CardSession
from adapters.telegram.bot.library.history_view import HistoryPage, HistoryView, Neighbours
from adapters.telegram.bot.library.inline_results import is_inline
from adapters.telegram.bot.paging import ROWS, moment
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace
from adapters.telegram.bot.results.previews import Preview, Previews
from application.drafts.run_draft import draft_of
from application.errors import GenerationNotFound
from application.ports.draft_store import DraftStore
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from application.results.list_generations import ListGenerations
from domain.generation import Destination, Generation, GenerationId

TEXT_LIMIT: Final = 100
"""Characters that are looked for; who remembers more of a prompt needs no search."""


@frozen(kw_only=True)
class History:
    """Lists, shows, looks for, deletes. One message, turned from page to page.

    Words that are looked for are kept as a session, since a button has no room for them. Raises ``GenerationNotFound`` for
    what is gone or somebody else's.
    """

    _cards: CardService
    _bot: Bot
    _screens: Screens
    _previews: Previews
    _catalog: ModelCatalog
    _generations: GenerationStore
    _list: ListGenerations
    _drafts: DraftStore

    async def begin(self, person: Person, destination: Destination, text: str) -> None:
        """A new message with the newest page, of what has all these words where there are some."""
        if text:
            await self.search(self._cards.new_session(person, destination, Page.SEARCH), person, text)
            return
        view = await self._view(person)
        await self._screens.show(destination, view.index(await self._newest(view, person)))

    async def view(self, pressed: HistoryButton, person: Person) -> HistoryView:
        """What the button belongs to; the whole history where nobody remembers the words any more."""
        session = await self._cards.get(pressed.search) if pressed.search else None
        if session is None or session.user != person.user:
            return await self._view(person)
        return await self._view(person, text=session.subject, search=session.id)

    async def show_newest(self, view: HistoryView, person: Person, place: PressPlace) -> None:
        """The first page."""
        await self._turn(place, view, await self._newest(view, person))

    async def show_older(self, view: HistoryView, person: Person, place: PressPlace, at: str) -> None:
        """The page next to the moment ``at``. Raises ValueError for what is none."""
        found = await self._list(person.user, limit=ROWS + 1, before=moment(at), text=view.text)
        if not found:
            await self.show_newest(view, person, place)
            return
        newer = await self._list(person.user, limit=1, after=found[0].created_at, text=view.text)
        await self._turn(place, view, HistoryPage(items=found[:ROWS], newer=bool(newer), older=len(found) > ROWS))

    async def show_newer(self, view: HistoryView, person: Person, place: PressPlace, at: str) -> None:
        """The same towards the newest, which is shown as a whole page."""
        found = await self._list(person.user, limit=ROWS + 1, after=moment(at), text=view.text)
        if len(found) <= ROWS:
            await self.show_newest(view, person, place)
            return
        await self._turn(place, view, HistoryPage(items=found[-ROWS:], newer=True, older=True))

    async def own(self, generation_id: str, person: Person) -> Generation:
        """The person's generation of this id."""
        generation = await self._generations.get(GenerationId(generation_id))
        if generation is None or generation.user != person.user:
            raise GenerationNotFound(generation_id)
        return generation

    async def show(self, pressed: HistoryButton, view: HistoryView, person: Person, place: PressPlace) -> None:
        """One result, and the way to its neighbours."""
        generation = await self.own(pressed.at, person)
        at = generation.created_at
        newer = await self._list(person.user, limit=1, after=at, text=view.text)
        older = await self._list(person.user, limit=1, before=at, text=view.text)
        neighbours = Neighbours(newer=next(iter(newer), None), older=next(iter(older), None))
        await self._previews.turn(place, view.item(generation, _index(pressed, generation), neighbours))

    async def ask_deletion(self, pressed: HistoryButton, view: HistoryView, person: Person, place: PressPlace) -> None:
        """Once, before it is gone."""
        generation = await self.own(pressed.at, person)
        await self._previews.turn(place, view.deletion(generation, _index(pressed, generation)))

    async def delete(self, pressed: HistoryButton, person: Person) -> None:
        """For good, with the card it came from. What is still under way stays."""
        generation = await self.own(pressed.at, person)
        if not await self._generations.erase(generation.id, person.user):
            raise GenerationNotFound(generation.id)
        if draft_id := draft_of(generation.request_key):
            await self._drafts.forget(draft_id)
            await self._cards.forget(draft_id)

    async def ask_words(self, view: HistoryView, person: Person, place: PressPlace) -> None:
        """The next message is what to look for."""
        session = self._cards.new_session(person, place.destination, Page.SEARCH)
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
        found = await self._list(person.user, limit=ROWS + 1, text=view.text)
        return HistoryPage(items=found[:ROWS], older=len(found) > ROWS)

    async def _turn(self, place: PressPlace, view: HistoryView, page: HistoryPage) -> None:
        await self._previews.turn(place, Preview(screen=view.index(page)))

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
