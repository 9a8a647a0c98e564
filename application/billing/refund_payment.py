"""A payment is given back: by the operator, or by the gateway itself."""

from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from typing import Final

import structlog
from attrs import frozen

from application.audit import Audit
from application.errors import GatewayUnavailable, PaymentInUse, PaymentNotFound, PaymentRefused
from application.ports.clock import Clock
from application.ports.ledger import Ledger
from application.ports.metrics import Metrics
from application.ports.payment_gateway import PaymentGateway
from application.ports.purchase_store import PurchaseStore
from domain.audit import AuditedAction
from domain.generation import UserId
from domain.ledger import (
    Balance,
    Entry,
    EntryKind,
    after_all_key,
    payment_key,
    referral_key,
    referral_return_key,
    refund_key,
    returned_key,
)

log = structlog.get_logger()

BY_GATEWAY: Final = "gateway"


class RefundState(StrEnum):
    """How a refund stands. ``asked``: it is in the books, and the gateway has not said yet that it is done."""

    ASKED = "asked"
    GIVEN_BACK = "given_back"
    REFUSED = "refused"


@frozen(kw_only=True)
class Refund:
    """``borne_units`` had been spent already: the operator bears them."""

    charge_id: str
    user: UserId
    stars: int
    units: int
    borne_units: int
    state: RefundState


