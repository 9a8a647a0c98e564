"""Let a prepared broadcast go."""

import structlog
from attrs import frozen

from application.audit import Audit
from application.ports.broadcast_store import BroadcastStore
from domain.audit import AuditedAction
from domain.broadcast import BroadcastId
from domain.generation import UserId

log = structlog.get_logger()


@frozen
class StartBroadcast:
    """Any instance may; the leader sends."""

    _store: BroadcastStore
    _audit: Audit

    async def __call__(self, broadcast_id: BroadcastId, *, by: UserId) -> bool:
        """False: it was started or dropped before, so that a second press sends nothing. Raises ``StoreUnavailable``."""
        await self._audit(AuditedAction.BROADCAST_START, by=by, about=broadcast_id)
        is_started = await self._store.start(broadcast_id)
        if is_started:
            log.info("broadcast.started", broadcast_id=broadcast_id)
        return is_started
