"""The cost of an input once its files have been measured, against what was agreed to."""

from collections.abc import Mapping
from math import inf
from typing import Final

from attrs import frozen

from application.generating.fit_files import FileOutsideLimits
from application.pricing.quote_price import QuotePrice
from domain.generation import Generation
from domain.media import MediaKind, files_of
from domain.media_fit import LimitBreach
from domain.model import Model
from domain.price import Length, file_seconds, priced_files

CENT: Final = 0.01
PRICE: Final = "price"
PRICE_OF_UNREAD_LENGTH: Final = "price_of_unread_length"
COSTS_MORE: Final = frozenset({PRICE, PRICE_OF_UNREAD_LENGTH})
"""Names of the limits that a file breaks where it costs more than was agreed to."""


@frozen
class CheckFileCost:
    """A file may be longer or larger than its sender said, and what it costs then was never shown.

    A length that cannot be read may be any: then the sender's word does not bound the cost either.
    """

    _quote: QuotePrice

    def __call__(self, generation: Generation, model: Model, measured: Mapping[str, object]) -> None:
        """Check what a generation costs with its files as they were measured.

        Raises:
            FileOutsideLimits: it would cost more than was reserved for it, or might.
        """
        agreed = generation.reserved_credits
        names = [name for name in priced_files(model) if any(files_of(measured.get(name)))]
        if agreed is None or not names:
            return
        cost = self._quote(model, measured).high
        if cost > agreed + CENT:
            lengths = {name: _seconds(model, name, measured) for name in names}
            path = max(names, key=lambda name: inf if (known := lengths[name]) is None else known)
            factor = (generation.agreed_credits or agreed) / agreed if agreed else 1.0
            limit = PRICE_OF_UNREAD_LENGTH if lengths[path] is None else PRICE
            raise FileOutsideLimits(path, LimitBreach(limit=limit, most=agreed * factor, actual=cost * factor))


def _seconds(model: Model, name: str, measured: Mapping[str, object]) -> float | None:
    """How long the files of a parameter last together; None where that cannot be read. Pictures last no time."""
    length = file_seconds(measured).get(name)
    if isinstance(length, Length):
        return length.seconds
    return 0.0 if model.parameters[name].media is MediaKind.IMAGE else None
