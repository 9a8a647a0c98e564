"""What a person agrees to pay before anything begins."""

from attrs import frozen

from application.billing.free_credits import GiveFreeCredits
from application.errors import PriceUnknown
from domain.generation import UserId
from domain.model import ModelId
from domain.package import PriceList
from domain.price import PriceBasis, PriceQuote
from domain.reservation import Reservation, units_of


@frozen(kw_only=True)
class ReserveCredits:
    """Turn the provider's price into what its user reserves. The store writes it with the generation."""

    _prices: PriceList
    _give_free_credits: GiveFreeCredits

    async def __call__(self, user: UserId, model_id: ModelId, price: PriceQuote) -> Reservation:
        """What to hold back: the most the input can cost. What is expected is the price as far as it is known.

        Raises:
            PriceUnknown: there is neither a price nor a ceiling.
            StoreUnavailable: asking again is safe.
        """
        if price.basis is PriceBasis.UNKNOWN and not price.high:
            raise PriceUnknown(model_id)
        await self._give_free_credits(user)
        units_per_credit = self._prices.units_per_credit(model_id)
        units = units_of(price.high, units_per_credit)
        expected = units if price.credits is None else units_of(price.credits, units_per_credit)
        return Reservation(units=units, expected_units=expected, units_per_credit=units_per_credit)
