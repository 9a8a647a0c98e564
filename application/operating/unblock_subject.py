"""Let a person or a chat in again."""

import structlog
from attrs import frozen

from application.ports.access_store import AccessStore
from domain.access import Subject

log = structlog.get_logger()


@frozen
class UnblockSubject:
    """The end of a block."""

    _access: AccessStore

    async def __call__(self, subject: Subject) -> bool:
        """False: they were not blocked. Raises ``StoreUnavailable``."""
        was_blocked = await self._access.unblock(subject)
        if was_blocked:
            log.info("subject.unblocked", subject=subject)
        return was_blocked
