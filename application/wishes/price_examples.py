"""Use case: what everyday things cost, for a person who asks before they wish."""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from application.ports.model_catalog import ModelCatalog
from application.pricing.quote_price import PersonPrice
from application.wishes.offer_models import Offer, OfferModels
from domain.model import Model
from domain.price import PriceBasis, PriceQuote
from domain.reading import Preference
from domain.use import Use

EXAMPLES: Final = (Use.PICTURE, Use.FILM, Use.MUSIC, Use.SPEECH)
WORDS: Final = "a red fox in snow"


ASKED_FOR: Final = 3
"""Models whose prices answer a question."""


@frozen(kw_only=True)
class AskedPrice:
    """What a model usually costs. ``mark``: the best, fast or cheap one of its use."""

    model: Model
    price: PriceQuote
    mark: Preference | None = None


@frozen(kw_only=True)
class PriceExamples:
    """The least that a model of each everyday use costs for a short wish with nothing else set, and what a task costs."""

    _offer: OfferModels
    _price: PersonPrice
    _catalog: ModelCatalog

    async def __call__(self) -> Mapping[Use, float]:
        """Return credits by use, without the uses whose price no one knows."""
        return {use: least for use in EXAMPLES if (least := await self._least(use)) is not None}

    def of_offer(self, offer: Offer) -> Sequence[AskedPrice]:
        """Return the prices that answer a question about a task: of the models it names, else of the best, the fast and the
        cheap one."""
        asked, asked_for = offer.named or offer.marks.keys(), offer.as_asked()
        models = [model for name in offer.models if name in asked and (model := self._catalog.entry(name))]
        return [
            AskedPrice(model=model, price=asked_for.price(model, self._price), mark=offer.marks.get(model.id))
            for model in models[:ASKED_FOR]
        ]

    async def _least(self, use: Use) -> float | None:
        return self.least(evolve(await self._offer(WORDS, use=use), prompt=WORDS))

    def least(self, offer: Offer) -> float | None:
        """Return the least credits for which a model of the offer does what it is about; None where no one knows."""
        models = [model for name in offer.models if (model := self._catalog.entry(name))]
        return min((price.low for model in models if (price := offer.price(model, self._price)).low > 0), default=None)


def price_of_all(offered: Sequence[AskedPrice]) -> PriceQuote:
    """Return one price from the least to the most of these; the most alone where some may cost next to nothing."""
    low, high = min(one.price.low for one in offered), max(one.price.high for one in offered)
    are_alike = low == high and all(one.price.is_exact for one in offered)
    basis = PriceBasis.EXACT if are_alike else PriceBasis.RANGE if low > 0 else PriceBasis.CEILING
    return PriceQuote(credits=high if are_alike else None, low=low, high=high, ceiling=high, basis=basis)
