"""Let a person or a chat in again."""

import structlog
from attrs import frozen

from application.audit import Audit
from application.ports.access_store import AccessStore
from domain.access import Subject
from domain.audit import AuditedAction
from domain.generation import UserId

log = structlog.get_logger()


@frozen
class UnblockSubject:
    """The end of a block."""

    _access: AccessStore
    _audit: Audit

    async def __call__(self, subject: Subject, *, by: UserId) -> bool:
        """False: they were not blocked. Raises ``StoreUnavailable``."""
        await self._audit(AuditedAction.UNBLOCK, by=by, about=subject)
        was_blocked = await self._access.unblock(subject)
        if was_blocked:
            log.info("subject.unblocked", subject=subject)
        return was_blocked
