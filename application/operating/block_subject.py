"""Keep a person or a chat out."""

from collections.abc import Collection

import structlog
from attrs import frozen

from application.audit import Audit
from application.ports.access_store import AccessStore
from application.ports.clock import Clock
from domain.access import Block, Subject
from domain.audit import AuditedAction
from domain.generation import UserId

log = structlog.get_logger()


@frozen(kw_only=True)
class BlockSubject:
    """From now on they get no answer. What they asked for before goes on."""

    _access: AccessStore
    _admins: Collection[UserId]
    _clock: Clock
    _audit: Audit

    async def __call__(self, subject: Subject, reason: str = "", *, by: UserId) -> bool:
        """False: an admin, who can't be blocked. Blocking twice keeps the later reason. Raises ``StoreUnavailable``."""
        if UserId(subject) in self._admins:
            return False
        await self._audit(AuditedAction.BLOCK, by=by, about=subject, details=reason)
        await self._access.block(Block(subject=subject, reason=reason, at=self._clock.now()))
        log.info("subject.blocked", subject=subject)
        return True
