"""Use case: what everyday things cost, for a person who asks before they wish."""

from collections.abc import Mapping
from typing import Final

from attrs import evolve, frozen

from application.drafts.fill_draft import with_all
from application.drafts.quote_draft import QuoteDraft
from application.ports.model_catalog import ModelCatalog
from application.wishes.offer_models import OfferModels
from domain.use import Use

EXAMPLES: Final = (Use.PICTURE, Use.FILM, Use.MUSIC, Use.SPEECH)
WORDS: Final = "a red fox in snow"


@frozen(kw_only=True)
class PriceExamples:
    """The least that a model of each everyday use costs for a short wish with nothing else set."""

    _offer: OfferModels
    _quote: QuoteDraft
    _catalog: ModelCatalog

    async def __call__(self) -> Mapping[Use, float]:
        """Return credits by use, without the uses whose price no one knows."""
        return {use: least for use in EXAMPLES if (least := await self._least(use)) is not None}

    async def _least(self, use: Use) -> float | None:
        offer = evolve(await self._offer(WORDS, use=use), prompt=WORDS)
        models = [model for name in offer.models if (model := self._catalog.entry(name))]
        contents = [(model, offer.content(model)) for model in models]
        quotes = [self._quote(model, with_all(model, content.values, content.text, ())) for model, content in contents]
        return min((quote.price.low for quote in quotes if quote.price and quote.price.low > 0), default=None)
