"""What can be done with a person's words and files: models as buttons."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from aiogram.types import InlineKeyboardButton
from attrs import evolve, frozen

from adapters.telegram.api.keyboards import LABEL_LIMIT, Rows, button
from adapters.telegram.api.markup import cut, escape, units
from adapters.telegram.api.screens import Screen
from adapters.telegram.bot.buttons import BrowseButton, DraftButton
from adapters.telegram.bot.card.batches import joined, noted, of_album
from adapters.telegram.bot.card.card_page import Page, StaleButton
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.card.card_session import CardSession
from adapters.telegram.bot.card.values import show
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.menus.model_label import model_label
from adapters.telegram.bot.paging import screenful
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.words import Words
from application.catalog.model_notices import ModelNotices
from application.drafts.fill_draft import files_in
from application.drafts.prepare_values import DraftContent
from application.ports.clock import Clock
from application.ports.model_catalog import ModelCatalog
from application.wishes.choose_ready import ChooseReady, ReadyModel
from application.wishes.join_wish import JoinWish, WishParts
from application.wishes.offer import Offer
from application.wishes.offer_models import OfferModels
from domain.generation import Destination
from domain.media import Attachment
from domain.model import Model
from domain.model_key import model_key

QUOTE_LIMIT: Final = 300


@frozen(kw_only=True)
class Offers:
    """Shows the models for a wish, and turns the chosen one into a card."""

    _cards: CardService
    _catalog: ModelCatalog
    _offer_models: OfferModels
    _choose_ready: ChooseReady
    _join_wish: JoinWish
    _notices: ModelNotices
    _clock: Clock

    async def make(
        self,
        person: Person,
        destination: Destination,
        text: str,
        files: Sequence[Attachment] = (),
        *,
        album: str = "",
        sent_at: datetime | None = None,
    ) -> None:
        """Show what fits these words and files; a sentence where nothing does. More of the words may follow at once."""
        session = self._cards.new_session(person, destination, Page.OFFER)
        session = noted(session, text, sent_at) if sent_at else session
        await self._keep(of_album(session, album), self._offer_models(text, files), person)

    async def make_joined(
        self,
        before: CardSession | None,
        person: Person,
        destination: Destination,
        parts: WishParts,
        *,
        album: str = "",
        sent_at: datetime | None = None,
    ) -> None:
        """Show what fits a new message together with the offer before it, which goes where both are one wish."""
        offered = before if before and before.page.page is Page.OFFER else None
        now = self._clock.now()
        made_at = offered.updated_at if offered else now
        wish = self._join_wish(parts, offered.offer if offered else None, made_at, now)
        if offered and wish != parts:
            await self._cards.dismiss(offered, Screen(person.words("tg-closed"), []))
        await self.make(person, destination, wish.text, wish.files, album=album, sent_at=sent_at)

    async def add_words(self, session: CardSession, person: Person, text: str, sent_at: datetime) -> None:
        """Add the next part of the same text."""
        words = joined(session, session.offer.text, text)
        await self._keep(noted(session, text, sent_at), evolve(session.offer, text=words), person)

    async def make_of(
        self,
        person: Person,
        destination: Destination,
        files: Sequence[Attachment],
        models: Sequence[Model],
        text: str = "",
    ) -> None:
        """Show these models for the files and words; the card at once where there is but one."""
        session = self._cards.new_session(person, destination, Page.OFFER)
        offer = self._offer_models.of(models, text, files)
        if len(models) == 1:
            await self.choose(evolve(session, offer=offer), person, model_key(models[0].id))
        else:
            await self._keep(session, offer, person)

    async def browse(
        self, person: Person, destination: Destination, screen: Screen, *, message: str | None = None
    ) -> None:
        """Show the lists; from here on what is typed searches in them."""
        session = self._cards.new_session(person, destination, Page.BROWSE)
        await self._cards.keep(evolve(session, message=message), screen)

    async def search(self, session: CardSession, person: Person, text: str) -> None:
        """Show the models that the text names, in place of the lists."""
        await self._keep(session.at(Page.OFFER), self._offer_models.search(text), person)

    async def back(self, session: CardSession, person: Person, text: str, files: Sequence[Attachment]) -> None:
        """Go from a card to the models that fit what is in it."""
        await self._keep(evolve(session.at(Page.OFFER), draft=None), self._offer_models(text, files), person)

    async def add_file(self, session: CardSession, person: Person, file: Attachment) -> None:
        """Add one more of the same album."""
        offer = evolve(session.offer, files=(*session.offer.files, file))
        await self._keep(session, offer, person)

    async def turn(self, session: CardSession, person: Person, number: int) -> None:
        """Show another screen of the same models."""
        await self._keep(session.at(Page.OFFER, number=number), session.offer, person)

    async def choose(self, session: CardSession, person: Person, key: str) -> Toast | None:
        """Turn the offer into the card of this model, with the words and files in it. Raises StaleButton.

        The toast says how many of the files have no room in it.
        """
        model = self.by_key(key)
        card = await self._card(session, model)
        await self._cards.show(card, model, person)
        used = len(files_in(card.values))
        if used >= len(session.offer.files):
            return None
        return Toast(person.words.plain("tg-files-left", used=used, all=len(session.offer.files)), alert=True)

    async def run(self, session: CardSession, person: Person, key: str) -> Toast | None:
        """Run the offer as it stands, by this model; its card where that can't be any more. Raises StaleButton."""
        model = self.by_key(key)
        return await self._cards.run(await self._card(session, model), model, person)

    def by_key(self, key: str) -> Model:
        """Return the model that a button means. Raises StaleButton."""
        model = self._catalog.by_key(key)
        if model is None:
            raise StaleButton
        return model

    async def _card(self, session: CardSession, model: Model) -> CardSession:
        content = DraftContent(text=session.offer.text, files=session.offer.files)
        return await self._cards.start(session, model, content)

    async def _keep(self, session: CardSession, offer: Offer, person: Person) -> None:
        kept = evolve(session, offer=offer)
        await self._cards.keep(kept, await self._screen(kept, person))

    async def _screen(self, session: CardSession, person: Person) -> Screen:
        offer = session.offer
        models = [model for name in offer.models if (model := self._catalog.entry(name))]
        shown, pager = screenful(models, session.page.number)
        is_first = pager.number == 0 and not offer.query
        ready = await self._choose_ready(offer, person.preferences) if is_first else []
        rows: Rows = [[self._run_button(session, one, person)] for one in ready]
        rows += [[self._model_button(session, model, person)] for model in shown]
        rows.append(pager.buttons(lambda number: DraftButton(draft=session.id, action="q", index=str(number))))
        if offer.query:
            rows.append([button(person.words.plain("tg-back"), BrowseButton())])
        hint = f"\n{person.words('tg-offer-at-once')}" if ready else ""
        return Screen(self._question(offer, models, person.words) + hint, rows)

    def _question(self, offer: Offer, models: Sequence[Model], words: Words) -> str:
        if offer.query:
            return words("tg-search-nothing" if offer.text else "tg-search", text=cut(offer.query, QUOTE_LIMIT))
        quoted = [show(list(offer.files) if len(offer.files) > 1 else offer.files[0], words)] if offer.files else []
        quoted += [cut(offer.text, QUOTE_LIMIT)] if offer.text else []
        head = "\n".join(f"<blockquote>{escape(line)}</blockquote>" for line in quoted)
        if offer.missing:
            return f"{head}\n{words('tg-offer-missing', task=words.named('tg-type', offer.missing))}"
        return f"{head}\n{words('tg-offer' if models else 'tg-offer-nothing')}"

    def _model_button(self, session: CardSession, model: Model, person: Person) -> InlineKeyboardButton:
        label = model_label(model, self._notices, person.words)
        return button(label, DraftButton(draft=session.id, action="m", index=model_key(model.id)))

    def _run_button(self, session: CardSession, ready: ReadyModel, person: Person) -> InlineKeyboardButton:
        """The price stays whole, however long the model's name is."""
        said = person.words.price(ready.quote.price) if ready.quote.price else ""

        def label(name: str) -> str:
            return person.words.plain("tg-offer-run", model=name, price=said)

        name = cut(model_label(ready.model, self._notices), LABEL_LIMIT - units(label("")))
        return button(label(name), DraftButton(draft=session.id, action="g", index=model_key(ready.model.id)))
