"""What can be done with a person's words and files: models as buttons, or an answer to talk."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog
from attrs import evolve, frozen

from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.card.card_session import CardPageKind, CardSession, StaleButton, joined, noted, of_album
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.menus.offer_view import OfferView
from adapters.telegram.bot.menus.talk import Talk
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import show_in_private
from adapters.telegram.bot.results.resending import kept_files
from application.drafts.fill_draft import files_in
from application.errors import ApplicationError
from application.front_ends.wishes import WishUseCases
from application.generating.in_flight import BackgroundTasks
from application.ports.model_catalog import ModelCatalog
from application.wishes.offer_models import Offer
from application.wishes.place_message import ChatContext, PlacedMessage, WishParts
from domain.generation import Destination
from domain.media import Attachment, MediaKind
from domain.model import Model, ModelId, ModelType, model_key
from domain.parameter_roles import task_parameter
from domain.price import PriceQuote
from domain.reading import Topic
from domain.use import Use

log = structlog.get_logger()


@frozen(kw_only=True)
class Offers:
    """Shows the models for a wish, and turns the chosen one into a card."""

    _cards: CardService
    _screens: Screens
    _catalog: ModelCatalog
    _use: WishUseCases
    _talk: Talk
    _view: OfferView
    _background: BackgroundTasks

    async def place(self, before: CardSession | None, person: Person, parts: WishParts, chat: str) -> PlacedMessage:
        """Return what a message belongs to: the open card, the offer before it, the last result, or nothing."""
        offered = before if before and before.page.page is CardPageKind.OFFER else None
        newest = await self._use.last_result(person.user, chat) if parts.text and not parts.files else None
        context = ChatContext(
            offer=offered.offer if offered else None,
            offered_at=offered.updated_at if offered else None,
            draft=before.draft if before and before.page.page is not CardPageKind.SPENT else None,
            is_asked=bool(before and (before.expecting or before.page.scope)),
            last_files=kept_files(newest) if newest else (),
            last_model=newest.model_id if newest else None,
        )
        return await self._use.place(parts, context)

    async def is_question(self, text: str) -> bool:
        """Return whether words that a name was asked for are a question instead."""
        return await self._use.place.is_question(text)

    async def make(
        self,
        person: Person,
        destination: Destination,
        text: str,
        files: Sequence[Attachment] = (),
        *,
        album: str = "",
        sent_at: datetime | None = None,
        reply_to: MediaKind | None = None,
        prefer: ModelId | None = None,
        use: Use | None = None,
    ) -> None:
        """Show what fits these words and files, or answer them where they are talk. More of the words may follow at once."""
        liked = [*([prefer] if prefer else []), *person.preferences.favourites]
        quality = person.preferences.quality
        made_by = prefer or (await self._maker(person, destination.chat, files) if reply_to else None)
        offer = await self._use.offer(
            text, files, use=use, reply_to=reply_to, made_by=made_by, prefer=liked, quality=quality
        )
        if offer.topic is not None:
            await self._answer(offer, person, destination, album)
            return
        session = self._cards.new_session(person, destination, CardPageKind.OFFER)
        session = noted(session, text, sent_at) if sent_at else session
        await self._keep(of_album(session, album), offer, person)
        if len(offer.uses) > 1 and self._use.help.helps(text):
            self._background.begin(self._read_again(session, offer, person), f"reading-{session.id}")

    async def _maker(self, person: Person, chat: str, files: Sequence[Attachment]) -> ModelId | None:
        """The model of the newest result, where the files are of it."""
        newest = await self._use.last_result(person.user, chat)
        kept = {file.reference for file in kept_files(newest)} if newest else set()
        return newest.model_id if newest and kept.intersection(file.reference for file in files) else None

    async def _answer(self, offer: Offer, person: Person, destination: Destination, album: str) -> None:
        """Answer talk. What was asked the price of can be had from there, with the files that came with the question."""
        asked = self._talk.prices_of(offer)
        if not asked:
            await self._show_talk(await self._talk.screen(offer, person), offer.topic, person, destination)
            return
        session = of_album(self._cards.new_session(person, destination, CardPageKind.OFFER), album)
        session = evolve(session, offer=offer.as_asked())
        await self._cards.keep(session, self._talk.prices(session, offer, asked, person))

    async def show_balance(self, person: Person, destination: Destination) -> None:
        """Say what the person can still spend."""
        await self._show_talk(await self._talk.balance(person), Topic.BALANCE, person, destination)

    async def _show_talk(self, screen: Screen, topic: Topic | None, person: Person, destination: Destination) -> None:
        async def show(chat: Destination) -> None:
            await self._screens.show(chat, screen)

        if topic is Topic.BALANCE:
            await show_in_private(destination, person, self._screens, show)
        else:
            await show(destination)

    async def make_placed(
        self,
        before: CardSession | None,
        placed: PlacedMessage,
        person: Person,
        destination: Destination,
        *,
        album: str = "",
        sent_at: datetime | None = None,
    ) -> None:
        """Show what fits a wish that may hold more than its last message; the offer that is part of it goes."""
        if before and placed.joined:
            await self.close(before, person)
        wish = placed.parts
        await self.make(
            person,
            destination,
            wish.text,
            wish.files,
            album=album,
            sent_at=sent_at,
            prefer=placed.prefer,
            use=placed.use,
        )

    async def _read_again(self, session: CardSession, offer: Offer, person: Person) -> None:
        """Improve an offer that is on the screen, unless the person has gone on meanwhile."""
        use = await self._use.help(person.user, offer.text, [file.kind for file in offer.files])
        if use is None or offer.uses[0] is use:
            return
        try:
            now = await self._cards.at_work(person, session.destination)
            if now and now.id == session.id and now.page.page is CardPageKind.OFFER and now.offer.text == offer.text:
                await self.choose_use(now, person, use)
        except (ApplicationError, StaleButton) as error:
            log.info("offer.not_improved", error=str(error))

    async def take_heard(self, session: CardSession, person: Person, text: str) -> None:
        """Show what fits the words of a voice, in the place of what fits the sound."""
        offer = evolve(await self._use.offer(text, prefer=person.preferences.favourites), topic=None)
        await self._keep(session.at(CardPageKind.OFFER), offer, person)

    async def show(self, person: Person, destination: Destination, offer: Offer) -> None:
        """Show an offer that was made elsewhere, in a new message."""
        await self._keep(self._cards.new_session(person, destination, CardPageKind.OFFER), offer, person)

    async def add_words(self, session: CardSession, person: Person, text: str, sent_at: datetime) -> None:
        """Add the next part of the same text."""
        words = joined(session, session.offer.text, text)
        offer = evolve(session.offer, text=words, prompt=None)
        await self._keep(noted(session, text, sent_at), offer, person)

    async def make_of(
        self,
        person: Person,
        destination: Destination,
        files: Sequence[Attachment],
        models: Sequence[Model],
        text: str = "",
    ) -> None:
        """Show these models for the files and words; the card at once where there is but one."""
        session = self._cards.new_session(person, destination, CardPageKind.OFFER)
        offer = self._use.offer.of(models, text, files)
        if len(models) == 1:
            await self.choose(evolve(session, offer=offer), person, model_key(models[0].id))
        else:
            await self._keep(session, offer, person)

    async def browse(
        self, person: Person, destination: Destination, screen: Screen, *, message: str | None = None
    ) -> None:
        """Show the lists; from here on what is typed searches in them."""
        session = self._cards.new_session(person, destination, CardPageKind.BROWSE)
        await self._cards.keep(evolve(session, message=message), screen)

    async def search(self, session: CardSession, person: Person, text: str) -> None:
        """Show the models that the text names, in place of the lists; talk is answered, and the lists stay."""
        found = await self._use.offer.search(text)
        if found.topic is not None:
            await self._answer(found, person, session.destination, "")
            return
        await self._keep(session.at(CardPageKind.OFFER), found, person)

    async def back(self, session: CardSession, person: Person, text: str, files: Sequence[Attachment]) -> None:
        """Go from a card to the models that fit what is in it, for the use that it was opened for."""
        use = session.offer.uses[0] if len(session.offer.uses) == 1 else None
        offer = evolve(await self._use.offer(text, files, use=use), topic=None)
        await self._keep(evolve(session.at(CardPageKind.OFFER), draft=None), offer, person)

    async def choose_use(self, session: CardSession, person: Person, name: str) -> None:
        """Offer the models for what the person says the wish is for. Raises StaleButton."""
        if name not in set(Use):
            raise StaleButton
        offer = await self._use.offer(session.offer.text, session.offer.files, use=Use(name))
        await self._keep(session.at(CardPageKind.OFFER), offer, person)

    async def add_file(self, session: CardSession, person: Person, file: Attachment, words: str = "") -> None:
        """Add one more of the same album, and the words under it: they need not stand under the first. What all of the files
        are for shows with the last one."""
        before, liked = session.offer, person.preferences.favourites
        text = "\n".join(part for part in (before.text, words) if part)
        files = (*before.files, file)
        offer = await self._use.offer(text, files, use=before.chosen, prefer=liked, quality=person.preferences.quality)
        await self._keep(session, evolve(offer, topic=None), person)

    async def take_words(self, session: CardSession, words: str, person: Person) -> None:
        """Put these words in the place of those of the offer."""
        offer = evolve(session.offer, text=words, prompt=words)
        await self._keep(evolve(session.at(CardPageKind.OFFER), subject=""), offer, person)

    async def close(self, session: CardSession, person: Person) -> None:
        """Take the offer away: what was wanted of it is done, or goes on elsewhere."""
        await self._cards.dismiss(session, Screen(person.words("tg-closed"), []))

    async def turn(self, session: CardSession, person: Person, number: int) -> None:
        """Show another screen of the same models."""
        await self._keep(session.at(CardPageKind.OFFER, number=number), session.offer, person)

    async def choose(self, session: CardSession, person: Person, key: str) -> Toast | None:
        """Turn the offer into the card of this model, with the words and files in it. Raises StaleButton.

        The toast says how many of the files have no room in it.
        """
        model = self.by_key(key)
        card = await self._cards.start(session, model, session.offer.content(model))
        await self._cards.show(card, model, person)
        used, task = len(files_in(card.values)), task_parameter(model)
        goes_on = task is not None and task.name in card.values  # it works on the task that made the file
        if goes_on or used >= len(session.offer.files):
            return None
        return Toast(person.words.plain("tg-files-left", used=used, all=len(session.offer.files)), alert=True)

    async def run(self, session: CardSession, person: Person, key: str, *, shown_credits: float) -> Toast | None:
        """Run the offer as it stands, by this model; its card where that can't be any more. Raises StaleButton."""
        model = self.by_key(key)
        card = await self._cards.start(session, model, session.offer.content(model))
        return await self._cards.run(card, model, person, shown_credits=shown_credits)

    def by_key(self, key: str) -> Model:
        """Return the model that a button means. Raises StaleButton."""
        model = self._catalog.by_key(key)
        if model is None:
            raise StaleButton
        return model

    def _helps(self, offer: Offer) -> Mapping[str, PriceQuote]:
        """What a chat model could make of the one file, with the most it costs."""
        if len(offer.files) != 1:
            return {}
        file, look = offer.files[0], self._use.look
        asks_to_see = (
            not offer.text or Use.DESCRIBE_PICTURE in offer.uses[:1] or offer.missing is ModelType.IMAGE_ANALYSIS
        )
        asks_to_hear = not offer.text or Use.TRANSCRIBE in offer.uses[:1] or offer.missing is ModelType.SPEECH_TO_TEXT
        seen = look.price_of_description(file) if asks_to_see else None
        heard = look.price_of_words(file) if asks_to_hear else None
        return {name: price for name, price in (("hear", heard), ("see", seen)) if price}

    async def _keep(self, session: CardSession, offer: Offer, person: Person) -> None:
        kept = evolve(session, offer=offer)
        ready = await self._use.ready(offer, person.preferences)
        first = ready[0].model if ready else None
        improving = self._use.improve.price(first, offer.content(first).text) if first else None
        in_group = session.in_group
        helps = self._helps(offer)
        screen = self._view.screen(kept, ready, person, in_group=in_group, improving=improving, helps=helps)
        await self._cards.keep(kept, screen)
