"""Answers to words that are no wish, from our own texts: nothing is bought for them."""

from typing import Final

from attrs import frozen

from adapters.telegram.api.screens import Rows, Screen, button
from adapters.telegram.bot.buttons import BrowseButton, IdeaButton, ModelButton
from adapters.telegram.bot.menus.model_label import model_label
from adapters.telegram.bot.menus.offer_view import absence
from adapters.telegram.bot.person import Person
from application.catalog.model_notices import ModelNotices
from application.ports.model_catalog import ModelCatalog
from application.wishes.offer_models import Offer
from application.wishes.price_examples import PriceExamples
from domain.model import model_key
from domain.reading import Topic

UNDECIDED: Final = frozenset({Topic.GREETING, Topic.HELP, Topic.ABILITIES, Topic.SMALL_TALK})
"""Who speaks so may not know yet what to ask for."""


@frozen(kw_only=True)
class Talk:
    """One message an answer, and models as buttons where the question is about them."""

    _catalog: ModelCatalog
    _notices: ModelNotices
    _price_examples: PriceExamples

    async def screen(self, offer: Offer, person: Person) -> Screen:
        """Return the answer to an offer that has a topic."""
        topic = offer.topic or Topic.SMALL_TALK
        models = [model for name in offer.models[:6] if (model := self._catalog.entry(name))]
        rows: Rows = [
            [button(model_label(model, self._notices, person.words), ModelButton(key=model_key(model.id)))]
            for model in models
        ]
        ideas = [button(person.words.plain("tg-button-ideas"), IdeaButton())] if topic in UNDECIDED else []
        rows.append([button(person.words.plain("tg-button-models"), BrowseButton()), *ideas])
        said = absence(offer, self._catalog, person.words) if topic is Topic.AVAILABILITY else ""
        lines = [said or person.words(f"tg-talk-{topic}", found="yes" if models else "no")]
        if topic is Topic.PRICE:
            lines += [
                person.words("tg-talk-price-line", use=person.words.plain(f"tg-use-{use}"), credits=least)
                for use, least in (await self._price_examples()).items()
            ]
        return Screen("\n".join(lines), rows)
