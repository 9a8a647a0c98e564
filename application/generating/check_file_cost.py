"""The cost of an input once its files have been measured, against what was agreed to."""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from application.catalog.validate_input import Validated
from application.generating.fit_files import FileOutsideLimits
from application.pricing.quote_price import QuotePrice
from domain.generation import Generation
from domain.media_fit import LimitBreach, MediaFacts

CENT: Final = 0.01


@frozen
class CheckFileCost:
    """A file may be longer than its sender said, and what it costs then was never shown."""

    _quote: QuotePrice

    def __call__(self, generation: Generation, validated: Validated, found: Mapping[str, Sequence[MediaFacts]]) -> None:
        """Check what a generation costs with files as they were measured, by parameter.

        Raises:
            FileOutsideLimits: it would cost more than was reserved for it.
        """
        agreed = generation.reserved_credits
        seconds = {
            path: sum(facts.seconds or 0.0 for facts in files)
            for path, files in found.items()
            if all(facts.seconds for facts in files)
        }
        if agreed is None or not seconds:
            return
        cost = self._quote(validated.model, validated.input, facts=seconds).high
        if cost > agreed + CENT:
            path = max(seconds, key=lambda each: seconds[each])
            factor = (generation.agreed_credits or agreed) / agreed if agreed else 1.0
            breach = LimitBreach(limit="price", most=agreed * factor, actual=cost * factor)
            raise FileOutsideLimits(path, breach)
