"""Money has come in: write it down before the person is thanked."""

from typing import Final

import structlog
from attrs import frozen

from application.leading.repeat import until_store_answers
from application.ports.clock import Clock
from application.ports.ledger import Ledger
from application.ports.metrics import Metrics
from application.ports.purchase_store import PurchaseStore
from domain.generation import UserId
from domain.ledger import SELF, Entry, EntryKind, payment_key, referral_key
from domain.package import PriceList
from domain.payment import Payment, Subscription

log = structlog.get_logger()

PATIENCE_S: Final = 20.0
"""For so long a payment is offered to a store that stumbles; then its update comes again."""


@frozen(kw_only=True)
class RecordPayment:
    """A payment gives credits once, however often it is reported, by whichever instance.

    What was agreed counts: a package whose price has changed since gives what its invoice said. A payment that names no
    order of our own gives what its Stars are worth. No one who has paid is turned away, whatever else they may not do.
    """

    _ledger: Ledger
    _purchases: PurchaseStore
    _prices: PriceList
    _clock: Clock
    _metrics: Metrics
    _referral_units: int = 0

    async def __call__(self, payment: Payment) -> Entry:
        """The entry that is in the books now.

        Raises:
            StoreUnavailable: it may not be written; it must be reported again.
        """
        return await until_store_answers(lambda: self._record(payment), clock=self._clock, for_s=PATIENCE_S)

    async def _record(self, payment: Payment) -> Entry:
        entry = Entry(
            user=payment.user,
            kind=EntryKind.PAYMENT,
            units=self._units(payment),
            key=payment_key(payment.charge_id),
            reference=payment.charge_id,
            by=SELF,
            stars=payment.stars,
            at=payment.at,
        )
        if await self._ledger.add(entry):
            log.info("payment.recorded", charge_id=payment.charge_id, stars=payment.stars, units=entry.units)
            self._metrics.count("payment_recorded")
        elif payment.order is None:  # credited by the price of its day, which may not be today's
            entry = (await self._ledger.find([entry.key]))[entry.key].entry
        inviter = None
        if subscription := _subscription(payment):
            inviter = await self._purchases.note_subscription(subscription, begins=payment.begins)
        elif self._referral_units:
            inviter = await self._purchases.inviter_of(payment.user)
        if inviter and self._referral_units:
            await self._thank(inviter, payment)
        return entry

    def _units(self, payment: Payment) -> int:
        if payment.order and payment.order.stars == payment.stars:
            return payment.order.units
        log.warning("payment.without_order", charge_id=payment.charge_id, stars=payment.stars)
        return self._prices.units_for(payment.stars)

    async def _thank(self, inviter: UserId, payment: Payment) -> None:
        bonus = Entry(
            user=inviter,
            kind=EntryKind.GRANT,
            units=self._referral_units,
            key=referral_key(payment.user),
            reference="referral",
            by=payment_key(payment.charge_id),
            at=payment.at,
        )
        await self._ledger.add(bonus)


def _subscription(payment: Payment) -> Subscription | None:
    if not (payment.paid_until and payment.order and payment.order.monthly):
        return None
    return Subscription(
        user=payment.user,
        package=payment.order.package,
        charge_id=payment.charge_id,
        last_charge_id=payment.charge_id,
        paid_until=payment.paid_until,
    )
