"""Broadcasts reach everybody once, whatever happens on the way."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from attrs import define, field

from adapters.memory.access_store import InMemoryAccessStore
from adapters.memory.announcer import InMemoryAnnouncer
from adapters.memory.broadcast_store import InMemoryBroadcastStore
from adapters.memory.clock import ManualClock
from adapters.memory.leader_lock import InMemoryLeaderLock, InMemoryLeadership, LockRoom
from adapters.memory.metrics import CountingMetrics
from adapters.memory.trouble import Trouble
from application.errors import (
    DeliveryOutcomeUnknown,
    DestinationGone,
    MessageRefused,
    MessengerUnavailable,
    NotLeader,
    StoreUnavailable,
)
from application.operating.send_broadcasts import PACE_S, SendBroadcasts
from domain.access import KnownUser, Subject
from domain.broadcast import Announcement, Broadcast, BroadcastId, BroadcastState, RecipientState
from domain.generation import UserId
from tests.support.generations import ANN

NEWS = BroadcastId("news")


@define
class World:
    """Ten people, a broadcast that may go, and the one leader there is at a time."""

    clock: ManualClock = field(factory=ManualClock)
    access: InMemoryAccessStore = field(init=False)
    store: InMemoryBroadcastStore = field(init=False)
    announcer: InMemoryAnnouncer = field(init=False)
    room: LockRoom = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.access = InMemoryAccessStore(self.clock)
        self.store = InMemoryBroadcastStore(self.clock, self.access)
        self.announcer = InMemoryAnnouncer(self.clock)
        self.room = LockRoom(self.clock)

    async def release(self) -> None:
        """Everybody is known, and the broadcast was let go."""
        for number in range(10):
            user = UserId(f"telegram:{number}")
            person = KnownUser(user=user, name="x", language="en", chat=str(number), seen_at=self.clock.now())
            await self.access.record_visit(person, Subject(user), welcome=True)
        announcement = Announcement(text="news")
        await self.store.add(Broadcast(id=NEWS, author=ANN, announcement=announcement, created_at=self.clock.now()))
        assert await self.store.start(NEWS)

    def sender(self) -> SendBroadcasts:
        return SendBroadcasts(store=self.store, announcer=self.announcer, clock=self.clock, metrics=CountingMetrics())

    @asynccontextmanager
    async def leading(self) -> AsyncIterator[tuple[InMemoryLeadership, SendBroadcasts, asyncio.Task[None]]]:
        """A process that sends; leaving the context kills it."""
        leadership = await InMemoryLeaderLock(self.room, bot="1").acquire()
        sender = self.sender()
        task = asyncio.create_task(sender.run(leadership))
        try:
            yield leadership, sender, task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, NotLeader):
                await task
            leadership.drop()

    @property
    def reached(self) -> Counter[RecipientState]:
        return Counter(self.store.reached[NEWS].values())

    @property
    def state(self) -> BroadcastState:
        return self.store.broadcasts[NEWS].state

    def most_for_one(self) -> int:
        """How many messages the unluckiest chat got."""
        return max(Counter(chat for chat, _ in self.announcer.announced).values())


@pytest.fixture
async def world() -> World:
    made = World()
    await made.release()
    return made


async def test_everybody_gets_it_once_and_no_faster_than_the_pace(world: World) -> None:
    async with world.leading():
        await world.clock.advance(4.5 * PACE_S)
        assert len(world.announcer.announced) == 5
        await world.clock.advance(10)
    assert world.reached == {RecipientState.SENT: 10}
    assert world.most_for_one() == 1
    assert world.state is BroadcastState.DONE


async def test_what_became_of_each_is_counted_and_who_is_gone_is_remembered(world: World) -> None:
    world.announcer.on_announce.add(
        Trouble(error=DestinationGone("blocked")),
        Trouble(error=DeliveryOutcomeUnknown("lost"), takes_effect=True),
        Trouble(error=MessageRefused("form")),
    )
    async with world.leading():
        await world.clock.advance(10)
    assert world.reached == {
        RecipientState.GONE: 1,
        RecipientState.UNKNOWN: 1,
        RecipientState.REFUSED: 1,
        RecipientState.SENT: 7,
    }
    assert world.most_for_one() == 1
    assert await world.store.reachable() == 9


async def test_a_wait_that_telegram_asks_for_is_kept_and_costs_no_one_the_message(world: World) -> None:
    world.announcer.on_announce.add(Trouble(error=MessengerUnavailable("flood", retry_after_s=30)))
    async with world.leading():
        await world.clock.advance(29)
        assert world.announcer.announced == []
        await world.clock.advance(10)
    assert world.reached == {RecipientState.SENT: 10}


async def test_a_crash_in_the_middle_of_a_message_leaves_one_unknown_and_the_next_leader_goes_on(world: World) -> None:
    world.announcer.on_announce.add(Trouble(), Trouble(), Trouble(delay_s=9))
    async with world.leading():
        await world.clock.advance(1)
        assert world.reached == {RecipientState.SENT: 2, RecipientState.SENDING: 1, RecipientState.WAITING: 7}
    async with world.leading():
        await world.clock.advance(10)
    assert world.reached == {RecipientState.SENT: 9, RecipientState.UNKNOWN: 1}
    assert world.most_for_one() == 1


async def test_a_clean_stop_finishes_the_message_under_way_and_begins_no_other(world: World) -> None:
    world.announcer.on_announce.add(Trouble(delay_s=1))
    async with world.leading() as (_, sender, _):
        await world.clock.advance(0.5)
        draining = asyncio.create_task(sender.drain())
        await world.clock.advance(5)
        await draining
        assert world.reached == {RecipientState.SENT: 1, RecipientState.WAITING: 9}
    async with world.leading():
        await world.clock.advance(10)
    assert world.reached == {RecipientState.SENT: 10}


async def test_a_deposed_leader_sends_nothing_more(world: World) -> None:
    async with world.leading() as (leadership, _, task):
        await world.clock.advance(0.1)
        sent = len(world.announcer.announced)
        leadership.drop()
        await world.clock.advance(5)
        assert isinstance(task.exception(), NotLeader)
    assert len(world.announcer.announced) == sent
    assert world.reached == {RecipientState.SENT: sent, RecipientState.WAITING: 10 - sent}


async def test_a_stop_leaves_the_rest_alone(world: World) -> None:
    async with world.leading():
        await world.clock.advance(0.1)
        assert await world.store.stop(NEWS)
        await world.clock.advance(10)
    assert world.reached[RecipientState.WAITING] == 10 - len(world.announcer.announced)
    assert world.state is BroadcastState.STOPPED


@pytest.mark.parametrize("error", [StoreUnavailable("away"), RuntimeError("our own fault")])
@pytest.mark.parametrize("calls_before", range(6))
async def test_trouble_with_the_store_neither_ends_the_duty_nor_doubles_a_message(
    world: World, error: Exception, calls_before: int
) -> None:
    world.store.on_call.add(*[Trouble()] * calls_before, Trouble(error=error))
    async with world.leading() as (_, _, task):
        await world.clock.advance(10)
        assert not task.done()
    assert world.most_for_one() == 1
    assert world.reached[RecipientState.SENT] + world.reached[RecipientState.UNKNOWN] == 10
    assert world.state is BroadcastState.DONE
