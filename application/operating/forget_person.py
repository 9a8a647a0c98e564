"""Use case: erase everything about one person."""

from collections.abc import Mapping

import structlog
from attrs import frozen

from application.audit import Audit
from application.billing.stop_subscription import StopSubscription
from application.errors import ForgetRefused, StillRunning
from application.ports.ledger import Ledger
from application.ports.person_records import PersonRecords
from application.ports.purchase_store import PurchaseStore
from domain.audit import AuditedAction
from domain.generation import UserId
from domain.ledger import payment_key

log = structlog.get_logger()


@frozen(kw_only=True)
class ForgetPerson:
    """For good. What the person paid and spent stays in the books, without the person.

    Packages that renew are stopped first: the gateway would go on taking payments from a person no one knows. A refund
    must have ended: no one could be given the money back.
    """

    _records: PersonRecords
    _stop_subscription: StopSubscription
    _purchases: PurchaseStore
    _ledger: Ledger
    _audit: Audit

    async def __call__(self, user: UserId, *, by: UserId | None = None) -> Mapping[str, int]:
        """Return how many rows were erased by table. ``by`` None: the person asks.

        Raises:
            StillRunning: a generation of theirs is not at its end; nothing was erased. It is paid for and must be closed first.
            ForgetRefused: ``refund``: one of theirs has not ended; nothing was erased.
            PaymentRefused, GatewayUnavailable: the gateway has not stopped a package; nothing was erased.
            StoreUnavailable: nothing was erased, or everything.
        """
        if running := await self._records.unfinished(user):
            raise StillRunning(running)
        if await self._is_given_back_to(user):
            raise ForgetRefused("refund")
        if by:
            await self._audit(AuditedAction.FORGET, by=by)
        await self._stop_subscription.all_of(user)
        erased = await self._records.erase(user)
        log.info("person.forgotten", rows=sum(erased.values()))
        return erased

    async def _is_given_back_to(self, user: UserId) -> bool:
        """Whether a refund of theirs is under way: asked for, or made and not in the books yet."""
        noted = [payment_key(charge_id) for charge_id in await self._purchases.noted_refunds()]
        found = [*await self._purchases.open_refunds(), *(await self._ledger.find(noted)).values()]
        return any(posted.entry.user == user for posted in found)
