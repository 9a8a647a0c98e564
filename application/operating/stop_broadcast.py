"""Stop a broadcast, or drop one that was only prepared."""

import structlog
from attrs import frozen

from application.ports.broadcast_store import BroadcastStore
from domain.broadcast import BroadcastId

log = structlog.get_logger()


@frozen
class StopBroadcast:
    """At most the one person whose message is on its way still gets it."""

    _store: BroadcastStore

    async def __call__(self, broadcast_id: BroadcastId) -> bool:
        """False: it had ended before. Raises ``StoreUnavailable``."""
        is_stopped = await self._store.stop(broadcast_id)
        if is_stopped:
            log.info("broadcast.stopped", broadcast_id=broadcast_id)
        return is_stopped
