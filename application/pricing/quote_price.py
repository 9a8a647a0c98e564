"""Use cases: say what an input costs and what a person pays for it; and how a price is said, in every front end alike."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import ceil, floor
from typing import Final

from attrs import evolve, field, frozen

from application.ports.model_catalog import ModelCatalog
from application.ports.price_book import BookPrice
from domain.condition import items_at
from domain.model import Model, ModelId
from domain.package import PriceList
from domain.price import Facts, PriceBasis, PriceQuote, Quote, ceiling_of, compile_price, facts_of, file_seconds
from domain.price_feed import FeedPrice, repriced
from domain.price_rule import PriceRule

FEED: Final = "KIE price feed"
SOURCE_UNKNOWN: Final = "the dearest model with such results"
DOLLARS_PER_CREDIT: Final = 0.005
"""What KIE takes for a credit (kie.ai/pricing, 2026-11-29)."""
_NOISE: Final = 6
"""Digits of a credit beyond which a float is not exact."""


@frozen
class QuotePrice:
    """One quote for every input, the same for every door.

    A model without any price is quoted up to what the dearest model of its kind can cost, so that it is never free.
    """

    _catalog: ModelCatalog
    _quotes: dict[ModelId, Quote] = field(factory=dict, init=False, repr=False, eq=False)
    _repriced: dict[ModelId, Model] = field(factory=dict, init=False, repr=False, eq=False)

    def __call__(self, model: Model, values: Mapping[str, object], *, facts: Facts | None = None) -> PriceQuote:
        """Return the price of a normalised input.

        ``facts``: seconds of files by parameter and ``$names`` of price rules; what attached files and earlier tasks say
        themselves is added.
        """
        quote = self._quotes.get(model.id)
        if quote is None:
            quote = self._quotes[model.id] = compile_price(model) or self._unknown(model)
        return quote(values, file_seconds(values) | facts_of(values) | dict(facts or {}))

    def so_far(self, model: Model, values: Mapping[str, object]) -> PriceQuote:
        """Return the price of an input that lacks something; up to the most where it grows with a text that is not there."""
        quote = self(model, values)
        texts = {rule.per.characters_of or rule.per.speech_of for rule in model.prices if rule.per} - {""}
        if not texts or any(items_at(values, path) for path in texts):
            return quote
        return evolve(quote, credits=None, low=0.0, high=quote.ceiling, basis=PriceBasis.CEILING)

    def usual(self, model: Model) -> PriceQuote:
        """Return the price of a model with its usual values, for a list."""
        return self.so_far(model, {})

    def rule(self, model: Model, place: int) -> PriceRule:
        """Return one of the model's price rules as it is quoted now."""
        return self._repriced.get(model.id, model).prices[place]

    def use(self, entries: Iterable[BookPrice]) -> None:
        """Quote by these prices of the book from now on, and by the registry where it has none."""
        by_model: dict[ModelId, list[BookPrice]] = {}
        for entry in entries:
            by_model.setdefault(entry.price.model, []).append(entry)
        self._quotes.clear()
        self._repriced.clear()
        for model_id, of_model in by_model.items():
            model = self._catalog.entry(model_id)
            if model is None or not model.prices:
                continue
            as_of = max(entry.read_at for entry in of_model).date().isoformat()
            newest = repriced(model, _used(of_model), as_of=as_of, source=FEED)
            if quote := compile_price(newest):
                self._quotes[model_id], self._repriced[model_id] = quote, newest

    def _unknown(self, model: Model) -> Quote:
        priced = [one for one in self._catalog.models() if one.is_offered and one.prices]
        alike = [one for one in priced if one.output is model.output] or priced
        ceiling = max([ceiling_of(one) for one in alike], default=0.0)
        unknown = PriceQuote(
            credits=None, low=0.0, high=ceiling, ceiling=ceiling, basis=PriceBasis.UNKNOWN, source=SOURCE_UNKNOWN
        )
        return lambda _values, _facts: unknown


def _used(entries: Iterable[BookPrice]) -> Iterable[FeedPrice]:
    return (evolve(one.price, credits=one.used_credits) for one in entries if one.used_credits is not None)


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

    def so_far(self, model: Model, values: Mapping[str, object]) -> PriceQuote:
        """Return the price of an input that lacks something, in the person's credits."""
        return self._of(model, self._quote.so_far(model, values))

    def usual(self, model: Model) -> PriceQuote:
        """Return the price of a model with its usual values, for a list."""
        return self.so_far(model, {})

    def _of(self, model: Model, quote: PriceQuote) -> PriceQuote:
        factor = self._prices.factor_of(model.id) if self._prices else Decimal(1)
        return quote if factor == 1 else quote.times(factor)


def row_price_text(quote: PriceQuote) -> tuple[str, Mapping[str, object]]:
    """Return what ``price_text`` does, for a row of a list, where there is little room."""
    return in_a_row(price_text(quote))


def in_a_row(text: tuple[str, Mapping[str, object]]) -> tuple[str, Mapping[str, object]]:
    """Return the short form of a price."""
    key, values = text
    return key.replace("price-", "price-row-", 1), values


def price_text(quote: PriceQuote) -> tuple[str, Mapping[str, object]]:
    """Return the key of a text and what fills it: a number, a range, or the most it can be."""
    high = shown_credits(quote.high)
    if quote.basis is PriceBasis.EXACT:
        return credits_text(quote.high)
    if quote.basis is PriceBasis.RANGE and quote.low < quote.high:
        return "price-range", {"low": floor(round(quote.low * 100, _NOISE)) / 100, "high": high}
    return "price-ceiling", {"high": high}


def credits_text(credits_: float) -> tuple[str, Mapping[str, object]]:
    """Return the same for so many credits. What is free has no figures: some of the provider's models cost nothing."""
    return ("price-exact", {"credits": shown_credits(credits_)}) if credits_ else ("price-free", {})


def money_text(quote: PriceQuote) -> str:
    """Return the price in the provider's money: ``$0.21–0.45``. Rounded up where it is the most."""
    high = _dollars(quote.high)
    is_range = quote.basis is PriceBasis.RANGE and quote.low < quote.high
    low = _dollars(quote.low) if is_range else high
    return f"${high}" if low == high else f"${low}–{high}"


def dollars_of(credits_: float) -> str:
    """Return credits in the provider's money."""
    return f"${_dollars(credits_)}"


def _dollars(credits_: float) -> str:
    """To a hundredth of a cent, and at least to the cent."""
    figure = ceil(round(credits_ * DOLLARS_PER_CREDIT * 10_000, _NOISE)) / 10_000
    whole, _, part = f"{figure:.4f}".partition(".")
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}"


def shown_credits(credits_: float) -> float:
    """Return a price to the hundredth, never less than it is."""
    return ceil(round(credits_ * 100, _NOISE)) / 100
