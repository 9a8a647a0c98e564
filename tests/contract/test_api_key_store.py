"""What every ``ApiKeyStore`` and every ``WebhookOutbox`` keeps."""

import asyncio
from datetime import timedelta

import pytest
from attrs import evolve

from adapters.memory.api_key_store import InMemoryApiKeyStore, InMemoryWebhookOutbox
from adapters.postgres_store import Database
from adapters.postgres_store.api_key_store import PostgresApiKeyStore, PostgresWebhookOutbox
from application.errors import LimitReached
from application.limits import Limit
from application.ports.api_key_store import ApiKeyStore
from application.ports.webhook_outbox import WebhookOutbox
from domain.api_key import ApiKey, ApiKeyId, Webhook, digest_of
from domain.generation import UserId
from domain.webhook_event import EventId, WebhookEvent
from tests.support.generations import NOON

KEY = ApiKey(
    id=ApiKeyId("abcdefghij"), name="studio", user=UserId("telegram:1"), digest=digest_of("s" * 32), created_at=NOON
)
EVENT = WebhookEvent(
    id=EventId("e1"), key=KEY.id, type="generation.ended", payload={"a": [1, "ж"]}, created_at=NOON, due_at=NOON
)
PARAMS = ["memory", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=PARAMS)
def keys(request: pytest.FixtureRequest) -> ApiKeyStore:
    if request.param == "memory":
        return InMemoryApiKeyStore()
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresApiKeyStore(opened, "1")


@pytest.fixture(params=PARAMS)
def outbox(request: pytest.FixtureRequest) -> WebhookOutbox:
    if request.param == "memory":
        return InMemoryWebhookOutbox()
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresWebhookOutbox(opened, "1")


async def test_a_key_is_found_by_its_id_until_and_after_it_is_revoked(keys: ApiKeyStore) -> None:
    await keys.add(KEY)
    assert await keys.get(KEY.id) == KEY
    assert await keys.get(ApiKeyId("0123456789")) is None
    assert await keys.get(ApiKeyId("\x00")) is None
    assert await keys.revoke(KEY.id, at=NOON)
    assert not await keys.revoke(KEY.id, at=NOON)
    assert await keys.get(KEY.id) == evolve(KEY, revoked_at=NOON)


async def test_a_key_keeps_its_limit(keys: ApiKeyStore) -> None:
    limited = evolve(KEY, credits_per_day=7.5)
    await keys.add(limited)
    assert await keys.get(KEY.id) == limited


async def test_of_several_keys_at_once_none_passes_the_limit_of_its_person(keys: ApiKeyStore) -> None:
    two = Limit("keys", 2)
    theirs = evolve(KEY, id=ApiKeyId("theirs"), user=UserId("telegram:2"), digest=digest_of("t" * 32))
    own = [evolve(KEY, id=ApiKeyId(f"own{number}"), digest=digest_of(f"{number}" * 32)) for number in range(5)]
    added = await asyncio.gather(*(keys.add(one, limit=two) for one in (theirs, *own)), return_exceptions=True)
    assert added[0] is None
    assert sorted(str(type(one).__name__) for one in added[1:]) == ["LimitReached"] * 3 + ["NoneType"] * 2
    kept = next(one for one in await keys.all() if one.user == KEY.user)
    await keys.revoke(kept.id, at=NOON)
    await keys.add(evolve(KEY, id=ApiKeyId("later"), digest=digest_of("l" * 32)), limit=two)
    with pytest.raises(LimitReached):
        await keys.add(evolve(KEY, id=ApiKeyId("more"), digest=digest_of("m" * 32)), limit=two)


async def test_the_newest_key_is_listed_first(keys: ApiKeyStore) -> None:
    newer = evolve(KEY, id=ApiKeyId("0123456789"), created_at=NOON + timedelta(seconds=1))
    await keys.add(KEY)
    await keys.add(newer)
    assert await keys.all() == [newer, KEY]


async def test_a_webhook_is_set_and_removed(keys: ApiKeyStore) -> None:
    webhook = Webhook(url="https://example.com/hook", secret="whsec_x")
    assert not await keys.set_webhook(KEY.id, webhook)
    await keys.add(KEY)
    assert await keys.set_webhook(KEY.id, webhook)
    assert await keys.get(KEY.id) == evolve(KEY, webhook=webhook)
    assert await keys.set_webhook(KEY.id, None)
    assert await keys.get(KEY.id) == KEY


async def test_an_event_waits_until_it_is_due_and_is_written_once(outbox: WebhookOutbox) -> None:
    await outbox.add(EVENT)
    await outbox.add(evolve(EVENT, type="another"))
    assert await outbox.due(NOON - timedelta(seconds=1), limit=9, of_one_key=9) == []
    assert await outbox.due(NOON, limit=9, of_one_key=9) == [EVENT]
    later = EVENT.failed(at=NOON)
    assert later is not None
    await outbox.save(later)
    assert await outbox.due(NOON, limit=9, of_one_key=9) == []
    assert await outbox.due(later.due_at, limit=9, of_one_key=9) == [later]
    await outbox.remove(EVENT.id)
    await outbox.remove(EVENT.id)
    assert await outbox.due(later.due_at, limit=9, of_one_key=9) == []


async def test_one_key_takes_no_more_than_its_part_of_what_is_due(outbox: WebhookOutbox) -> None:
    for number in range(5):
        await outbox.add(evolve(EVENT, id=EventId(f"a{number}"), due_at=NOON - timedelta(hours=1, seconds=-number)))
    other = evolve(EVENT, id=EventId("b"), key=ApiKeyId("0123456789"))
    await outbox.add(other)
    found = await outbox.due(NOON, limit=9, of_one_key=2)
    assert [event.id for event in found] == ["a0", "a1", "b"]
    assert len(await outbox.due(NOON, limit=2, of_one_key=2)) == 2
