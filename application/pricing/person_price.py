"""Use case: say what a person pays for an input."""

from collections.abc import Mapping
from decimal import Decimal

from attrs import frozen

from application.pricing.quote_price import QuotePrice
from domain.model import Model
from domain.package import PriceList
from domain.price import PriceQuote


@frozen
class PersonPrice:
    """The provider's price times the factor of the model: what people are shown, agree to and reserve.

    Where people pay nothing there is no price list, and they are shown the provider's price.
    """

    _quote: QuotePrice
    _prices: PriceList | None = None

    def __call__(self, model: Model, values: Mapping[str, object]) -> PriceQuote:
        """Return the price of a normalised input, in the person's credits."""
        return self._of(model, self._quote(model, values))

    def usual(self, model: Model) -> PriceQuote:
        """Return the price of a model with its usual values, for a list."""
        return self._of(model, self._quote.usual(model))

    def _of(self, model: Model, quote: PriceQuote) -> PriceQuote:
        factor = self._prices.factor_of(model.id) if self._prices else Decimal(1)
        return quote if factor == 1 else quote.times(factor)
