"""Updates that the simulated Telegram brings to us over HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import aiohttp
import pytest
from aiohttp import web
from attrs import field, frozen
from structlog.testing import capture_logs
from yarl import URL

from adapters.memory.leader_lock import InMemoryLeaderLock
from adapters.memory.trouble import Trouble as StoreTrouble
from adapters.system.machine import SystemClock
from adapters.telegram.api.errors import TelegramTrouble
from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.updates.webhook import SECRET_HEADER, WebhookDoor, WebhookUpdates, secret_of
from application.errors import StoreUnavailable
from simulators.telegram import TelegramFault
from tests.support.telegram_journey import TEXTS
from tests.support.telegram_simulator import TOKEN
from tests.support.telegram_updates import Line, until, updates_line

PATH = "/telegram/webhook"


@frozen
class Served:
    """A webhook on a real port."""

    line: Line
    webhook: WebhookUpdates
    url: str
    hooks: list[WebhookUpdates]
    opening: list[str] = field(factory=list)
    """Bots that are not put together yet."""

    @asynccontextmanager
    async def leading(self) -> AsyncIterator[None]:
        """The leader's duty runs."""
        leadership = await InMemoryLeaderLock(self.line.room, bot="1").acquire()
        task = asyncio.create_task(self.webhook.run(leadership))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def post(self, body: object, *, secret: str | None = None) -> int:
        """Bring an update as Telegram would; gives the status."""
        headers = {SECRET_HEADER: secret_of(TOKEN) if secret is None else secret}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with aiohttp.ClientSession() as session, session.post(self.url, data=data, headers=headers) as response:
            return response.status


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with updates_line() as line:
        app = web.Application()
        runner = web.AppRunner(app)

        async def handle(request: web.Request) -> web.StreamResponse:
            return await WebhookDoor(lambda: made.hooks, lambda: not made.opening).handle(request)

        app.router.add_post(PATH, handle)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
        menu = Menu(bot=line.bot, texts=TEXTS)
        webhook = WebhookUpdates(line.bot, line.worker, line.inbox, menu, SystemClock(), url=url)
        made = Served(line, webhook, url, [webhook])
        yield made
        await runner.cleanup()


def message(update_id: int, text: str, *, chat: int = 5) -> dict[str, object]:
    person = {"id": chat, "is_bot": False, "first_name": "Somebody"}
    content = {
        "message_id": update_id,
        "date": 0,
        "chat": {"id": chat, "type": "private"},
        "from": person,
        "text": text,
    }
    return {"update_id": update_id, "message": content}


async def test_the_leader_sets_the_hook_and_telegram_brings_what_was_said_before_and_after(served: Served) -> None:
    anna = served.line.person()
    anna.say("before")
    async with served.leading():
        await until(lambda: served.line.handled.ended == ["before"])
        anna.say("after")
        await until(lambda: served.line.handled.ended == ["before", "after"])
        await until(lambda: served.line.confirmed() == [True, True])


async def test_a_hook_that_could_not_be_set_is_reported(served: Served) -> None:
    served.line.telegram.faults.add(TelegramFault(method="setWebhook", status=500, description="Internal Server Error"))
    async with served.leading():
        await until(lambda: served.webhook.trouble is TelegramTrouble.UNCERTAIN)


async def test_a_hook_that_was_taken_away_is_set_again_and_the_other_named(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.telegram.bot.updates.webhook.CHECK_PAUSE_S", 0.05)
    with capture_logs() as logs:
        async with served.leading():
            await until(lambda: served.line.telegram.log.of("getWebhookInfo"))
            await served.line.bot.set_webhook("https://elsewhere.example/")
            await until(lambda: served.webhook.trouble is TelegramTrouble.OTHER_POLLER)
            await until(lambda: served.webhook.trouble is None)
    assert [log["host"] for log in logs if log["event"] == "webhook.taken_away"] == ["elsewhere.example"]
    assert (await served.line.bot.get_webhook_info()).url == served.url


@pytest.mark.parametrize("secret", ["", "wrong", "тайна"])
async def test_anyone_who_does_not_know_the_secret_is_refused(served: Served, secret: str) -> None:
    assert await served.post(message(1, "hello"), secret=secret.encode().decode("latin-1")) == 401
    assert served.line.handled.begun == []


async def test_a_secret_that_is_no_text_is_refused_without_an_error(served: Served) -> None:
    address = URL(served.url)
    reader, writer = await asyncio.open_connection(address.host, address.port)
    writer.write(f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: ".encode() + b"\xff\xfe\r\n\r\n")
    assert b" 401 " in await reader.readline()
    writer.close()


async def test_an_update_of_a_bot_that_is_not_put_together_yet_is_to_come_again(served: Served) -> None:
    served.opening.append("another")
    assert await served.post(message(1, "hello"), secret="of another bot") == 503
    assert await served.post(message(1, "hello")) == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"\xff", b"[" * 100_000])
async def test_what_is_no_update_is_refused(served: Served, body: bytes) -> None:
    assert await served.post(body) == 400


async def test_an_update_no_one_can_read_is_not_asked_for_again(served: Served) -> None:
    async with served.leading():
        assert await served.post({"update_id": 1, "message": {"message_id": "no number"}}) == 200
        assert await served.post({"update_id": 2, "gift_auction": {}}) == 200
        assert await served.post(message(3, "after them")) == 200
        await until(lambda: served.line.handled.ended == ["after them"])


async def test_the_answer_comes_when_the_update_is_stored(served: Served) -> None:
    served.line.handled.gate("slow")
    async with served.leading():
        assert await served.post(message(1, "slow")) == 200
        await until(lambda: served.line.handled.begun)
        assert len(served.line.inbox.received) == 1


async def test_what_comes_while_no_one_leads_is_handled_by_the_next_leader(served: Served) -> None:
    assert await served.post(message(1, "early")) == 200
    async with served.leading():
        await until(lambda: served.line.handled.ended == ["early"])


async def test_without_the_store_telegram_is_asked_to_bring_it_again(served: Served) -> None:
    served.line.inbox.on_call.add(StoreTrouble(error=StoreUnavailable("away")))
    assert await served.post(message(1, "hello")) == 503
    async with served.leading():
        assert await served.post(message(1, "hello")) == 200
        await until(lambda: served.line.handled.ended == ["hello"])


async def test_an_update_brought_twice_acts_once(served: Served) -> None:
    gate = served.line.handled.gate("slow")
    async with served.leading():
        assert [await served.post(message(1, "slow")) for _ in range(2)] == [200, 200]
        await until(lambda: served.line.handled.begun)
        gate.set()
        await until(lambda: served.line.handled.ended)
        assert await served.post(message(1, "slow")) == 200
        await until(lambda: not served.line.inbox.received)
    assert served.line.handled.begun == ["slow"]


async def test_updates_of_one_chat_wait_for_each_other_and_other_chats_do_not(served: Served) -> None:
    gate = served.line.handled.gate("first")
    async with served.leading():
        for update in (message(1, "first"), message(2, "second"), message(3, "elsewhere", chat=6)):
            assert await served.post(update) == 200
        await until(lambda: served.line.handled.ended == ["elsewhere"])
        assert served.line.handled.begun == ["first", "elsewhere"]
        gate.set()
        await until(lambda: len(served.line.handled.ended) == 3)
    assert served.line.handled.ended == ["elsewhere", "first", "second"]
