"""What a generation costs when its task is created, against what was agreed to."""

from collections.abc import Mapping
from math import inf
from typing import Final

from attrs import frozen

from application.generating.fit_files import FileOutsideLimits
from application.pricing.quote_price import QuotePrice
from domain.failure import PRICE, PRICE_OF_UNREAD_LENGTH, PRICE_TODAY
from domain.generation import Generation
from domain.media import MediaKind, files_of
from domain.media_fit import LimitBreach
from domain.model import Model
from domain.price import Length, file_seconds, priced_files

CENT: Final = 0.01


@frozen
class CheckCost:
    """A file may be longer or larger than its sender said, and a price may rise while a generation waits for its turn: what it
    costs then was never shown.

    A length that cannot be read may be any: then the sender's word does not bound the cost either.
    """

    _quote: QuotePrice

    def __call__(self, generation: Generation, model: Model) -> None:
        """Check what a generation, whose files are measured, costs by today's price.

        Raises:
            FileOutsideLimits: it would cost more than was reserved for it, or might. ``path`` is empty where no file is the reason.
        """
        agreed = generation.reserved_credits
        cost = self._quote(model, generation.input).high
        if agreed is None or cost <= agreed + CENT:
            return
        path, limit = _reason(model, generation.input)
        factor = (generation.agreed_credits or agreed) / agreed if agreed else 1.0
        raise FileOutsideLimits(path, LimitBreach(limit=limit, most=agreed * factor, actual=cost * factor))


def _reason(model: Model, measured: Mapping[str, object]) -> tuple[str, str]:
    """The parameter whose file the cost is put down to, and the name of the limit; no parameter where no file counts."""
    names = [name for name in priced_files(model) if any(files_of(measured.get(name)))]
    if not names:
        return "", PRICE_TODAY
    lengths = {name: _seconds(model, name, measured) for name in names}
    path = max(names, key=lambda name: inf if (known := lengths[name]) is None else known)
    return path, PRICE_OF_UNREAD_LENGTH if lengths[path] is None else PRICE


def _seconds(model: Model, name: str, measured: Mapping[str, object]) -> float | None:
    """How long the files of a parameter last together; None where that cannot be read. Pictures last no time."""
    length = file_seconds(measured).get(name)
    if isinstance(length, Length):
        return length.seconds
    return 0.0 if model.parameters[name].media is MediaKind.IMAGE else None
