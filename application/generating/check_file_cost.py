"""The cost of an input once its files have been measured, against what was agreed to."""

from collections.abc import Mapping, Sequence
from math import inf
from typing import Final

from attrs import evolve, frozen

from application.catalog.validate_input import Validated
from application.generating.fit_files import FileOutsideLimits
from application.pricing.quote_price import QuotePrice
from domain.generation import Generation
from domain.media import Attachment
from domain.media_fit import LimitBreach, MediaFacts
from domain.price import compile_output_side

CENT: Final = 0.01


@frozen
class CheckFileCost:
    """A file may be longer or larger than its sender said, and what it costs then was never shown.

    A length that cannot be read may be any: then the sender's word does not bound the cost either.
    """

    _quote: QuotePrice

    def __call__(self, generation: Generation, validated: Validated, found: Mapping[str, Sequence[MediaFacts]]) -> None:
        """Check what a generation costs with files as they were measured, by parameter.

        Raises:
            FileOutsideLimits: it would cost more than was reserved for it, or might.
        """
        agreed = generation.reserved_credits
        if agreed is None:
            return
        lengths = {path: _seconds(files) for path, files in found.items() if not _are_pictures(files)}
        counts_sides = bool(found) and compile_output_side(validated.model) is not None
        if not lengths and not counts_sides:
            return
        cost = self._quote(validated.model, _as_measured(validated.input, found), facts=lengths).high
        if cost > agreed + CENT:
            path = max(lengths or found, key=lambda each: inf if (known := lengths.get(each)) is None else known)
            factor = (generation.agreed_credits or agreed) / agreed if agreed else 1.0
            limit = "price_of_unread_length" if lengths and lengths[path] is None else "price"
            raise FileOutsideLimits(path, LimitBreach(limit=limit, most=agreed * factor, actual=cost * factor))


def _as_measured(values: Mapping[str, object], found: Mapping[str, Sequence[MediaFacts]]) -> Mapping[str, object]:
    """Return the input with the sides of single files as they were measured; None where they cannot be read."""
    measured = dict(values)
    for name, value in values.items():
        if isinstance(value, Attachment) and found.get(name):
            measured[name] = evolve(value, width=found[name][0].width, height=found[name][0].height)
    return measured


def _seconds(files: Sequence[MediaFacts]) -> float | None:
    """How long the files last together; None where that cannot be read of each."""
    lengths = [facts.seconds for facts in files]
    return None if None in lengths or 0 in lengths else sum(one or 0.0 for one in lengths)


def _are_pictures(files: Sequence[MediaFacts]) -> bool:
    return all(facts.mime.startswith("image/") for facts in files)
