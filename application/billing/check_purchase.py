"""Whether a payment that is about to be made may be made."""

from attrs import frozen

from application.errors import PackageChanged
from domain.package import Order, PriceList


@frozen
class CheckPurchase:
    """Old invoices stay in chats for ever: only what is still sold, at the price it is sold for, may be paid.

    It asks no store, so it answers at once whatever else is away.
    """

    _prices: PriceList

    def __call__(self, payload: str, stars: int) -> Order:
        """The order.

        Raises:
            PackageChanged: it is sold no more, or at another price.
        """
        order = Order.read(payload)
        package = self._prices.package(order.package) if order else None
        if order is None or package is None or package.order != order or order.stars != stars:
            raise PackageChanged(payload)
        return order
