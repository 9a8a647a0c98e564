"""A payment that never reached the books is entered by the gateway's own record."""

from attrs import frozen

from application.audit import Audit
from application.billing.reconcile import BEGINNING
from application.billing.record_payment import RecordPayment
from application.errors import PaymentNotFound
from application.ports.payment_gateway import PaymentGateway
from domain.audit import AuditedAction
from domain.generation import UserId
from domain.ledger import Entry
from domain.package import Order
from domain.payment import Payment


@frozen(kw_only=True)
class EnterPayment:
    """For the operator, who reads of it in the comparison. Its report may have been lost while the service was away for days.

    The gateway's record names no period: a monthly payment gives its credits, and its next renewal is known when it comes.
    """

    _gateway: PaymentGateway
    _record: RecordPayment
    _audit: Audit

    async def __call__(self, charge_id: str, *, by: UserId) -> Entry:
        """The entry that is in the books now, whether or not it was there before.

        Raises:
            PaymentNotFound: the gateway has no such payment, or does not say whose it is.
            GatewayUnavailable, StoreUnavailable: asking again is safe.
        """
        async for line in self._gateway.transactions(since=BEGINNING):
            if line.charge_id == charge_id and line.stars > 0 and line.user:
                payment = Payment(
                    user=line.user,
                    charge_id=charge_id,
                    stars=line.stars,
                    order=Order.read(line.payload),
                    at=line.at,
                )
                await self._audit(AuditedAction.GRANT, by=by, about=line.user, details=charge_id)
                return await self._record(payment)
        raise PaymentNotFound(charge_id)
