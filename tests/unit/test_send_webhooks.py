"""Webhooks: a receiver that never answers costs no one else an event."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from attrs import field, frozen

from adapters.memory.api_key_store import InMemoryApiKeyStore, InMemoryWebhookOutbox
from adapters.memory.clock import ManualClock
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.metrics import CountingMetrics
from application.operating.send_webhooks import SendWebhooks
from domain.api_key import ApiKey, ApiKeyId, Webhook, digest_of
from domain.generation import UserId
from domain.webhook_event import EventId, WebhookEvent
from tests.support.generations import NOON

NEVER = Webhook(url="https://never.example", secret="whsec_c2VjcmV0")
ODD = Webhook(url="https://odd.example", secret="whsec_c2VjcmV0")
QUICK = Webhook(url="https://quick.example", secret="whsec_c2VjcmV0")


@frozen
class Receivers:
    """One that answers, one that never does within the time that the sender gives it, and one that the sender can't bear."""

    taken: list[str] = field(factory=list)
    asked: list[str] = field(factory=list)

    async def send(self, event: WebhookEvent, webhook: Webhook, /) -> bool:
        self.asked.append(event.id)
        if webhook is ODD:
            raise RuntimeError("a fault of our own")
        if webhook is NEVER:
            await asyncio.Event().wait()
        self.taken.append(event.id)
        return True


@frozen
class Led:
    """What a test turns while the leader sends."""

    clock: ManualClock
    outbox: InMemoryWebhookOutbox


@asynccontextmanager
async def led(receivers: Receivers, *keys: ApiKey) -> AsyncIterator[Led]:
    """A leader that sends to the receivers of these keys."""
    clock, store, outbox = ManualClock(), InMemoryApiKeyStore(), InMemoryWebhookOutbox()
    for key in keys:
        await store.add(key)
    lock = InMemoryLeaderLock(LockRoom(clock), bot="1")
    duty = SendWebhooks(outbox=outbox, keys=store, sender=receivers, clock=clock, metrics=CountingMetrics())
    running = asyncio.create_task(duty.run(await lock.acquire()))
    try:
        yield Led(clock=clock, outbox=outbox)
        assert not running.done(), running
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def test_a_receiver_that_never_answers_holds_up_its_own_events_alone() -> None:
    receivers, mute, heard = Receivers(), a_key("mutemutemu", NEVER), a_key("heardheard", QUICK)
    async with led(receivers, mute, heard) as leader:
        for number in range(100):
            due = leader.clock.now() - timedelta(hours=1, seconds=-number)
            await leader.outbox.add(event("m", number, mute, due_at=due))
        await leader.outbox.add(event("h", 0, heard, due_at=leader.clock.now()))
        await leader.clock.advance(3)
    assert receivers.taken == ["h0"]
    assert receivers.asked == ["m0", "m1", "h0"]


async def test_an_event_that_meets_a_fault_of_our_own_is_put_off_and_costs_no_leadership() -> None:
    receivers, odd, heard = Receivers(), a_key("oddoddoddo", ODD), a_key("heardheard", QUICK)
    async with led(receivers, odd, heard) as leader:
        await leader.outbox.add(event("o", 0, odd, due_at=leader.clock.now()))
        await leader.clock.advance(2)
        await leader.outbox.add(event("h", 0, heard, due_at=leader.clock.now()))
        await leader.clock.advance(2)
    assert receivers.taken == ["h0"]
    assert receivers.asked == ["o0", "h0"]


def a_key(name: str, webhook: Webhook) -> ApiKey:
    return ApiKey(
        id=ApiKeyId(name),
        name=name,
        user=UserId("telegram:1"),
        digest=digest_of("s"),
        created_at=NOON,
        webhook=webhook,
    )


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
