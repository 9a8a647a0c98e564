"""Answers to words that are no wish, from our own texts: nothing is bought for them."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from adapters.telegram.api.screens import Rows, Screen, button
from adapters.telegram.bot.buttons import BrowseButton, BuyButton, CardAction, DraftButton, IdeaButton, ModelButton
from adapters.telegram.bot.card.card_session import CardSession
from adapters.telegram.bot.menus.model_label import row_label
from adapters.telegram.bot.menus.offer_view import absence
from adapters.telegram.bot.person import Person
from application.catalog.model_notices import ModelNotices
from application.operating.read_means import MeansKind, ReadMeans
from application.ports.model_catalog import ModelCatalog
from application.pricing.quote_price import PersonPrice
from application.wishes.offer_models import Offer
from application.wishes.price_examples import AskedPrice, PriceExamples, price_of_all
from domain.model import Model, model_key
from domain.reading import Topic

UNDECIDED: Final = frozenset({Topic.GREETING, Topic.HELP, Topic.ABILITIES, Topic.SMALL_TALK})
"""Who speaks so may not know yet what to ask for."""


@frozen(kw_only=True)
class Talk:
    """One message an answer, and models as buttons where the question is about them."""

    _catalog: ModelCatalog
    _notices: ModelNotices
    _prices: PersonPrice
    _price_examples: PriceExamples
    _means: ReadMeans

    async def screen(self, offer: Offer, person: Person) -> Screen:
        """Return the answer to an offer that has a topic."""
        topic = offer.topic or Topic.SMALL_TALK
        if topic is Topic.BALANCE:
            return await self.balance(person)
        models = [model for name in offer.models[:6] if (model := self._catalog.entry(name))]
        rows: Rows = [[button(self._label(model, person), ModelButton(key=model_key(model.id)))] for model in models]
        ideas = [button(person.words.plain("tg-button-ideas"), IdeaButton())] if topic in UNDECIDED else []
        rows.append([button(person.words.plain("tg-button-models"), BrowseButton()), *ideas])
        said = absence(offer, self._catalog, person.words) if topic is Topic.AVAILABILITY else ""
        lines = [said or person.words(f"tg-talk-{topic}", found="yes" if models else "no")]
        if topic is Topic.PRICE:
            lines += await self._cheapest(person)
        return Screen("\n".join(lines), rows)

    def _label(self, model: Model, person: Person) -> str:
        return row_label(model, self._notices, person.words, self._prices.usual(model))

    async def _cheapest(self, person: Person) -> Sequence[str]:
        """The least that everyday things cost, a line each."""
        return [
            person.words("tg-talk-price-line", use=person.words.plain(f"tg-use-{use}"), price=person.words.least(least))
            for use, least in (await self._price_examples()).items()
        ]

    async def balance(self, person: Person) -> Screen:
        """Return what the person can still spend."""
        words, means = person.words, await self._means(person.user)
        lines = [words("tg-talk-balance", kind=means.kind, credits=means.credits, limit=means.limit)]
        lines += await self._cheapest(person) if means.kind is MeansKind.FREE else []
        buys = button(words.plain("tg-top-up"), BuyButton())
        to_models = button(words.plain("tg-button-models"), BrowseButton())
        return Screen("\n".join(lines), [[buys if means.kind is MeansKind.ACCOUNT else to_models]])

    def prices_of(self, offer: Offer) -> Sequence[AskedPrice]:
        """Return what a question for the price of a task or a model is about; nothing where it is no such question."""
        return self._price_examples.of_offer(offer) if offer.topic is Topic.PRICE else ()

    def prices(self, session: CardSession, offer: Offer, asked: Sequence[AskedPrice], person: Person) -> Screen:
        """What the task costs that the question is about, and the models behind it as buttons with their prices. They open
        cards with the files of the question."""
        words = person.words
        rows: Rows = []
        for one in asked:
            label = row_label(one.model, self._notices, words, one.price, with_task=False, mark=one.mark)
            data = DraftButton(draft=session.id, action=CardAction.PICK_MODEL, index=model_key(one.model.id))
            rows.append([button(label, data)])
        rows.append([button(words.plain("tg-button-models"), BrowseButton())])
        price = words.price(price_of_all(asked))
        use = words.plain(f"tg-use-{offer.uses[0]}")
        return Screen(
            words("tg-talk-price-task", use=use, price=price, named="yes" if offer.named or len(asked) == 1 else "no"),
            rows,
        )
