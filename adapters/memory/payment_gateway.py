"""A payment gateway that takes pretended money."""

from collections.abc import AsyncIterator
from datetime import datetime

from attrs import define

from adapters.memory.trouble import Script
from application.errors import PaymentRefused
from application.ports.clock import Clock
from application.ports.payment_gateway import Invoice
from domain.generation import Destination, UserId
from domain.payment import Payment, Transaction


@define
class _Taken:
    payment: Payment
    is_refunded: bool = False
    is_stopped: bool = False


class InMemoryPaymentGateway:
    """``PaymentGateway`` for tests. ``pay`` is what a person does; ``on_…`` are scripts of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.on_refund = Script(clock)
        self.on_call = Script(clock)
        self.invoices: list[tuple[Destination, Invoice]] = []
        self.links: dict[str, Invoice] = {}
        self.lines: list[Transaction] = []
        self._clock = clock
        self._taken: dict[str, _Taken] = {}

    def pay(self, user: UserId, invoice: Invoice, *, paid_until: datetime | None = None) -> Payment:
        """A person pays an invoice."""
        payment = Payment(
            user=user,
            charge_id=f"charge{len(self._taken) + 1}",
            stars=invoice.order.stars,
            order=invoice.order,
            at=self._clock.now(),
            paid_until=paid_until,
        )
        self._taken[payment.charge_id] = _Taken(payment)
        self._enter(payment, payment.stars)
        return payment

    def is_stopped(self, charge_id: str) -> bool:
        """Whether a subscription is renewed no more."""
        return self._taken[charge_id].is_stopped

    async def send_invoice(self, destination: Destination, invoice: Invoice, /) -> None:
        async with self.on_call.around():
            self.invoices.append((destination, invoice))

    async def subscription_link(self, invoice: Invoice, /) -> str:
        async with self.on_call.around():
            link = f"https://pay.example/{len(self.links) + 1}"
            self.links[link] = invoice
            return link

    async def refund(self, user: UserId, charge_id: str, /) -> bool:
        async with self.on_refund.around():
            taken = self._of(user, charge_id)
            if taken.is_refunded:
                return False
            taken.is_refunded = True
            self._enter(taken.payment, -taken.payment.stars)
            return True

    async def stop_renewal(self, user: UserId, charge_id: str, /, *, stopped: bool = True) -> None:
        async with self.on_call.around():
            taken = self._of(user, charge_id)
            if taken.payment.paid_until is None:
                raise PaymentRefused("no subscription")
            taken.is_stopped = stopped

    async def transactions(self, *, since: datetime) -> AsyncIterator[Transaction]:
        async with self.on_call.around():
            found = [line for line in self.lines if line.at >= since]
        for line in found:
            yield line

    def _of(self, user: UserId, charge_id: str) -> _Taken:
        taken = self._taken.get(charge_id)
        if taken is None or taken.payment.user != user:
            raise PaymentRefused("no such payment")
        return taken

    def _enter(self, payment: Payment, stars: int) -> None:
        payload = payment.order.write() if payment.order else ""
        self.lines.append(
            Transaction(
                charge_id=payment.charge_id, stars=stars, at=self._clock.now(), user=payment.user, payload=payload
            )
        )
