"""How updates reach a bot: long polling with its conflicts, and webhooks."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiogram.types import Update
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.support.telegram_simulator import OTHER_TOKEN, TOKEN, Simulated, simulated

OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@pytest.fixture
async def sim() -> AsyncIterator[Simulated]:
    async with simulated() as running:
        yield running


def ids(updates: list[Update]) -> list[int]:
    return [update.update_id for update in updates]


async def waiting_poll(sim: Simulated, count: int) -> None:
    """Until the simulator has a poll that found nothing and waits."""
    queue = sim.world.bots[TOKEN].updates
    async with asyncio.timeout(30):
        while queue.polls_waited < count:
            await asyncio.sleep(0)


async def test_updates_come_in_order_until_they_are_confirmed(sim: Simulated) -> None:
    for text in ("one", "two", "three"):
        sim.anna.say(text)
    first = await sim.bot.get_updates(limit=2)
    assert [update.message.text for update in first if update.message] == ["one", "two"]
    assert ids(await sim.bot.get_updates(limit=2)) == ids(first)
    rest = await sim.bot.get_updates(offset=first[-1].update_id + 1)
    assert [update.message.text for update in rest if update.message] == ["three"]
    trace = sim.world.bots[TOKEN].updates.traces[first[0].update_id]
    assert len(trace.delivered_at) == 2
    assert trace.confirmed_at is not None
    assert sim.world.bots[TOKEN].updates.traces[rest[0].update_id].confirmed_at is None


async def test_a_negative_offset_drops_what_is_older(sim: Simulated) -> None:
    for text in ("one", "two", "three"):
        sim.anna.say(text)
    last = await sim.bot.get_updates(offset=-1)
    assert [update.message.text for update in last if update.message] == ["three"]
    assert ids(await sim.bot.get_updates()) == ids(last)


async def test_a_long_poll_ends_with_the_first_update(sim: Simulated) -> None:
    poll = asyncio.create_task(sim.bot.get_updates(timeout=30))
    await waiting_poll(sim, 1)
    sim.anna.say("now")
    assert len(await poll) == 1


async def test_a_long_poll_without_updates_ends_after_its_timeout(sim: Simulated) -> None:
    assert await sim.bot.get_updates(timeout=1) == []


async def test_the_newer_poll_wins(sim: Simulated) -> None:
    async with sim.another_session() as newer:
        old_poll = asyncio.create_task(sim.bot.get_updates(timeout=30))
        await waiting_poll(sim, 1)
        new_poll = asyncio.create_task(newer.get_updates(timeout=30))
        with pytest.raises(TelegramConflictError, match=OTHER_POLLER):
            await old_poll
        sim.anna.say("for the newer one")
        assert len(await new_poll) == 1
    assert sum(sim.world.bots[TOKEN].updates.conflicts.values()) == 1


async def test_waiting_updates_are_given_to_both_pollers_without_a_conflict(sim: Simulated) -> None:
    sim.anna.say("for everybody")
    async with sim.another_session() as other:
        assert ids(await sim.bot.get_updates(timeout=5)) == ids(await other.get_updates(timeout=5))
    assert not sim.world.bots[TOKEN].updates.conflicts


async def test_bots_have_queues_of_their_own(sim: Simulated) -> None:
    sim.anna.say("to the first", sim.anna.chat(sim.world.bots[TOKEN]))
    async with sim.another_session(OTHER_TOKEN) as other:
        assert await other.get_updates() == []
    assert len(await sim.bot.get_updates()) == 1


async def test_an_offset_repeated_at_once_waits_three_seconds_and_gets_one_update() -> None:
    async with simulated(repeat_rules=True) as sim:
        loop = asyncio.get_running_loop()
        await sim.bot.get_updates(offset=5)
        started_at = loop.time()
        poll = asyncio.create_task(sim.bot.get_updates(offset=5))
        await waiting_poll(sim, 1)
        sim.anna.say("one")
        sim.anna.say("two")
        assert len(await poll) == 1
        assert loop.time() - started_at < 3


async def test_unwanted_kinds_are_not_queued_and_the_wish_is_remembered(sim: Simulated) -> None:
    await sim.bot.get_updates(allowed_updates=["callback_query"])
    sim.anna.say("unheard")
    assert await sim.bot.get_updates() == []
    await sim.bot.get_updates(allowed_updates=[])
    sim.anna.say("heard")
    assert len(await sim.bot.get_updates()) == 1


async def test_an_old_update_is_forgotten() -> None:
    now = 1_800_000_000.0
    async with simulated(clock=lambda: now) as sim:
        sim.anna.say("old")
        now += 86_400
        assert await sim.bot.get_updates() == []


class Receiver:
    """A webhook that answers with the given statuses, then 200."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.received: list[dict[str, object]] = []
        self.secrets: list[str | None] = []
        self.headers: dict[str, str] = {}

    async def handle(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.received.append(await request.json())
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200, headers=self.headers)

    async def server(self) -> TestServer:
        app = web.Application()
        app.router.add_post("/hook", self.handle)
        server = TestServer(app)
        await server.start_server()
        return server

    async def until(self, count: int) -> None:
        async with asyncio.timeout(30):
            while len(self.received) < count:
                await asyncio.sleep(0.005)


