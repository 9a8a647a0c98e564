"""Port: events that wait to be sent to programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.webhook_event import EventId, WebhookEvent


class WebhookOutbox(Protocol):
    """The outbox of one bot. Every call is one transaction. Raises ``StoreUnavailable`` like the other stores."""

    async def add(self, event: WebhookEvent, /) -> None:
        """Write the event. An event of this id that was written before stays as it is."""
        ...

    async def due(self, now: datetime, /, *, limit: int, of_one_key: int) -> Sequence[WebhookEvent]:
        """Return events whose time has come, the longest due first, and of each key ``of_one_key`` at most."""
        ...

    async def save(self, event: WebhookEvent, /) -> None:
        """Write when the event is tried next."""
        ...

    async def remove(self, event_id: EventId, /) -> None:
        """Forget an event that arrived or was given up. Removing one that is gone is fine."""
        ...
