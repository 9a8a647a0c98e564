"""Make an invite."""

from datetime import timedelta
from typing import Final

import structlog
from attrs import frozen

from application.audit import Audit
from application.ports.access_store import AccessStore
from application.ports.clock import Clock
from application.ports.ids import Ids
from domain.access import Invite
from domain.audit import AuditedAction
from domain.generation import UserId

VALID_FOR: Final = timedelta(days=7)
USES_AT_MOST: Final = 1000

log = structlog.get_logger()


@frozen(kw_only=True)
class CreateInvite:
    """For as many people as said, within a week."""

    _access: AccessStore
    _ids: Ids
    _clock: Clock
    _audit: Audit

    async def __call__(self, uses: int = 1, *, by: UserId) -> Invite:
        """``uses`` beyond 1 to ``USES_AT_MOST`` are cut. Raises ``StoreUnavailable``."""
        uses = min(max(uses, 1), USES_AT_MOST)
        invite = Invite(token=self._ids.secret(), uses=uses, expires_at=self._clock.now() + VALID_FOR)
        await self._audit(AuditedAction.INVITE, by=by, details=str(uses))
        await self._access.add_invite(invite)
        log.info("invite.created", uses=uses)
        return invite
