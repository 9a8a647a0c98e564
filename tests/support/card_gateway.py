"""A second way to pay: a pretended card provider, and the gateway that speaks to it. The example of docs/billing.md.

The provider knows nothing of Stars: it takes cents, names payments itself and repeats nothing that has an idempotency key.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from itertools import count
from typing import Final

from attrs import define, field, frozen

from adapters.memory.trouble import Script
from application.errors import PaymentRefused
from application.ports.clock import Clock
from application.ports.payment_gateway import Invoice
from domain.generation import Destination, UserId
from domain.package import Order
from domain.payment import Payment, Transaction

CENTS_PER_STAR: Final = 2
"""What a Star is worth here: prices are kept in Stars, whichever provider takes the money."""


@define
class CardPayment:
    """A line of the provider's own records."""

    id: str
    customer: str
    cents: int
    metadata: str
    at: datetime
    plan: str = ""
    is_cancelled: bool = False
    refunded_at: datetime | None = None


@define
class CardProvider:
    """The provider's side: pages to pay on, payments, refunds, plans."""

    clock: Clock
    on_call: Script = field(init=False)
    pages: dict[str, tuple[int, str]] = field(factory=dict)
    payments: dict[str, CardPayment] = field(factory=dict)
    refuses_refunds: bool = False
    _numbers: "count[int]" = field(factory=lambda: count(1))

    def __attrs_post_init__(self) -> None:
        self.on_call = Script(self.clock)

    def page(self, cents: int, metadata: str) -> str:
        """An address on which a card is charged."""
        address = f"https://cards.example/pay/{next(self._numbers)}"
        self.pages[address] = cents, metadata
        return address

    def pay(self, address: str, customer: str, plan: str = "") -> CardPayment:
        """Someone gives their card."""
        cents, metadata = self.pages[address]
        paid = CardPayment(f"ch_{next(self._numbers)}", customer, cents, metadata, self.clock.now(), plan)
        self.payments[paid.id] = paid
        return paid


@frozen
class CardGateway:
    """``PaymentGateway`` in cards. ``shown`` is where the front end puts the address of a page."""

    _provider: CardProvider
    shown: list[tuple[Destination, str]] = field(factory=list)

    async def send_invoice(self, destination: Destination, invoice: Invoice, /) -> None:
        async with self._provider.on_call.around():
            self.shown.append((destination, self._page(invoice)))

    async def subscription_link(self, invoice: Invoice, /) -> str:
        async with self._provider.on_call.around():
            return self._page(invoice)

    async def refund(self, user: UserId, charge_id: str, /) -> bool:
        async with self._provider.on_call.around():
            paid = self._payment(user, charge_id)
            if paid.refunded_at:
                return False
            if self._provider.refuses_refunds:
                raise PaymentRefused("the card is closed")
            paid.refunded_at = self._provider.clock.now()
            return True

    async def stop_renewal(self, user: UserId, charge_id: str, /, *, stopped: bool = True) -> None:
        async with self._provider.on_call.around():
            paid = self._payment(user, charge_id)
            if not paid.plan:
                raise PaymentRefused("no plan")
            paid.is_cancelled = stopped

    async def transactions(self, *, since: datetime) -> AsyncIterator[Transaction]:
        async with self._provider.on_call.around():
            payments = list(self._provider.payments.values())
        for paid in payments:
            for cents, at in ((paid.cents, paid.at), (-paid.cents, paid.refunded_at)):
                if at and at >= since:
                    yield Transaction(
                        charge_id=paid.id,
                        stars=cents // CENTS_PER_STAR,
                        at=at,
                        user=UserId(paid.customer),
                        payload=paid.metadata,
                    )

    def received(self, paid: CardPayment) -> Payment:
        """What the provider's webhook brings, as ``RecordPayment`` takes it."""
        return Payment(
            user=UserId(paid.customer),
            charge_id=paid.id,
            stars=paid.cents // CENTS_PER_STAR,
            order=Order.read(paid.metadata),
            at=paid.at,
        )

    def _page(self, invoice: Invoice) -> str:
        return self._provider.page(invoice.order.stars * CENTS_PER_STAR, invoice.order.write())

    def _payment(self, user: UserId, charge_id: str) -> CardPayment:
        paid = self._provider.payments.get(charge_id)
        if paid is None or paid.customer != user:
            raise PaymentRefused("no such payment")
        return paid
