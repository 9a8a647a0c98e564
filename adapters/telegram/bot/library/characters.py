"""Keeps pictures as a character, under a name that the person writes."""

from collections.abc import Sequence

from attrs import evolve, frozen

from adapters.telegram.api.incoming import is_group
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.card.card_session import CardPageKind, CardSession, asks_for, is_same_album, of_album
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.person import Person
from application.ports.model_catalog import ModelCatalog
from application.results.keep_character import KeepCharacter
from application.wishes.offer_models import Offer
from domain.generation import Destination
from domain.media import Attachment, MediaKind
from domain.model import Model
from domain.reference_set import CHARACTER_IDS


@frozen(kw_only=True)
class Characters:
    """Names of characters are asked for and shown in private: in a group others would read them."""

    _cards: CardService
    _screens: Screens
    _catalog: ModelCatalog
    _keep: KeepCharacter

    async def ask_name(self, files: Sequence[Attachment], person: Person, destination: Destination) -> Toast | None:
        """The next message is the name that these pictures are kept under."""
        in_group = is_group(destination.chat)
        place = Destination(chat=person.account) if in_group else destination
        await self._ask(self._cards.new_session(person, place, CardPageKind.CHARACTER), files, person)
        return Toast(person.words.plain("tg-in-private")) if in_group else None

    async def receive(
        self, session: CardSession, model: Model | None, file: Attachment, person: Person, *, album: str
    ) -> bool:
        """Take a picture that is sent where a card asks for characters, with the rest of its album. False: it is for
        something else."""
        if file.kind is not MediaKind.IMAGE or session.in_group:
            return False
        if session.page.page is CardPageKind.CHARACTER and is_same_album(session, album):
            await self._ask(session, [*session.offer.files, file], person)
            return True
        if model is None or not asks_for(session, model, CHARACTER_IDS):
            return False
        asking = self._cards.new_session(person, session.destination, CardPageKind.CHARACTER)
        await self._ask(of_album(evolve(asking, subject=session.id), album), [file], person)
        return True

    async def keep(self, session: CardSession, person: Person, text: str) -> None:
        """The answer to the question; the card that the pictures were sent to has the character. Raises what
        ``KeepCharacter`` and ``ChooseCharacters`` do."""
        character = await self._keep(person.user, text, session.offer.files)
        await self._cards.let_go(session)
        card = await self._cards.get(session.subject) if session.subject else None
        model = self._catalog.entry(card.draft.model_id) if card and card.draft else None
        if card and model:
            await self._cards.turn_character(evolve(card, message=None), model, person, character.id)
            return
        said = Screen(person.words("tg-character-kept", name=character.name), [])
        await self._screens.show(session.destination, said)

    async def _ask(self, session: CardSession, files: Sequence[Attachment], person: Person) -> None:
        asking = evolve(session, offer=Offer(files=tuple(files)))
        await self._cards.keep(asking, Screen(person.words("tg-character-ask"), []))
