"""What people can buy: so many credits for so many Telegram Stars."""

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from attrs import field, frozen, validators

from domain.reservation import UNITS_PER_CREDIT

MOST_STARS: Final = 10_000
"""The most that one payment takes; for a subscription Telegram says so (Bot API, createInvoiceLink, read 2026-11)."""

_ORDER: Final = re.compile(r"credits:(?P<package>m?\d{1,9}):(?P<units>\d{1,15}):(?P<stars>\d{1,6})")


@frozen(kw_only=True)
class Package:
    """``credits`` and ``bonus`` for ``stars``, once, or every 30 days where it is ``monthly``."""

    credits: int = field(validator=validators.gt(0))
    bonus: int = field(default=0, validator=validators.ge(0))
    stars: int = field(validator=[validators.ge(1), validators.le(MOST_STARS)])
    monthly: bool = False

    @property
    def key(self) -> str:
        """Names the package on buttons and in orders."""
        return f"m{self.credits}" if self.monthly else str(self.credits)

    @property
    def units(self) -> int:
        """What the buyer gets, the bonus included."""
        return (self.credits + self.bonus) * UNITS_PER_CREDIT

    @property
    def order(self) -> "Order":
        """What a buyer of it agrees to."""
        return Order(package=self.key, units=self.units, stars=self.stars)


@frozen(kw_only=True)
class Order:
    """What an invoice sells. It travels with the invoice, so that a payment says by itself what was agreed."""

    package: str
    units: int
    stars: int

    @property
    def monthly(self) -> bool:
        return self.package.startswith("m")

    def write(self) -> str:
        """For the invoice's payload: at most 128 bytes (Bot API, sendInvoice, read 2026-11)."""
        return f"credits:{self.package}:{self.units}:{self.stars}"

    @classmethod
    def read(cls, payload: str) -> "Order | None":
        """The order of a payload; None where it is none of our own."""
        found = _ORDER.fullmatch(payload)
        if found is None:
            return None
        return cls(package=found["package"], units=int(found["units"]), stars=int(found["stars"]))


@frozen(kw_only=True)
class PriceList:
    """What the operator sells, and at what price.

    ``stars_per_credit`` is the price of one credit. A generation costs its user what the provider takes, times the factor
    of its model, or ``factor`` where the model has none of its own.
    """

    stars_per_credit: Decimal
    packages: Sequence[Package] = ()
    factor: Decimal = Decimal(1)
    factors: dict[str, Decimal] = field(factory=dict)

    def units_per_credit(self, model_id: str) -> int:
        """What a user pays for one credit of the provider, in units."""
        return int(self.factor_of(model_id) * UNITS_PER_CREDIT)

    def factor_of(self, model_id: str) -> Decimal:
        """What a user pays for one credit of the provider, in credits: whole thousandths, a started one counted whole."""
        factor = self.factors.get(model_id, self.factor)
        return Decimal(math.ceil(factor * UNITS_PER_CREDIT)) / UNITS_PER_CREDIT

    def package(self, key: str) -> Package | None:
        """The package of that name, as it is sold now."""
        return next((package for package in self.packages if package.key == key), None)

    def units_for(self, stars: int) -> int:
        """What so many Stars are worth, where no order says it."""
        return int(Decimal(stars) / self.stars_per_credit * UNITS_PER_CREDIT)
