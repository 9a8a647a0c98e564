"""API keys and the webhook outbox in dicts."""

from collections.abc import Sequence
from datetime import datetime

from attrs import define, evolve, field

from application.limits import Limit
from domain.api_key import ApiKey, ApiKeyId, Webhook
from domain.webhook_event import EventId, WebhookEvent


@define
class InMemoryApiKeyStore:
    """``ApiKeyStore`` for tests."""

    keys: dict[ApiKeyId, ApiKey] = field(factory=dict)

    async def add(self, key: ApiKey, /, *, limit: Limit | None = None) -> None:
        if limit:
            limit.check(sum(one.user == key.user and one.is_valid for one in self.keys.values()))
        self.keys[key.id] = key

    async def get(self, key_id: ApiKeyId, /) -> ApiKey | None:
        return self.keys.get(key_id)

    async def all(self) -> Sequence[ApiKey]:
        return sorted(self.keys.values(), key=lambda key: key.created_at, reverse=True)

    async def revoke(self, key_id: ApiKeyId, /, *, at: datetime) -> bool:
        key = self.keys.get(key_id)
        if key is None or not key.is_valid:
            return False
        self.keys[key_id] = evolve(key, revoked_at=at)
        return True

    async def set_webhook(self, key_id: ApiKeyId, webhook: Webhook | None, /) -> bool:
        if key_id not in self.keys:
            return False
        self.keys[key_id] = evolve(self.keys[key_id], webhook=webhook)
        return True


@define
class InMemoryWebhookOutbox:
    """``WebhookOutbox`` for tests."""

    events: dict[EventId, WebhookEvent] = field(factory=dict)

    async def add(self, event: WebhookEvent, /) -> None:
        self.events.setdefault(event.id, event)

    async def due(self, now: datetime, /, *, limit: int, of_one_key: int) -> Sequence[WebhookEvent]:
        waiting = sorted((one for one in self.events.values() if one.due_at <= now), key=lambda event: event.due_at)
        found: list[WebhookEvent] = []
        for event in waiting:
            if sum(one.key == event.key for one in found) < of_one_key:
                found.append(event)
        return found[:limit]

    async def save(self, event: WebhookEvent, /) -> None:
        if event.id in self.events:
            self.events[event.id] = event

    async def remove(self, event_id: EventId, /) -> None:
        self.events.pop(event_id, None)
