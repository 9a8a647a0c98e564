"""How a price is said: which text of every front end fits a quote."""

from collections.abc import Mapping
from math import ceil, floor
from typing import Final

from domain.price import PriceBasis, PriceQuote

DOLLARS_PER_CREDIT: Final = 0.005
"""What KIE takes for a credit (kie.ai/pricing, 2026-11-29)."""
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
