"""Opens cards, keeps their sessions, draws them; what they hold and whether they run is decided by use cases."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final

from attrs import evolve, frozen

from adapters.telegram.api.incoming import is_group
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.card.card_session import (
    CardPage,
    CardPageKind,
    CardSession,
    StaleButton,
    asks_for,
    read_session,
)
from adapters.telegram.bot.card.item_view import open_page
from adapters.telegram.bot.card.moves import Move, asked
from adapters.telegram.bot.card.values import fault_text
from adapters.telegram.bot.card.view import Card
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.studio_links import NO_STUDIO, StudioLinks
from application.drafts.edits import AddWords, SetValue
from application.drafts.fill_draft import DraftContent
from application.drafts.run_draft import RunOrder
from application.errors import EditRefused, GenerationNotFound, InvalidInput
from application.front_ends.drafts import DraftUseCases
from application.ports.chat_session_store import ChatSession, ChatSessionStore, SessionId
from application.ports.clock import Clock
from application.ports.draft_store import DraftStore
from application.ports.ids import Ids
from application.results.repeat_generation import RepeatOrder, price_again
from domain.draft import Draft, DraftId
from domain.generation import Destination, Generation, GenerationId
from domain.model import Model, Parameter
from domain.parameter_roles import prompt_parameter
from domain.reference_set import CHARACTER_IDS, ReferenceSet, ReferenceSetId

FRESH_FOR: Final = timedelta(hours=1)
"""How long a card takes what is typed into the chat; later the words begin a new wish. Its buttons work for ever."""


@frozen(kw_only=True)
class CardService:
    """One message a session, edited in place. The id of a card's draft is its session's, so that it buys at most once."""

    _screens: Screens
    _sessions: ChatSessionStore
    _drafts: DraftStore
    _use: DraftUseCases
    _clock: Clock
    _ids: Ids
    _studio: StudioLinks = NO_STUDIO

    def new_session(
        self, person: Person, destination: Destination, page: CardPageKind = CardPageKind.MAIN
    ) -> CardSession:
        """Return a session without a draft, not kept yet."""
        return CardSession(
            id=SessionId(self._ids.short_id()),
            user=person.user,
            destination=destination,
            page=CardPage(page=page),
            updated_at=self._clock.now(),
        )

    async def get(self, session_id: str) -> CardSession | None:
        """Return the session that a button belongs to; None where it is forgotten."""
        kept = await self._sessions.get(SessionId(session_id))
        return await self._read(kept) if kept else None

    async def at_work(self, person: Person, destination: Destination) -> CardSession | None:
        """Return the session that what is typed here belongs to: an open one, and not from another day."""
        kept = await self._sessions.open_session(person.user, destination.chat, destination.thread)
        if kept is None or self._clock.now() - kept.updated_at > FRESH_FOR:
            return None
        return await self._read(kept)

    async def open(
        self,
        person: Person,
        destination: Destination,
        model: Model,
        values: Mapping[str, object] | None = None,
        *,
        asking: Parameter | None = None,
    ) -> None:
        """Show a new card under the message that asked for it; ``asking`` begins with that parameter."""
        content = DraftContent(values=values or {})
        session = await self.start(self.new_session(person, destination), model, content)
        await self.show(asked(session, model, asking) if asking else session, model, person)

    async def start(self, session: CardSession, model: Model, content: DraftContent) -> CardSession:
        """Return the session as the card of a new draft of this model."""
        draft = await self._use.start(session.user, session.destination, model, content, draft_id=DraftId(session.id))
        return evolve(session.at(CardPageKind.MAIN), draft=draft)

    async def move(
        self, move: Move, model: Model, person: Person, *, words: str = "", is_new_message: bool = False
    ) -> None:
        """Change the draft as the move says, and show the page it leads to. Raises StaleButton.

        ``words`` are those that came with a file; a model that takes none goes without them.
        """
        session = await self._edited(move)
        if words and session.draft:
            with suppress(EditRefused):
                session = evolve(session, draft=await self._use.edit(session.draft, AddWords(text=words)))
        await self.show(evolve(session, message=None) if is_new_message else session, model, person)

    async def take_words(self, session: CardSession, model: Model, words: str, person: Person) -> None:
        """Put these words in the place of those that the card holds."""
        prompt = prompt_parameter(model)
        if prompt is None:
            raise StaleButton
        draft = await self._use.edit(_draft(session), SetValue(parameter=prompt.name, value=words))
        await self.show(evolve(session.at(CardPageKind.MAIN), draft=draft, subject=""), model, person)

    async def as_last_time(self, session: CardSession, model: Model, person: Person) -> None:
        """Fill in all values of the last generation of this model."""
        draft = await self._use.fill_as_last_time(_draft(session))
        await self.show(evolve(session.at(CardPageKind.MAIN), draft=draft), model, person)

    async def continue_from(
        self, session: CardSession, model: Model, person: Person, generation_id: GenerationId
    ) -> None:
        """Take this result further. Raises StaleButton."""
        try:
            draft = await self._use.continue_task(_draft(session), generation_id)
        except GenerationNotFound:
            raise StaleButton from None
        await self.show(evolve(session.at(CardPageKind.MAIN), draft=draft), model, person)

    async def turn_character(
        self, session: CardSession, model: Model, person: Person, reference_id: ReferenceSetId
    ) -> None:
        """Put a character in, or take it out. Raises StaleButton, and what ``ChooseCharacters`` does."""
        try:
            draft = await self._use.characters.turn(_draft(session), reference_id)
        except EditRefused:
            raise StaleButton from None
        await self.show(evolve(session, draft=draft), model, person)

    async def delete_character(
        self, session: CardSession, model: Model, person: Person, reference_id: ReferenceSetId
    ) -> None:
        """Forget a character, and show the others. Raises what ``ChooseCharacters`` does."""
        draft = await self._use.characters.delete(_draft(session), reference_id)
        page = session.at(CardPageKind.PARAMETER, parameter=session.page.parameter)
        await self.show(evolve(page, draft=draft), model, person)

    async def repeat(
        self,
        person: Person,
        destination: Destination,
        model: Model,
        values: Mapping[str, object],
        *,
        of: Generation,
        key: str,
    ) -> Toast | None:
        """Run these values at once, or show a card to look at them. ``key`` names the request."""
        order = RepeatOrder(
            destination=destination,
            language=person.words.language,
            values=values,
            request_key=key,
            in_group=is_group(destination.chat),
        )
        repeated = await self._use.repeat(of, order)
        if repeated.draft is None:
            return Toast(person.words.plain("tg-accepted"))
        page = CardPageKind.CONFIRM if repeated.quote.price and repeated.quote.is_offered else CardPageKind.MAIN
        session = evolve(
            self.new_session(person, destination, page), id=SessionId(repeated.draft.id), draft=repeated.draft
        )
        await self.show(session, model, person, seen_credits=price_again(of))
        return None

    async def run(
        self,
        session: CardSession,
        model: Model,
        person: Person,
        *,
        shown_credits: float | None = None,
        agreed_credits: float | None = None,
        forced: bool = False,
    ) -> Toast | None:
        """Run the draft; the card has done its work and makes room for the progress. What is dear is asked about first."""
        order = RunOrder(
            language=person.words.language,
            shown_credits=shown_credits,
            agreed_credits=agreed_credits,
            forced=forced,
            in_group=session.in_group,
        )
        try:
            outcome = await self._use.run(_draft(session), order)
        except InvalidInput as error:
            await self.show(session.at(CardPageKind.MAIN), model, person)
            return Toast(fault_text(model, error.violations[0], person.words), alert=True)
        if outcome.generation is None:
            seen = shown_credits if agreed_credits is None else agreed_credits
            await self.show(session.at(CardPageKind.CONFIRM), model, person, seen_credits=seen)
            return None
        spent = session.at(CardPageKind.SPENT)
        await self._sessions.save(spent.write())
        await self.dismiss(spent, Card(session=spent, model=model, person=person).summary())
        return Toast(person.words.plain("tg-accepted"))

    async def run_at_once(
        self, session: CardSession, model: Model, content: DraftContent, person: Person, *, request_key: str
    ) -> None:
        """Run a model with what one message says; a card where it is dear, which asks first, or where a value will be dropped,
        which says so. Raises what ``RunAtOnce`` does."""
        order = RunOrder(
            language=person.words.language,
            in_group=session.in_group,
            request_key=request_key,
        )
        outcome = await self._use.run_at_once(session.user, session.destination, model, content, order)
        if outcome.generation is None:
            session = await self.start(session, model, content)
            await self.show(session if outcome.quote.notices else session.at(CardPageKind.CONFIRM), model, person)

    async def show(
        self, session: CardSession, model: Model, person: Person, *, seen_credits: float | None = None
    ) -> None:
        """Keep the session and draw its card where it is shown, or in a new message. ``seen_credits``: the price that the person
        saw when they pressed."""
        card = Card(
            session=session,
            model=model,
            person=person,
            quote=await self._use.quote_input(session.user, model, session.values),
            past=await self._use.history(person.user, model),
            improving=self._use.improve.price_in(model, session.values),
            seen_credits=seen_credits,
            credits_left=await self._use.read_credits() if person.is_admin else None,
            characters=await self._characters(session, model),
            in_studio=self._studio.to_draft(session.id, person.words, chat=session.destination.chat),
        )
        await self.keep(session, open_page(card))

    async def keep(self, session: CardSession, screen: Screen) -> None:
        """Keep it before it is drawn, so that a button never knows more than the store."""
        session = evolve(session, updated_at=self._clock.now())
        await self._sessions.save(session.write())
        message = await self._screens.show(session.destination, screen, message=session.message)
        if message != session.message:
            await self._sessions.save(evolve(session, message=message).write())

    async def let_go(self, session: CardSession) -> None:
        """What is typed from now on does not belong to it any more."""
        await self._sessions.close(session.write())

    async def dismiss(self, session: CardSession, instead: Screen) -> None:
        """Take the card away; where Telegram will not, show ``instead``."""
        await self.let_go(session)
        if session.message and not await self._screens.remove(session.destination, session.message):
            await self._screens.replace(session.destination, session.message, instead)

    async def forget(self, draft_id: DraftId) -> None:
        """Forget every card of this draft: its buttons answer that they are too old."""
        await self._sessions.forget_of_draft(draft_id)

    async def _edited(self, move: Move) -> CardSession:
        if move.edit is None:
            return move.session
        try:
            draft = await self._use.edit(_draft(move.session), move.edit, item=move.item)
        except EditRefused:
            raise StaleButton from None
        return evolve(move.session, draft=draft)

    async def _characters(self, session: CardSession, model: Model) -> Sequence[ReferenceSet]:
        """Those to choose from, where their page is open; in a group others would read their names."""
        is_open = asks_for(session, model, CHARACTER_IDS) or session.page.page is CardPageKind.DELETING
        if session.in_group or not is_open:
            return ()
        return await self._use.characters.of(session.user)

    async def _read(self, kept: ChatSession) -> CardSession:
        return read_session(kept, await self._drafts.get(kept.draft) if kept.draft else None)


def _draft(session: CardSession) -> Draft:
    if session.draft is None:
        raise StaleButton
    return session.draft
