"""What the operator is informed of, and how often."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from attrs import define, field

from adapters.memory.access_store import InMemoryAccessStore
from adapters.memory.alarm_store import InMemoryAlarmStore
from adapters.memory.announcer import InMemoryAnnouncer
from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.metrics import CountingMetrics
from adapters.memory.statistics import InMemoryStatistics
from adapters.memory.trouble import Script, Trouble
from application.errors import DestinationGone, MessengerUnavailable, NotLeader, ProviderUnavailable, StoreUnavailable
from application.generating.bot_accounts import BotAccounts
from application.operating.clock_watch import ClockWatch
from application.operating.watch_service import (
    CREDITS_EVERY_S,
    FAILURES_IN_A_ROW,
    LOOK_EVERY_S,
    STEADY_AFTER_S,
    WatchService,
)
from domain.access import KnownUser, Subject
from domain.failure import Failure, FailureKind
from domain.operation import Alarm, AlarmKind
from tests.support.generations import ANN, BOB, FLUX, a_generation, life_of

CREDITS = Alarm(kind=AlarmKind.CREDITS_LOW)
FAILING = Alarm(kind=AlarmKind.MODEL_FAILING, about=FLUX)
VANISHED = Alarm(kind=AlarmKind.LEADERSHIP)


@define
class World:
    """Ann is an admin whom the bot may write to; Bob is one who never began a chat."""

    clock: ManualClock = field(factory=ManualClock)
    access: InMemoryAccessStore = field(init=False)
    alarms: InMemoryAlarmStore = field(init=False)
    announcer: InMemoryAnnouncer = field(init=False)
    generations: InMemoryGenerationStore = field(init=False)
    provider: InMemoryProvider = field(init=False)
    room: LockRoom = field(init=False)
    store_is_ahead: timedelta = timedelta()

    def __attrs_post_init__(self) -> None:
        self.access = InMemoryAccessStore(self.clock)
        self.alarms = InMemoryAlarmStore(self.clock)
        self.announcer = InMemoryAnnouncer(self.clock)
        self.generations = InMemoryGenerationStore(self.clock)
        self.provider = InMemoryProvider(self.clock)
        self.room = LockRoom(self.clock)

    @asynccontextmanager
    async def watched(self, *, alarm_credits: float | None = 100, clean: bool = True) -> AsyncIterator[None]:
        """A leader looks; after it a ``clean`` one has handed over, another one vanished."""
        leadership = await InMemoryLeaderLock(self.room, bot="1").acquire()
        clocks = ClockWatch()
        statistics = InMemoryStatistics(self.generations)
        statistics.ahead = self.store_is_ahead
        watch = WatchService(
            statistics=statistics,
            alarms=self.alarms,
            access=self.access,
            announcer=self.announcer,
            accounts=BotAccounts(self.provider),
            clock=self.clock,
            metrics=CountingMetrics(),
            admins={ANN, BOB},
            alarm_credits=alarm_credits,
            clocks=clocks,
            sources=[clocks],
        )
        task = asyncio.create_task(watch.run(leadership))
        try:
            await self.clock.advance(0)
            yield
            assert not task.done(), task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, NotLeader):
                await task
            if clean:
                await leadership.release()
            else:
                leadership.drop()

    async def fail(self, kind: FailureKind, times: int = 1) -> None:
        for _ in range(times):
            await self.clock.advance(1)
            wish = await self.generations.add(a_generation(created_at=self.clock.now()))
            await self.generations.save(wish.failed(Failure(kind=kind), at=self.clock.now()))

    async def succeed(self) -> None:
        await self.clock.advance(1)
        wish = await self.generations.add(a_generation(created_at=self.clock.now()))
        await self.generations.save(life_of(wish)[2])

    @property
    def said(self) -> list[Alarm]:
        return [alarm for _, _, alarm, _ in self.announcer.alarms]


@pytest.fixture
async def world() -> World:
    made = World()
    ann = KnownUser(user=ANN, name="Ann", language="ru", chat="1", seen_at=made.clock.now())
    await made.access.record_visit(ann, Subject(ANN), welcome=True)
    return made


async def test_few_credits_are_reported_once_until_the_account_is_topped_up(world: World) -> None:
    world.provider.credits_left = 99
    async with world.watched():
        assert world.announcer.alarms == [("1", "ru", CREDITS, 99)]
        world.provider.credits_left = 50
        await world.clock.advance(5 * CREDITS_EVERY_S)
        assert world.said == [CREDITS]
    async with world.watched():
        assert world.said == [CREDITS]
        world.provider.credits_left = 100
        await world.clock.advance(CREDITS_EVERY_S)
        assert await world.alarms.raised() == {}
        world.provider.credits_left = 10
        await world.clock.advance(CREDITS_EVERY_S)
        assert world.said == [CREDITS, CREDITS]


async def test_without_a_limit_no_one_asks_for_credits_and_an_old_alarm_ends(world: World) -> None:
    world.provider.credits_left = 0
    await world.alarms.begin(CREDITS, at=world.clock.now())
    world.provider.on_credits.add(Trouble(error=AssertionError("asked")))
    async with world.watched(alarm_credits=None):
        await world.clock.advance(2 * CREDITS_EVERY_S)
    assert world.said == []
    assert await world.alarms.raised() == {}


async def test_a_provider_that_does_not_say_changes_nothing(world: World) -> None:
    world.provider.credits_left = 0
    world.provider.on_credits.add(Trouble(error=ProviderUnavailable("away")))
    async with world.watched():
        assert world.said == []
        await world.clock.advance(CREDITS_EVERY_S)
        assert world.said == [CREDITS]


async def test_a_model_that_fails_again_and_again_is_reported_once_until_it_succeeds(world: World) -> None:
    async with world.watched():
        await world.fail(FailureKind.GENERATION_FAILED, FAILURES_IN_A_ROW - 1)
        await world.fail(FailureKind.CONTENT_REFUSED, FAILURES_IN_A_ROW)
        await world.clock.advance(LOOK_EVERY_S)
        assert world.said == []
        await world.fail(FailureKind.NO_RESULT)
        await world.clock.advance(LOOK_EVERY_S)
        await world.fail(FailureKind.NO_RESULT)
        await world.clock.advance(LOOK_EVERY_S)
        assert world.announcer.alarms == [("1", "ru", FAILING, FAILURES_IN_A_ROW)]
        await world.succeed()
        await world.clock.advance(LOOK_EVERY_S)
        assert await world.alarms.raised() == {}


async def test_a_leader_that_vanished_is_reported_once_however_often_it_happens_within_an_hour(world: World) -> None:
    async with world.watched(clean=False):
        assert world.said == []
    for _ in range(3):
        async with world.watched(clean=False):
            await world.clock.advance(LOOK_EVERY_S)
            assert world.announcer.alarms == [("1", "ru", VANISHED, 2)]
    async with world.watched(clean=False):
        await world.clock.advance(STEADY_AFTER_S + LOOK_EVERY_S)
        assert await world.alarms.raised() == {}
    async with world.watched():
        assert world.said == [VANISHED, VANISHED]


async def test_a_clean_hand_over_is_no_alarm_and_ends_one(world: World) -> None:
    await world.alarms.begin(VANISHED, at=world.clock.now())
    async with world.watched():
        pass
    async with world.watched():
        assert world.said == []
        assert await world.alarms.raised() == {}


async def test_an_alarm_that_could_not_be_sent_is_sent_with_the_next_look(world: World) -> None:
    world.provider.credits_left = 0
    world.announcer.on_alarm.add(Trouble(error=MessengerUnavailable("flood", retry_after_s=20)))
    async with world.watched():
        assert world.said == []
        await world.clock.advance(2 * LOOK_EVERY_S)
        assert world.said == [CREDITS]


async def test_an_admin_who_begins_a_chat_later_hears_what_is_still_so(world: World) -> None:
    world.provider.credits_left = 0
    async with world.watched():
        bob = KnownUser(user=BOB, name="Bob", language="en", chat="2", seen_at=world.clock.now())
        await world.access.record_visit(bob, Subject(BOB), welcome=True)
        await world.clock.advance(2 * LOOK_EVERY_S)
        assert [(chat, language) for chat, language, _, _ in world.announcer.alarms] == [("1", "ru"), ("2", "en")]


async def test_what_has_cleared_before_it_could_be_reported_is_not_reported(world: World) -> None:
    world.provider.credits_left = 0
    world.announcer.on_alarm.add(*[Trouble(error=MessengerUnavailable("away"))] * 99)
    async with world.watched():
        world.provider.credits_left = 1000
        await world.clock.advance(CREDITS_EVERY_S)
        world.announcer.on_alarm = Script(world.clock)
        await world.clock.advance(2 * LOOK_EVERY_S)
        assert world.said == []


async def test_a_fault_about_the_chat_of_one_admin_ends_no_watching(world: World) -> None:
    world.provider.credits_left = 0
    bob = KnownUser(user=BOB, name="Bob", language="en", chat="2", seen_at=world.clock.now())
    await world.access.record_visit(bob, Subject(BOB), welcome=True)
    world.announcer.on_alarm.add(Trouble(error=RuntimeError("a fault of our own")))
    async with world.watched():
        assert world.said == [CREDITS]


async def test_an_admin_who_blocked_the_bot_is_not_tried_again(world: World) -> None:
    world.provider.credits_left = 0
    world.announcer.on_alarm.add(Trouble(error=DestinationGone("blocked")))
    async with world.watched():
        await world.clock.advance(2 * LOOK_EVERY_S)
        assert world.said == []
        assert CREDITS in await world.alarms.raised()


@pytest.mark.parametrize("error", [StoreUnavailable("away"), RuntimeError("our own fault")])
async def test_trouble_does_not_end_the_watch(world: World, error: Exception) -> None:
    world.alarms.on_call.add(Trouble(error=error))
    async with world.watched():
        await world.fail(FailureKind.NO_RESULT, FAILURES_IN_A_ROW)
        await world.clock.advance(LOOK_EVERY_S)
        assert world.said == [FAILING]


@pytest.mark.parametrize("ahead", [timedelta(minutes=2), timedelta(hours=-3)])
async def test_the_operator_hears_that_the_databases_clock_and_our_own_differ_and_that_they_agree_again(
    world: World, ahead: timedelta
) -> None:
    world.store_is_ahead = ahead
    async with world.watched():
        await world.clock.advance(3 * LOOK_EVERY_S)
    assert world.said == [Alarm(kind=AlarmKind.CLOCK, about="postgresql")]

    world.store_is_ahead = timedelta(seconds=5)
    async with world.watched():
        assert not await world.alarms.raised()
