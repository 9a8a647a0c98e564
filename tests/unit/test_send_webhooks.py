"""Webhooks: a receiver that never answers costs no one else an event."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from attrs import evolve, field, frozen

from adapters.memory.api_key_store import InMemoryApiKeyStore, InMemoryWebhookOutbox
from adapters.memory.clock import ManualClock
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.metrics import CountingMetrics
from application.operating.send_webhooks import SendWebhooks
from domain.api_key import ApiKey, ApiKeyId, Webhook, digest_of
from domain.generation import UserId
from domain.webhook_event import EventId, WebhookEvent

NEVER = Webhook(url="https://never.example", secret="whsec_c2VjcmV0")
QUICK = Webhook(url="https://quick.example", secret="whsec_c2VjcmV0")


@frozen
class Receivers:
    """One that answers and one that never does, within the time that the sender gives it."""

    taken: list[str] = field(factory=list)
    asked: list[str] = field(factory=list)

    async def send(self, event: WebhookEvent, webhook: Webhook, /) -> bool:
        self.asked.append(event.id)
        if webhook is NEVER:
            await asyncio.Event().wait()
        self.taken.append(event.id)
        return True


async def test_a_receiver_that_never_answers_holds_up_its_own_events_alone() -> None:
    clock, receivers = ManualClock(), Receivers()
    keys, outbox = InMemoryApiKeyStore(), InMemoryWebhookOutbox()
    mute = ApiKey(
        id=ApiKeyId("mutemutemu"),
        name="mute",
        user=UserId("telegram:1"),
        digest=digest_of("s"),
        created_at=clock.now(),
        webhook=NEVER,
    )
    heard = evolve(mute, id=ApiKeyId("heardheard"), webhook=QUICK)
    await keys.add(mute)
    await keys.add(heard)
    for number in range(100):
        due = clock.now() - timedelta(hours=1, seconds=-number)
        await outbox.add(event("m", number, mute, due_at=due))
    await outbox.add(event("h", 0, heard, due_at=clock.now()))
    lock = InMemoryLeaderLock(LockRoom(clock), bot="1")
    duty = SendWebhooks(outbox=outbox, keys=keys, sender=receivers, clock=clock, metrics=CountingMetrics())
    running = asyncio.create_task(duty.run(await lock.acquire()))
    await clock.advance(3)
    assert receivers.taken == ["h0"]
    assert receivers.asked == ["m0", "m1", "h0"]
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


def event(name: str, number: int, key: ApiKey, *, due_at: datetime) -> WebhookEvent:
    """What waits for a key."""
    return WebhookEvent(
        id=EventId(f"{name}{number}"),
        key=key.id,
        type="generation.ended",
        payload={},
        created_at=due_at,
        due_at=due_at,
    )
