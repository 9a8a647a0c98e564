"""Long polling against the simulated Bot API."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from attrs import frozen
from structlog.testing import capture_logs

from adapters.memory.leader_lock import InMemoryLeadership, LockRoom
from adapters.memory.trouble import Trouble as StoreTrouble
from adapters.telegram.api.errors import TelegramTrouble
from adapters.telegram.api.session import Fenced
from application.errors import StoreUnavailable
from application.ports.leader_lock import Leadership
from simulators.telegram import TelegramFault
from tests.support.telegram_updates import Line, until, updates_line


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with updates_line() as running:
        yield running


async def test_updates_of_one_chat_are_handled_in_order_and_one_at_a_time(line: Line) -> None:
    anna = line.person()
    gate = line.handled.gate("1")
    for number in range(1, 6):
        anna.say(str(number))
    async with line.leading():
        await until(lambda: line.handled.begun)
        assert line.handled.begun == ["1"]
        gate.set()
        await until(lambda: len(line.handled.ended) == 5)
    assert line.handled.ended == ["1", "2", "3", "4", "5"]


async def test_a_slow_chat_does_not_keep_the_others_waiting(line: Line) -> None:
    anna, boris = line.person(), line.person()
    gate = line.handled.gate("slow")
    anna.say("slow")
    async with line.leading():
        await until(lambda: line.handled.begun)
        boris.say("quick")
        await until(lambda: "quick" in line.handled.ended)
        assert "slow" not in line.handled.ended
        gate.set()
        await until(lambda: "slow" in line.handled.ended)


async def test_what_is_stored_is_confirmed_however_long_its_handler_takes(line: Line) -> None:
    line.handled.gate("slow")
    line.person().say("slow")
    async with line.leading():
        await until(lambda: line.handled.begun and line.confirmed() == [True])
        assert len(line.inbox.received) == 1


async def test_while_the_store_is_away_telegram_keeps_the_updates(line: Line) -> None:
    line.inbox.on_call.add(StoreTrouble(), *[StoreTrouble(error=StoreUnavailable("away"))] * 2)
    line.person().say("hello")
    async with line.leading():
        await until(lambda: line.telegram.log.of("getUpdates"))
        assert line.confirmed() == [False]
        await until(lambda: line.handled.ended == ["hello"])


async def test_what_a_cancelled_leader_left_undone_is_handled_by_the_next_and_the_rest_is_not_repeated(
    line: Line,
) -> None:
    anna, boris = line.person(), line.person()
    gate = line.handled.gate("half")
    anna.say("half")
    boris.say("whole")
    async with line.leading():
        await until(lambda: "whole" in line.handled.ended and "half" in line.handled.begun)
    gate.set()
    async with line.leading():
        await until(lambda: len(line.handled.ended) == 2 and all(line.confirmed()))
    assert sorted(line.handled.ended) == ["half", "whole"]


async def test_a_clean_stop_lets_handlers_end_and_confirms_what_they_did(line: Line) -> None:
    gate = line.handled.gate("slow")
    line.person().say("slow")
    async with line.leading():
        await until(lambda: line.handled.begun)
        draining = asyncio.create_task(line.polling.drain())
        polls = len(line.telegram.log.of("getUpdates"))
        gate.set()
        await draining
        assert len(line.telegram.log.of("getUpdates")) <= polls + 1
    assert line.handled.ended == ["slow"]
    assert line.confirmed() == [True]
    assert not line.inbox.received


async def test_after_a_clean_stop_nothing_new_is_taken_until_someone_leads_again(line: Line) -> None:
    anna = line.person()
    async with line.leading():
        anna.say("before")
        await until(lambda: line.handled.ended)
        await line.polling.drain()
        anna.say("after")
        assert line.confirmed() == [True, False]
    assert line.handled.begun == ["before"]
    async with line.leading():
        await until(lambda: line.confirmed() == [True, True])
    assert line.handled.ended == ["before", "after"]


async def test_an_instance_whose_lease_is_over_neither_asks_nor_handles(line: Line) -> None:
    anna = line.person()
    gate = line.handled.gate("1")
    anna.say("1")
    anna.say("2")
    async with line.leading() as leadership:
        await until(lambda: line.handled.begun)
        leadership.end("test")
        gate.set()
        await until(lambda: line.handled.ended)
        polls = len(line.telegram.log.of("getUpdates"))
        await asyncio.sleep(0.2)
        assert line.handled.begun == ["1"]
        assert len(line.telegram.log.of("getUpdates")) == polls


async def test_a_webhook_that_someone_set_is_deleted_and_no_update_with_it(line: Line) -> None:
    await line.bot.set_webhook("http://127.0.0.1:9/")
    line.person().say("waiting")
    async with line.leading():
        await until(lambda: line.handled.ended == ["waiting"])
        await line.bot.set_webhook("http://127.0.0.1:9/")
        await until(lambda: len(line.telegram.log.of("deleteWebhook")) >= 2)
        line.person().say("again")
        await until(lambda: "again" in line.handled.ended)


async def test_a_hook_of_our_own_from_webhook_mode_is_deleted(line: Line) -> None:
    await line.bot.set_webhook("https://own.example/telegram/webhook")
    line.person().say("waiting")
    async with line.leading():
        await until(lambda: line.handled.ended == ["waiting"])


async def test_a_hook_by_which_another_mediabot_lives_is_left_alone_until_it_is_gone(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.telegram.bot.updates.polling.MISCONFIGURED_PAUSE_S", 0.05)
    await line.bot.set_webhook("https://production.example/telegram/webhook")
    line.person().say("not for us")
    with capture_logs() as logs:
        async with line.leading():
            await until(lambda: line.polling.trouble is TelegramTrouble.HOOKED_ELSEWHERE)
            await until(lambda: len(line.telegram.log.of("getUpdates")) >= 3)
            assert line.telegram.log.of("deleteWebhook") == []
            assert line.handled.begun == []
            await line.bot.delete_webhook()
            await until(lambda: line.handled.ended == ["not for us"])
    assert "production.example" in {log.get("host") for log in logs if log["event"] == "webhook.elsewhere"}


async def test_a_poller_that_stays_is_called_a_rival_and_the_updates_are_shared_all_the_same(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.telegram.bot.updates.polling.CONFLICT_PAUSE_S", 0.05)
    with capture_logs() as logs:
        async with line.leading(), line.rival():
            await until(lambda: "polling.contested" in {log["event"] for log in logs}, within_s=20)
            assert line.polling.trouble is TelegramTrouble.OTHER_POLLER
            polls = len(line.telegram.log.of("getUpdates"))
            await until(lambda: len(line.telegram.log.of("getUpdates")) > polls, within_s=20)
    assert line.polling.conflicts >= 3


async def test_a_trial_on_a_database_of_its_own_makes_way_for_a_rival(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.telegram.bot.updates.polling.CONFLICT_PAUSE_S", 0.05)
    async with updates_line(yields=True) as line, line.leading():
        async with line.rival() as polled:
            await until(lambda: line.polling.conflicts == 3, within_s=20)
            before = polled()
            line.person().say("for the other")
            await until(lambda: polled() > before)
            await asyncio.sleep(0.5)
        assert line.polling.conflicts == 3
        assert line.handled.begun == []


async def test_a_handler_that_wakes_after_the_lease_sends_nothing(line: Line) -> None:
    anna = line.person()
    gate = line.handled.gate("answer me")
    anna.say("answer me")
    async with line.leading() as leadership:
        await until(lambda: line.handled.begun)
        leadership.end("test")
        gate.set()
        await until(lambda: line.handled.ended)
        await asyncio.sleep(0.1)
    assert line.telegram.log.of("sendMessage") == []
    assert len(line.inbox.received) == 1


@frozen
class OneMessage:
    """A duty that is one message to a person."""

    bot: Bot
    chat_id: int

    async def run(self, leadership: Leadership, /) -> None:
        await self.bot.send_message(self.chat_id, "late")

    async def drain(self) -> None:
        """There is nothing to finish."""


class AsleepAt(InMemoryLeadership):
    """The process slept before it asked for the lease this often; the lease is over when it wakes."""

    def __init__(self, room: LockRoom, question: int) -> None:
        super().__init__(room, bot="1", epoch=1, follows_clean_release=True, wait_s=0)
        self.question, self.asked = question, 0

    def seconds_left(self) -> float:
        self.asked += 1
        return super().seconds_left() if self.asked < self.question else 0.0


@pytest.mark.parametrize("question", [1, 2, 3], ids=["before the request", "with the connection", "before the body"])
async def test_a_process_that_sleeps_on_the_way_to_the_socket_sends_nothing(line: Line, question: int) -> None:
    anna = line.person()
    anna.say("hello")
    leadership = AsleepAt(line.room, question)
    sending = asyncio.create_task(Fenced(OneMessage(line.bot, anna.id)).run(leadership))
    await until(lambda: leadership.asked > question)
    sending.cancel()
    assert line.telegram.log.of("sendMessage") == []


async def test_another_poller_is_survived(line: Line) -> None:
    async with line.leading():
        await until(lambda: line.queue.polls_waited)
        other = asyncio.create_task(
            line.bot.get_updates(timeout=30)
        )  # the newer poll wins: our own is answered with 409
        await until(lambda: line.polling.trouble is TelegramTrouble.OTHER_POLLER)
        other.cancel()
        line.person().say("still there")
        await until(lambda: line.handled.ended)
    assert line.queue.conflicts


@pytest.mark.parametrize(
    "fault",
    [
        TelegramFault(method="getUpdates", status=500, description="Internal Server Error"),
        TelegramFault(method="getUpdates", status=502, body="<html>502 Bad Gateway</html>"),
        TelegramFault(method="getUpdates", drop=True),
        TelegramFault.flood(1, method="getUpdates"),
    ],
    ids=["server error", "proxy page", "dropped", "flood"],
)
async def test_passing_trouble_loses_no_update(line: Line, fault: TelegramFault) -> None:
    line.telegram.faults.add(fault)
    line.person().say("hello")
    async with line.leading():
        await until(lambda: line.handled.ended)
        await until(lambda: line.polling.trouble is None)
    assert fault.struck == 1


async def test_a_token_telegram_does_not_know_is_reported_and_tried_again_slowly(line: Line) -> None:
    line.telegram.faults.add(TelegramFault(method="getUpdates", status=401, description="Unauthorized", times=None))
    async with line.leading():
        await until(lambda: line.polling.trouble is TelegramTrouble.MISCONFIGURED)
        await asyncio.sleep(0.1)
    assert len(line.telegram.log.of("getUpdates")) == 1


async def test_an_update_that_was_handled_before_does_nothing(line: Line) -> None:
    line.person().say("known")
    update_id = next(iter(line.queue.traces))
    await line.inbox.finish(str(line.bot.id), [update_id])
    async with line.leading():
        await until(lambda: line.confirmed() == [True])
    assert line.handled.begun == []


async def test_an_update_the_client_cannot_read_does_not_hold_up_the_next(line: Line) -> None:
    bot = line.telegram.bots[line.bot.token]
    line.telegram.send_update(bot, "message", {"message_id": "no number"})
    line.person().say("readable")
    async with line.leading():
        await until(lambda: line.confirmed() == [True, True])
    assert line.handled.ended == ["readable"]


async def test_updates_from_more_chats_than_one_answer_holds_are_all_begun_at_once(line: Line) -> None:
    people = [line.person() for _ in range(150)]
    gates = [line.handled.gate(f"hello {number}") for number in range(150)]
    for number, person in enumerate(people):
        person.say(f"hello {number}")
    async with line.leading():
        await until(lambda: len(line.handled.begun) == 150)
        for gate in gates:
            gate.set()
        await until(lambda: len(line.handled.ended) == 150)
    assert len(set(line.handled.ended)) == 150


async def test_one_who_sends_more_than_a_batch_while_their_chat_waits_keeps_no_one_waiting(line: Line) -> None:
    anna, boris = line.person(), line.person()
    line.handled.gate("0")
    for number in range(250):
        anna.say(str(number))
    boris.say("me, too")
    async with line.leading():
        await until(lambda: "me, too" in line.handled.ended)
        await until(lambda: all(line.confirmed()))


async def test_an_update_of_a_kind_that_no_one_knows_costs_no_leadership(line: Line) -> None:
    bot = line.telegram.bots[line.bot.token]
    line.telegram.send_update(bot, "gift_auction", {"id": "x"})
    line.person().say("after it")
    async with line.leading():
        await until(lambda: line.handled.ended == ["after it"] and all(line.confirmed()))