@frozen(kw_only=True)
class RefundPayment:
    """Take the credits back first, then ask the gateway; the answer is written down when it comes.

    So credits can't be spent while their price is on its way back. A crash or a lost answer leaves a refund that is asked
    for again (``FinishRefunds``), which is safe: the gateway gives a payment back once.
    """

    _ledger: Ledger
    _purchases: PurchaseStore
    _gateway: PaymentGateway
    _clock: Clock
    _metrics: Metrics
    _audit: Audit

    async def __call__(self, charge_id: str, *, by: UserId) -> Refund:
        """How the refund stands. Asking for the same one again changes nothing and says the same, but where the gateway
        refused, it is asked once more.

        Raises:
            PaymentNotFound: the books have no such payment, or its payer was forgotten.
            PaymentInUse: some of it is held back for a generation under way.
            GatewayUnavailable: it had refused, and does not answer now. StoreUnavailable: asking again is safe.
        """
        payment = await self._payment(charge_id)
        await self._audit(AuditedAction.REFUND, by=by, about=payment.user, details=charge_id)
        if await self._purchases.refund_ended(charge_id) is False:
            await self._ask_once_more(payment)
            return await self.finish(charge_id)
        await self._enter(payment, refund_key(charge_id), by=by)
        return await self.finish(charge_id)

    async def note(self, charge_id: str) -> None:
        """The gateway has given the payment back, at our wish or by itself. Safe to repeat. Raises ``StoreUnavailable``.

        Where the payment is not in the books yet, or its credits are held back, ``FinishRefunds`` enters it later.
        """
        await self._purchases.note_refund(charge_id)
        await self._purchases.end_refund(charge_id, given_back=True, at=self._clock.now())
        with suppress(PaymentNotFound, PaymentInUse):
            await self.enter_noted(charge_id)

    async def enter_noted(self, charge_id: str) -> None:
        """Write into the books that the gateway has given the payment back.

        Raises:
            PaymentNotFound, PaymentInUse, StoreUnavailable: as above.
        """
        payment = await self._payment(charge_id)
        returned = await self._ledger.find([returned_key(charge_id)])
        key = after_all_key(charge_id) if returned else refund_key(charge_id)
        await self._enter(payment, key, by=BY_GATEWAY)
        await self._take_bonus(payment)
        await self._purchases.drop_noted_refund(charge_id)

    async def finish(self, charge_id: str) -> Refund:
        """Ask the gateway for a refund that is in the books, unless its answer is known."""
        payment = await self._payment(charge_id)
        ended = await self._purchases.refund_ended(charge_id)
        if ended is None:
            ended = await self._ask(payment)
        state = {True: RefundState.GIVEN_BACK, False: RefundState.REFUSED, None: RefundState.ASKED}[ended]
        return Refund(
            charge_id=charge_id,
            user=payment.user,
            stars=payment.stars or 0,
            units=payment.units,
            borne_units=await self._borne(charge_id),
            state=state,
        )

    async def _payment(self, charge_id: str) -> Entry:
        found = await self._ledger.find([payment_key(charge_id)])
        payment = found.get(payment_key(charge_id))
        if payment is None or not payment.entry.user:
            raise PaymentNotFound(charge_id)
        return payment.entry

    async def _enter(self, payment: Entry, key: str, *, by: str) -> None:
        """Nothing where it is in the books, whatever the person has by now. Raises ``PaymentInUse``."""
        if not await self._ledger.find([key]):
            await self._ledger.post(payment.user, lambda balance: self._entries(payment, balance, key, by=by))

    def _entries(self, payment: Entry, balance: Balance, key: str, *, by: str) -> Sequence[Entry]:
        """The refund, and before it what the operator bears of it because it was spent.

        A refund that was refused and is made after all takes away what was returned to the person.
        """
        lacking = max(payment.units - balance.units, 0)
        if lacking and balance.reserved:
            raise PaymentInUse(payment.reference)
        is_first = key == refund_key(payment.reference)
        refund = Entry(
            user=payment.user,
            kind=EntryKind.REFUND if is_first else EntryKind.CORRECTION,
            units=-payment.units,
            key=key,
            reference=payment.reference,
            by=by,
            stars=-(payment.stars or 0) if is_first else None,
            at=self._clock.now(),
        )
        borne = Entry(
            user=payment.user,
            kind=EntryKind.CORRECTION,
            units=lacking,
            key=_borne_key(payment.reference) if is_first else f"{key}:borne",
            reference=payment.reference,
            by=by,
            at=self._clock.now(),
        )
        return [borne, refund] if lacking else [refund]

    async def _ask(self, payment: Entry) -> bool | None:
        charge_id = payment.reference
        try:
            await self._stop_renewal(payment)
            is_first = await self._gateway.refund(payment.user, charge_id)
        except GatewayUnavailable as error:
            log.warning("refund.not_answered", charge_id=charge_id, reason=str(error))
            return None
        except PaymentRefused as error:
            log.warning("refund.refused", charge_id=charge_id, reason=str(error))
            await self._take_back(payment)
            await self._purchases.end_refund(charge_id, given_back=False, at=self._clock.now())
            return False
        await self._take_bonus(payment)
        await self._purchases.end_refund(charge_id, given_back=True, at=self._clock.now())
        log.info("refund.given_back", charge_id=charge_id, is_first=is_first)
        self._metrics.count("payment_refunded")
        return True

    async def _ask_once_more(self, payment: Entry) -> None:
        """The credits are with the person since the gateway refused. They go when it has agreed, as in a refund of its own."""
        try:
            await self._stop_renewal(payment)
            await self._gateway.refund(payment.user, payment.reference)
        except PaymentRefused as error:
            log.warning("refund.refused", charge_id=payment.reference, reason=str(error))
        else:
            await self.note(payment.reference)
            log.info("refund.given_back", charge_id=payment.reference, is_first=False)
            self._metrics.count("payment_refunded")

    async def _stop_renewal(self, payment: Entry) -> None:
        """Who has their money back for a month is not asked for the next one. Raises ``GatewayUnavailable``."""
        for own in await self._purchases.subscriptions(payment.user, at=self._clock.now()):
            if own.is_stopped or payment.reference not in {own.charge_id, own.last_charge_id}:
                continue
            try:
                await self._gateway.stop_renewal(payment.user, own.charge_id)
            except PaymentRefused as error:  # it may still renew, so it is not shown as stopped
                log.warning("refund.renewal_not_stopped", charge_id=own.charge_id, reason=str(error))
            else:
                await self._purchases.mark_stopped(payment.user, own.package, stopped=True)

    async def _take_bonus(self, payment: Entry) -> None:
        """The bonus that the payment brought to who invited its payer goes with it, as far as it is not spent."""
        key = referral_key(payment.user)
        found = (await self._ledger.find([key])).get(key)
        if found is None or found.entry.by != payment.key or not found.entry.user:
            return
        bonus = found.entry

        def taken(balance: Balance) -> Sequence[Entry]:
            back = Entry(
                user=bonus.user,
                kind=EntryKind.CORRECTION,
                units=-min(bonus.units, balance.units),
                key=referral_return_key(payment.user),
                reference="referral",
                at=self._clock.now(),
            )
            return [back] if back.units else []

        await self._ledger.post(bonus.user, taken)

    async def _take_back(self, payment: Entry) -> None:
        """The money stays with us, so the credits go back to the person."""
        units = payment.units - await self._borne(payment.reference)
        await self._ledger.add(
            Entry(
                user=payment.user,
                kind=EntryKind.CORRECTION,
                units=units,
                key=returned_key(payment.reference),
                reference=payment.reference,
                at=self._clock.now(),
            )
        )

    async def _borne(self, charge_id: str) -> int:
        found = await self._ledger.find([_borne_key(charge_id)])
        return found[_borne_key(charge_id)].entry.units if found else 0


def _borne_key(charge_id: str) -> str:
    return f"refund-borne:{charge_id}"


@frozen
class FinishRefunds:
    """Ask again for refunds whose answer was lost, and enter those that the gateway made by itself."""

    _purchases: PurchaseStore
    _refund: RefundPayment

    async def __call__(self) -> int:
        """How many are still open. Raises ``StoreUnavailable``."""
        still_open = 0
        for posted in await self._purchases.open_refunds():
            try:
                refund = await self._refund.finish(posted.entry.reference)
            except PaymentNotFound:
                still_open += 1
            else:
                still_open += refund.state is RefundState.ASKED
        for charge_id in await self._purchases.noted_refunds():
            try:
                await self._refund.enter_noted(charge_id)
            except PaymentInUse:
                still_open += 1
            except PaymentNotFound:
                continue  # may still come; ``Reconcile`` names it meanwhile
        return still_open