async def test_a_webhook_gets_every_update_in_order_with_its_secret(sim: Simulated) -> None:
    receiver = Receiver()
    async with await receiver.server() as server:
        sim.anna.say("before")
        await sim.bot.set_webhook(str(server.make_url("/hook")), secret_token="s3cret_-")
        sim.anna.say("after")
        await receiver.until(2)
    texts = [Update.model_validate(body).message for body in receiver.received]
    assert [message.text for message in texts if message] == ["before", "after"]
    assert receiver.secrets == ["s3cret_-"] * 2
    await sim.bot.delete_webhook()
    assert await sim.bot.get_updates() == []


async def test_a_refused_delivery_is_repeated_until_it_is_taken(sim: Simulated) -> None:
    receiver = Receiver(500)
    async with await receiver.server() as server:
        await sim.bot.set_webhook(str(server.make_url("/hook")))
        sim.anna.say("again")
        await receiver.until(1)
        await receiver.until(2)
        assert receiver.received[0] == receiver.received[1]
        info = await sim.bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_setting_a_webhook_ends_a_running_poll(sim: Simulated) -> None:
    receiver = Receiver()
    async with await receiver.server() as server:
        poll = asyncio.create_task(sim.bot.get_updates(timeout=30))
        await waiting_poll(sim, 1)
        await sim.bot.set_webhook(str(server.make_url("/hook")))
        with pytest.raises(TelegramConflictError, match="Conflict: terminated by setWebhook request"):
            await poll


async def test_there_is_no_polling_beside_a_webhook(sim: Simulated) -> None:
    receiver = Receiver()
    async with await receiver.server() as server:
        await sim.bot.set_webhook(str(server.make_url("/hook")))
        info = await sim.bot.get_webhook_info()
        assert info.url == str(server.make_url("/hook"))
        with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
            await sim.bot.get_updates()
        await sim.bot.delete_webhook()
        assert (await sim.bot.get_webhook_info()).url == ""


async def test_dropping_pending_updates_empties_the_queue(sim: Simulated) -> None:
    sim.anna.say("dropped")
    assert (await sim.bot.get_webhook_info()).pending_update_count == 1
    await sim.bot.delete_webhook(drop_pending_updates=True)
    assert (await sim.bot.get_webhook_info()).pending_update_count == 0


@pytest.mark.parametrize(
    ("url", "secret", "complaint"),
    [
        ("http://example.org/hook", None, "bad webhook: An HTTPS URL must be provided for webhook"),
        ("https://example.org:444/", None, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ("https://example.org/", "spaces are bad", "secret token contains unallowed characters"),
        ("https://example.org/", "x" * 257, "secret token is too long"),
    ],
)
async def test_a_webhook_telegram_would_not_use_is_refused(
    sim: Simulated, url: str, secret: str | None, complaint: str
) -> None:
    with pytest.raises(TelegramBadRequest, match=complaint):
        await sim.bot.set_webhook(url, secret_token=secret)


async def test_ids_begin_at_the_given_number() -> None:
    async with simulated(ids_from=1000) as sim:
        sim.anna.say("hello")
        (update,) = await sim.bot.get_updates()
        assert update.update_id == 1000
        assert update.message is not None
        assert update.message.message_id == 1000
