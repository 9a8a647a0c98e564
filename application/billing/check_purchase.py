"""Whether a payment that is about to be made may be made."""

from datetime import timedelta
from typing import Final

from attrs import frozen

from application.errors import AlreadySubscribed, PackageChanged
from application.ports.clock import Clock
from application.ports.purchase_store import PurchaseStore
from domain.generation import UserId
from domain.package import Order, PriceList

RENEWED_WITHIN: Final = timedelta(days=1)
"""So near to its end a month may be its own renewal, which is never refused."""


@frozen(kw_only=True)
class CheckPurchase:
    """Old invoices stay in chats for ever: only what is still sold, at the price it is sold for, may be paid.

    For a single payment it asks no store, so it answers at once whatever else is away. The address of a monthly package
    can be paid again: who has the package has it once, or the gateway would renew it twice and know only one of them.
    """

    _prices: PriceList
    _purchases: PurchaseStore
    _clock: Clock

    async def __call__(self, user: UserId, payload: str, stars: int) -> Order:
        """The order.

        Raises:
            PackageChanged: it is sold no more, or at another price.
            AlreadySubscribed: the person has this monthly package, and it is renewed by itself.
            StoreUnavailable: it is not known whether they have it.
        """
        order = Order.read(payload)
        package = self._prices.package(order.package) if order else None
        if order is None or package is None or package.order != order or order.stars != stars:
            raise PackageChanged(payload)
        if order.monthly:
            own = await self._purchases.subscriptions(user, at=self._clock.now() + RENEWED_WITHIN)
            if any(each.package == order.package and not each.is_stopped for each in own):
                raise AlreadySubscribed(order.package)
        return order
