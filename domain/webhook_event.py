"""Something that a program is informed about by a webhook."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, NewType

from attrs import evolve, field, frozen

from domain.api_key import ApiKeyId

EventId = NewType("EventId", str)

RETRY_AFTER: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
)
"""The schedule that Standard Webhooks recommends (github.com/standard-webhooks, spec, read 2026-11)."""


@frozen(kw_only=True)
class WebhookEvent:
    """One event for one key. ``id`` stays the same over all attempts, so that a receiver can tell a repetition."""

    id: EventId
    key: ApiKeyId
    type: str
    payload: Mapping[str, object] = field(repr=False)
    created_at: datetime
    due_at: datetime
    attempts: int = 0

    def failed(self, *, at: datetime) -> "WebhookEvent | None":
        """Return the event as it waits for its next attempt; None when it is given up."""
        if self.attempts >= len(RETRY_AFTER):
            return None
        return evolve(self, attempts=self.attempts + 1, due_at=at + RETRY_AFTER[self.attempts])
