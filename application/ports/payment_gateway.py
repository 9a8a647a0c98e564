"""Port: the outside service that takes money and gives it back."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Protocol

from attrs import frozen

from domain.generation import Destination, UserId
from domain.package import Order
from domain.payment import Transaction


@frozen(kw_only=True)
class Invoice:
    """What a person is asked to pay. The words are in their language: ``title`` up to 32, ``description`` up to 255 characters."""

    order: Order
    title: str
    description: str


class PaymentGateway(Protocol):
    """One way to pay. Payments arrive through the front end that shows the invoices, and go to ``RecordPayment``.

    Any call may raise ``GatewayUnavailable``: it may or may not have been done. Repeating a call is safe.
    """

    async def send_invoice(self, destination: Destination, invoice: Invoice, /) -> None:
        """Show an invoice in a chat. Twice is two invoices, each of which can be paid.

        Raises:
            DestinationGone: the chat can't be reached any more.
        """
        ...

    async def subscription_link(self, invoice: Invoice, /) -> str:
        """The address of an invoice that is paid again every 30 days, until its payer stops it."""
        ...

    async def refund(self, user: UserId, charge_id: str, /) -> bool:
        """Give a payment back whole. False: it had been given back before.

        Raises:
            PaymentRefused: the gateway does not know the payment or will not give it back, now and later.
        """
        ...

    async def stop_renewal(self, user: UserId, charge_id: str, /, *, stopped: bool = True) -> None:
        """Take no further payments for the subscription that began with this payment, or take them again.

        Raises:
            PaymentRefused: there is no such subscription.
        """
        ...

    def transactions(self, *, since: datetime) -> AsyncIterator[Transaction]:
        """The gateway's own record of payments and refunds, from this moment on, in no promised order."""
        ...
