"""What a person agrees to pay for one generation, in whole thousandths of a credit."""

import math
from decimal import Decimal
from typing import Final

from attrs import frozen

UNITS_PER_CREDIT: Final = 1000
"""A unit is a thousandth of a credit."""


@frozen(kw_only=True)
class Reservation:
    """What is held back for one generation, as agreed when it was requested.

    ``units`` is the most its user pays. ``expected_units`` is what they pay where the provider never says what it took.
    ``units_per_credit`` is the user's price of one credit of the provider.
    """

    units: int
    expected_units: int
    units_per_credit: int = UNITS_PER_CREDIT

    def charge(self, credits: float | None) -> int:  # noqa: A002  # the field's word
        """Units to pay for a task that took so many credits of the provider; None: it did not say."""
        asked = self.expected_units if credits is None else units_of(credits, self.units_per_credit)
        return min(asked, self.units)

    def overrun(self, credits: float | None) -> int:  # noqa: A002  # the field's word
        """Units beyond the agreed ceiling, which the operator bears."""
        return 0 if credits is None else max(units_of(credits, self.units_per_credit) - self.units, 0)


def units_of(credits: float | Decimal, units_per_credit: int = UNITS_PER_CREDIT) -> int:  # noqa: A002  # the field's word
    """Credits in units, a started unit counted as a whole one.

    The provider sums in binary fractions: 0.30000000000000004 is 0.3. Fifteen digits are what such a number holds, and
    what the database reads of it.
    """
    exact = credits if isinstance(credits, Decimal) else Decimal(f"{credits:.15g}")
    return math.ceil(exact * units_per_credit)


def credits_of(units: int) -> int | Decimal:
    """Units in credits: a whole number where it is one, else without needless digits (``Decimal('12.5')``)."""
    whole, rest = divmod(units, UNITS_PER_CREDIT)
    return (Decimal(units) / UNITS_PER_CREDIT).normalize() if rest else whole
