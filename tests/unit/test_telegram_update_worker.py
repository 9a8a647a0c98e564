"""One update, once, from the inbox, whatever the store does and however many come."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message

from adapters.memory.clock import ManualClock
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.trouble import Trouble
from adapters.memory.update_inbox import InMemoryUpdateInbox
from adapters.telegram.bot.updates.update_handler import UpdateHandler
from adapters.telegram.bot.updates.update_worker import GROUP_LIMIT, PRIVATE_LIMIT, STORE_PAUSE_S, UpdateWorker
from application.errors import StoreUnavailable
from application.ports.update_inbox import ReceivedUpdate
from tests.support.telegram_simulator import TOKEN

SOURCE = "1"


class Line:
    """A worker whose handler notes texts, and waits at the first while ``gate`` is closed."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.inbox = InMemoryUpdateInbox(self.clock)
        self.handled: list[str] = []
        self.warned: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        dispatcher = Dispatcher(disable_fsm=True)
        dispatcher.message.register(self.take)
        self.worker = UpdateWorker(UpdateHandler(Bot(TOKEN), dispatcher), self.inbox, self.clock, source=SOURCE)

    async def take(self, message: Message, *, too_many: bool) -> None:
        await self.gate.wait()
        (self.warned if too_many else self.handled).append(message.text or "")

    async def lead(self) -> None:
        self.worker.begin(await InMemoryLeaderLock(LockRoom(self.clock), bot=SOURCE).acquire())

    async def rest(self) -> None:
        """Until nothing moves any more."""
        for _ in range(2000):
            await asyncio.sleep(0)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    line = Line()
    await line.lead()
    yield line
    await line.worker.cancel()


def said(update_id: int, text: str = "hello", *, chat: int = 5, person: int | None = None) -> ReceivedUpdate:
    sender = {"id": person or chat, "is_bot": False, "first_name": "Somebody"}
    group = {"id": chat, "type": "private" if chat > 0 else "group", "title": "G"}
    message = {"message_id": 1, "date": 0, "chat": group, "from": sender, "text": text}
    return ReceivedUpdate(update_id=update_id, body=json.dumps({"update_id": update_id, "message": message}))


async def test_an_update_that_comes_twice_acts_once(line: Line) -> None:
    await line.worker.receive([said(1), said(2)])
    await line.worker.receive([said(2)])
    await line.rest()
    await line.worker.receive([said(1)])
    await line.rest()
    assert line.handled == ["hello", "hello"]
    assert not line.inbox.received


async def test_an_update_that_ends_before_the_answer_about_its_coming_again_acts_once(line: Line) -> None:
    line.gate.clear()
    await line.worker.receive([said(1)])
    await line.rest()
    line.inbox.on_call.add(Trouble(answer_delay_s=1.0))
    again = asyncio.create_task(line.worker.receive([said(1), said(2, "another")]))
    await line.rest()
    line.gate.set()
    await line.rest()
    assert line.handled == ["hello"]
    await line.clock.advance(1.0)
    await again
    await line.rest()
    assert line.handled == ["hello", "another"]


async def test_what_the_last_leader_did_not_come_to_is_handled_by_the_next_in_order(line: Line) -> None:
    line.gate.clear()
    await line.worker.receive([said(1, "begun"), said(2, "waiting"), said(3, "elsewhere", chat=6)])
    await line.rest()
    await line.worker.cancel()
    line.gate.set()
    await line.lead()
    await line.worker.load()
    await line.rest()
    assert sorted(line.handled) == ["begun", "elsewhere", "waiting"]
    assert line.handled.index("begun") < line.handled.index("waiting")


async def test_what_a_former_leader_stored_after_its_successor_had_looked_is_handled(line: Line) -> None:
    await line.worker.load()
    await line.inbox.receive(SOURCE, [said(1)])
    await line.worker.receive([said(1)])
    await line.rest()
    assert line.handled == ["hello"]


async def test_an_update_is_handled_whose_storing_was_done_and_whose_answer_was_lost(line: Line) -> None:
    line.inbox.on_call.add(Trouble(error=StoreUnavailable("away"), takes_effect=True))
    receiving = asyncio.create_task(line.worker.receive([said(1)]))
    await line.clock.advance(STORE_PAUSE_S)
    await receiving
    await line.rest()
    assert line.handled == ["hello"]


async def test_without_the_store_it_waits_rather_than_act_twice_or_lose_the_update(line: Line) -> None:
    line.inbox.on_call.add(*[Trouble(error=StoreUnavailable("away"))] * 2)
    receiving = asyncio.create_task(line.worker.receive([said(1)]))
    await line.clock.advance(STORE_PAUSE_S)
    assert line.handled == []
    await line.clock.advance(STORE_PAUSE_S)
    await receiving
    await line.rest()
    assert line.handled == ["hello"]


async def test_a_store_that_is_away_when_the_update_is_done_does_not_make_it_act_again(line: Line) -> None:
    line.inbox.on_call.add(Trouble(), Trouble(error=StoreUnavailable("away")))
    await line.worker.receive([said(1)])
    await line.rest()
    await line.clock.advance(STORE_PAUSE_S)
    await line.rest()
    await line.worker.load()
    await line.rest()
    assert line.handled == ["hello"]
    assert not line.inbox.received


async def test_one_who_floods_is_answered_for_the_first_informed_once_and_the_rest_is_dropped(line: Line) -> None:
    line.gate.clear()
    await line.worker.receive([said(number, str(number)) for number in range(2 * PRIVATE_LIMIT)])
    await line.rest()
    line.gate.set()
    await line.rest()
    assert line.handled == [str(number) for number in range(PRIVATE_LIMIT)]
    assert line.warned == [str(PRIVATE_LIMIT)]
    assert not line.inbox.received
    await line.worker.receive([said(900, "later")])
    await line.rest()
    assert line.handled[-1] == "later"


async def test_a_member_who_floods_a_group_leaves_room_for_the_others(line: Line) -> None:
    line.gate.clear()
    await line.worker.receive([said(number, "flood", chat=-7, person=1) for number in range(GROUP_LIMIT)])
    await line.worker.receive([said(900, "of another", chat=-7, person=2)])
    await line.rest()
    line.gate.set()
    await line.rest()
    assert line.handled == ["flood"] * PRIVATE_LIMIT + ["of another"]


async def test_a_payment_is_never_dropped(line: Line) -> None:
    line.gate.clear()
    await line.worker.receive([said(number) for number in range(2 * PRIVATE_LIMIT)])
    paid = json.loads(said(900).body)
    paid["message"]["successful_payment"] = {"currency": "XTR"}
    await line.worker.receive([ReceivedUpdate(update_id=900, body=json.dumps(paid))])
    assert (SOURCE, 900) in line.inbox.received


async def test_a_handler_at_work_ends_before_a_hand_over_and_what_waits_is_left_to_the_successor(line: Line) -> None:
    line.gate.clear()
    await line.worker.receive([said(1, "begun"), said(2, "waiting")])
    await line.rest()
    draining = asyncio.create_task(line.worker.drain())
    await line.rest()
    line.gate.set()
    await draining
    assert line.handled == ["begun"]
    assert [update.update_id for update in await line.inbox.waiting(SOURCE, limit=9)] == [2]


@pytest.mark.parametrize("body", ["{no json", "[7]", "7", "[" * 100_000])
async def test_a_row_of_the_inbox_that_can_not_be_read_holds_up_no_other(line: Line, body: str) -> None:
    await line.worker.receive([ReceivedUpdate(update_id=1, body=body), said(2)])
    await line.rest()
    assert line.handled == ["hello"]
    assert not line.inbox.received
