"""Stop a broadcast, or drop one that was only prepared."""

import structlog
from attrs import frozen

from application.audit import Audit
from application.ports.broadcast_store import BroadcastStore
from domain.audit import AuditedAction
from domain.broadcast import BroadcastId
from domain.generation import UserId

log = structlog.get_logger()


@frozen
class StopBroadcast:
    """At most the one person whose message is on its way still gets it."""

    _store: BroadcastStore
    _audit: Audit

    async def __call__(self, broadcast_id: BroadcastId, *, by: UserId) -> bool:
        """False: it had ended before. Raises ``StoreUnavailable``."""
        await self._audit(AuditedAction.BROADCAST_STOP, by=by, about=broadcast_id)
        is_stopped = await self._store.stop(broadcast_id)
        if is_stopped:
            log.info("broadcast.stopped", broadcast_id=broadcast_id)
        return is_stopped
