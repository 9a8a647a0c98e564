"""Write a broadcast down and show it to its author."""

import structlog
from attrs import frozen

from application.audit import Audit
from application.ports.announcer import Announcer
from application.ports.broadcast_store import BroadcastStore
from application.ports.clock import Clock
from application.ports.ids import Ids
from domain.audit import AuditedAction
from domain.broadcast import Announcement, Broadcast, BroadcastId
from domain.generation import UserId

log = structlog.get_logger()


@frozen(kw_only=True)
class PrepareBroadcast:
    """No one else gets it yet. A form that the front end refuses is found here, before it goes to anyone."""

    _store: BroadcastStore
    _announcer: Announcer
    _ids: Ids
    _clock: Clock
    _audit: Audit

    async def __call__(self, announcement: Announcement, *, author: UserId, chat: str) -> Broadcast:
        """``chat`` is where the author sees what everybody will see.

        Raises:
            MessageRefused: nothing was written.
            DestinationGone, MessengerUnavailable, DeliveryOutcomeUnknown: as ``Announcer``; nothing was written.
            StoreUnavailable: try again.
        """
        await self._announcer.announce(chat, announcement)
        broadcast = Broadcast(
            id=BroadcastId(self._ids.short_id()),
            author=author,
            announcement=announcement,
            created_at=self._clock.now(),
        )
        await self._audit(AuditedAction.BROADCAST_PREPARE, by=author, about=broadcast.id)
        await self._store.add(broadcast)
        log.info("broadcast.prepared", broadcast_id=broadcast.id)
        return broadcast
