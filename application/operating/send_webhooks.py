"""The leader's duty: send the events that wait in the outbox."""

import asyncio
from typing import Final

import structlog
from attrs import field, frozen

from application.errors import NotLeader, StoreUnavailable
from application.leading.leadership_guard import LeadershipGuard
from application.leading.repeat import repeat
from application.ports.api_key_store import ApiKeyStore
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership
from application.ports.metrics import Metrics
from application.ports.webhook_outbox import WebhookOutbox
from application.ports.webhook_sender import WebhookSender
from domain.webhook_event import WebhookEvent

EVERY_S: Final = 1.0
AT_ONCE: Final = 16
"""Receivers that are asked at the same time."""
OF_ONE_KEY: Final = 2
"""Of these for one key, so that a receiver that never answers holds up its own events alone."""

log = structlog.get_logger()


@frozen(kw_only=True)
class SendWebhooks:
    """An event is sent at least once, until the receiver takes it or the schedule ends."""

    _outbox: WebhookOutbox
    _keys: ApiKeyStore
    _sender: WebhookSender
    _clock: Clock
    _metrics: Metrics
    _sending: set[str] = field(factory=set, init=False)

    async def run(self, leadership: Leadership) -> None:
        """Look for due events every second, until cancelled, or ``NotLeader``."""
        guard = LeadershipGuard(leadership)
        try:
            async with asyncio.TaskGroup() as group:
                await repeat(lambda: self._look(guard, group), duty="webhooks", clock=self._clock, every_s=EVERY_S)
        except* NotLeader:
            guard.check()

    async def _look(self, guard: LeadershipGuard, group: asyncio.TaskGroup) -> None:
        guard.check()
        for event in await self._outbox.due(self._clock.now(), limit=AT_ONCE, of_one_key=OF_ONE_KEY):
            if event.id not in self._sending and len(self._sending) < AT_ONCE:
                self._sending.add(event.id)
                group.create_task(self._send(event, guard), name=f"webhook-{event.id}")

    async def drain(self) -> None:
        """Nothing to do: what is left is sent by the next leader."""

    async def _send(self, event: WebhookEvent, guard: LeadershipGuard) -> None:
        try:
            key = await self._keys.get(event.key)
            if key is None or key.webhook is None or not key.is_valid:
                await self._outbox.remove(event.id)
                return
            guard.check()
            is_taken = await self._sender.send(event, key.webhook)
            await self._note(event, is_taken=is_taken)
        except (StoreUnavailable, NotLeader) as error:
            log.warning("webhook.postponed", event_id=event.id, error=error.code)
        except Exception:  # a fault of our own about one event; by the schedule it is as good as refused
            log.exception("webhook.fault", event_id=event.id)
            await self._put_off(event)
        finally:
            self._sending.discard(event.id)

    async def _put_off(self, event: WebhookEvent) -> None:
        try:
            await self._note(event, is_taken=False)
        except StoreUnavailable as error:
            log.warning("webhook.postponed", event_id=event.id, error=error.code)

    async def _note(self, event: WebhookEvent, *, is_taken: bool) -> None:
        self._metrics.count("webhook_sent", outcome="taken" if is_taken else "refused")
        later = None if is_taken else event.failed(at=self._clock.now())
        if later is None:
            await self._outbox.remove(event.id)
            log.info("webhook.closed", event_id=event.id, is_taken=is_taken)
        else:
            await self._outbox.save(later)
