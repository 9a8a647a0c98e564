"""How a price is said: which text of every front end fits a quote."""

from collections.abc import Mapping

from domain.price import PriceBasis, PriceQuote


def row_price_text(quote: PriceQuote) -> tuple[str, Mapping[str, object]]:
    """Return the same for a row of a list, where there is little room."""
    key, values = price_text(quote)
    return key.replace("price-", "price-row-", 1), values


def price_text(quote: PriceQuote) -> tuple[str, Mapping[str, object]]:
    """Return the key of a text and what fills it: a number, a range, or the most it can be."""
    if quote.basis is PriceBasis.EXACT:
        return "price-exact", {"credits": quote.high}
    if quote.basis is PriceBasis.RANGE and quote.low < quote.high:
        return "price-range", {"low": quote.low, "high": quote.high}
    return "price-ceiling", {"high": quote.high}
