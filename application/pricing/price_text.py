"""How a price is said: which text of every front end fits a quote."""

from collections.abc import Mapping
from math import ceil, floor
from typing import Final

from domain.price import PriceBasis, PriceQuote

_NOISE: Final = 6
"""Digits of a credit beyond which a float is not exact."""


def row_price_text(quote: PriceQuote) -> tuple[str, Mapping[str, object]]:
    """Return the same for a row of a list, where there is little room."""
    key, values = price_text(quote)
    return key.replace("price-", "price-row-", 1), values


def price_text(quote: PriceQuote) -> tuple[str, Mapping[str, object]]:
    """Return the key of a text and what fills it: a number, a range, or the most it can be."""
    high = shown_credits(quote.high)
    if quote.basis is PriceBasis.EXACT:
        return "price-exact", {"credits": high}
    if quote.basis is PriceBasis.RANGE and quote.low < quote.high:
        return "price-range", {"low": floor(round(quote.low * 100, _NOISE)) / 100, "high": high}
    return "price-ceiling", {"high": high}


def shown_credits(credits_: float) -> float:
    """Return a price to the hundredth, never less than it is."""
    return ceil(round(credits_ * 100, _NOISE)) / 100
