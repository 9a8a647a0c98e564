"""Use case: erase everything about one person."""

from collections.abc import Mapping

import structlog
from attrs import frozen

from application.audit import Audit
from application.billing.stop_subscription import StopSubscription
from application.errors import StillRunning
from application.ports.person_records import PersonRecords
from domain.audit import AuditedAction
from domain.generation import UserId

log = structlog.get_logger()


@frozen
class ForgetPerson:
    """For good. What the person paid and spent stays in the books, without the person.

    Packages that renew are stopped first: the gateway would go on taking payments from a person no one knows.
    """

    _records: PersonRecords
    _stop_subscription: StopSubscription
    _audit: Audit

    async def __call__(self, user: UserId, *, by: UserId | None = None) -> Mapping[str, int]:
        """Return how many rows were erased by table. ``by`` None: the person asks.

        Raises:
            StillRunning: a generation of theirs is not at its end; nothing was erased. It is paid for and must be closed first.
            PaymentRefused, GatewayUnavailable: the gateway has not stopped a package; nothing was erased.
            StoreUnavailable: nothing was erased, or everything.
        """
        if running := await self._records.unfinished(user):
            raise StillRunning(running)
        if by:
            await self._audit(AuditedAction.FORGET, by=by)
        await self._stop_subscription.all_of(user)
        erased = await self._records.erase(user)
        log.info("person.forgotten", rows=sum(erased.values()))
        return erased
