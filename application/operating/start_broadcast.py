"""Let a prepared broadcast go."""

import structlog
from attrs import frozen

from application.ports.broadcast_store import BroadcastStore
from domain.broadcast import BroadcastId

log = structlog.get_logger()


@frozen
class StartBroadcast:
    """Any instance may; the leader sends."""

    _store: BroadcastStore

    async def __call__(self, broadcast_id: BroadcastId) -> bool:
        """False: it was started or dropped before, so that a second press sends nothing. Raises ``StoreUnavailable``."""
        is_started = await self._store.start(broadcast_id)
        if is_started:
            log.info("broadcast.started", broadcast_id=broadcast_id)
        return is_started
