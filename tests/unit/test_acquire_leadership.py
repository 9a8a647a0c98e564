"""AcquireLeadership on the lock in memory, with a clock that only the test moves."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from attrs import define, field
from structlog.testing import capture_logs
from structlog.typing import EventDict

from adapters.memory.clock import ManualClock
from adapters.memory.leader_lock import InMemoryLeaderLock, InMemoryLeadership, LockRoom
from adapters.memory.metrics import CountingMetrics
from application.errors import LeadershipUnusable, NotLeader
from application.leading.acquire_leadership import (
    CANCEL_TIMEOUT_S,
    DRAIN_TIMEOUT_S,
    UNUSABLE_RETRY_S,
    AcquireLeadership,
    DutyStuck,
)
from application.leading.leadership_guard import LeadershipGuard
from application.ports.leader_lock import LeaderLock, Leadership
from domain.leadership import NORMAL_TIMING, LeadershipState

LEASE_S = NORMAL_TIMING.lease_s
MINUTE_S = 60.0


@define
class Diary:
    """A duty that writes down what happens to it, and can be known to misbehave."""

    entries: list[str] = field(factory=list)
    drain_s: float = 0.0
    failure: Exception | None = None
    clock: ManualClock | None = None

    async def run(self, leadership: Leadership) -> None:
        self.entries.append(f"began {leadership.epoch}")
        if self.failure:
            raise self.failure
        try:
            await asyncio.Event().wait()
        finally:
            self.entries.append("ended")

    async def drain(self) -> None:
        self.entries.append("draining")
        if self.clock:
            await self.clock.sleep(self.drain_s)
        self.entries.append("drained")


@define
class Instance:
    """One process of the service, as far as leadership goes."""

    use_case: AcquireLeadership
    lock: InMemoryLeaderLock
    diary: Diary
    metrics: CountingMetrics
    stop: asyncio.Event
    task: asyncio.Task[None]

    def is_(self, state: LeadershipState) -> bool:
        return self.use_case.status.state is state


@define
class Stage:
    """Instances on one room and one clock."""

    clock: ManualClock = field(factory=ManualClock)
    room: LockRoom = field()
    tasks: list[asyncio.Task[None]] = field(factory=list)
    logs: list[EventDict] = field(factory=list)

    @room.default
    def _room(self) -> LockRoom:
        return LockRoom(self.clock)

    async def start(self, diary: Diary | None = None, *, lock: LeaderLock | None = None) -> Instance:
        diary = diary or Diary()
        own_lock = InMemoryLeaderLock(self.room)
        metrics, stop = CountingMetrics(), asyncio.Event()
        use_case = AcquireLeadership(
            bot="1", lock=lock or own_lock, clock=self.clock, duties={"diary": diary}, metrics=metrics
        )
        task = asyncio.create_task(use_case(stop))
        self.tasks.append(task)
        await self.clock.advance(0)
        return Instance(use_case, own_lock, diary, metrics, stop, task)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    with capture_logs() as logs:
        stage = Stage(logs=logs)
        yield stage
        for task in stage.tasks:
            task.cancel()
        await asyncio.gather(*stage.tasks, return_exceptions=True)


async def test_a_lone_instance_leads_at_once(stage: Stage) -> None:
    instance = await stage.start()

    assert instance.is_(LeadershipState.LEADER)
    assert instance.use_case.status.epoch == 1
    assert instance.use_case.status.lease_left_s == NORMAL_TIMING.acting_s
    assert instance.diary.entries == ["began 1"]


async def test_a_second_instance_stands_by_for_as_long_as_it_takes(stage: Stage) -> None:
    await stage.start()
    standby = await stage.start()

    await stage.clock.advance(60 * MINUTE_S)

    assert standby.is_(LeadershipState.STANDBY)
    assert standby.use_case.status.epoch is None
    assert standby.diary.entries == []


async def test_a_stop_drains_while_the_lock_is_held_and_hands_over_clean(stage: Stage) -> None:
    leader = await stage.start(Diary(drain_s=2.0, clock=stage.clock))
    standby = await stage.start()

    leader.stop.set()
    await stage.clock.advance(1.9)

    assert leader.is_(LeadershipState.DRAINING)
    assert standby.is_(LeadershipState.STANDBY)
    await stage.clock.advance(0.1)
    assert leader.diary.entries == ["began 1", "draining", "drained", "ended"]
    assert leader.is_(LeadershipState.STOPPED)
    assert leader.task.done()
    assert standby.is_(LeadershipState.LEADER)


async def test_a_bot_that_another_is_to_lead_is_finished_here_and_this_instance_stands_by_again(stage: Stage) -> None:
    leader = await stage.start(Diary(drain_s=2.0, clock=stage.clock))
    standby = await stage.start()

    leader.lock.want()
    await stage.clock.advance(1.9)
    assert leader.is_(LeadershipState.DRAINING)
    await stage.clock.advance(0.1)

    assert leader.diary.entries == ["began 1", "draining", "drained", "ended"]
    assert leader.is_(LeadershipState.STANDBY)
    assert standby.is_(LeadershipState.LEADER)
    standby.lock.want()
    await stage.clock.advance(0)
    assert leader.is_(LeadershipState.LEADER), "a hand-over is no short term that asks for a pause"


async def test_a_drain_has_an_end(stage: Stage) -> None:
    leader = await stage.start(Diary(drain_s=MINUTE_S, clock=stage.clock))

    leader.stop.set()
    await stage.clock.advance(DRAIN_TIMEOUT_S)

    assert leader.diary.entries == ["began 1", "draining", "ended"]
    assert leader.is_(LeadershipState.STOPPED)


async def test_what_began_first_goes_on_until_all_the_others_are_drained(stage: Stage) -> None:
    first, last = Diary(clock=stage.clock), Diary(drain_s=2.0, clock=stage.clock)
    stop = asyncio.Event()
    lead = AcquireLeadership(
        bot="1",
        lock=InMemoryLeaderLock(stage.room),
        clock=stage.clock,
        duties={"first": first, "last": last},
        metrics=CountingMetrics(),
    )
    stage.tasks.append(asyncio.create_task(lead(stop)))
    await stage.clock.advance(0)

    stop.set()
    await stage.clock.advance(1.9)

    assert last.entries == ["began 1", "draining"]
    assert first.entries == ["began 1"]
    await stage.clock.advance(0.1)
    assert first.entries == ["began 1", "draining", "drained", "ended"]


async def test_a_standby_asked_to_stop_stops(stage: Stage) -> None:
    await stage.start()
    standby = await stage.start()

    standby.stop.set()
    await stage.clock.advance(0)

    assert standby.is_(LeadershipState.STOPPED)
    assert standby.task.done()
    assert standby.diary.entries == []


async def test_a_successor_waits_a_lease_for_a_predecessor_that_said_nothing(stage: Stage) -> None:
    leader = await stage.start()
    standby = await stage.start()

    leader.lock.lose()
    await stage.clock.advance(LEASE_S - 0.1)

    assert standby.use_case.status.epoch == 2
    assert standby.is_(LeadershipState.STANDBY)
    assert standby.diary.entries == []
    await stage.clock.advance(0.1)
    assert standby.is_(LeadershipState.LEADER)
    assert standby.diary.entries == ["began 2"]


async def test_a_successor_does_not_wait_for_a_lease_that_has_run_out(stage: Stage) -> None:
    leader = await stage.start()
    standby = await stage.start()

    leader.lock.freeze()
    await stage.clock.advance(NORMAL_TIMING.idle_s)

    assert standby.is_(LeadershipState.LEADER)
    assert standby.diary.entries == ["began 2"]


async def test_a_leader_killed_long_ago_is_not_waited_for(stage: Stage) -> None:
    leader = await stage.start()
    leader.task.cancel()
    leader.lock.lose()
    await stage.clock.advance(LEASE_S - 1)

    successor = await stage.start()
    await stage.clock.advance(0.9)

    assert successor.is_(LeadershipState.STANDBY)
    await stage.clock.advance(0.1)
    assert successor.is_(LeadershipState.LEADER)


async def test_a_leadership_lost_during_that_wait_is_never_acted_on(stage: Stage) -> None:
    leader = await stage.start()
    standby = await stage.start()
    leader.lock.lose()
    await stage.clock.advance(LEASE_S / 2)

    standby.lock.lose()
    await stage.clock.advance(LEASE_S / 2)

    assert "began 2" not in standby.diary.entries
    assert standby.use_case.status.last_loss == "session_ended"


async def test_a_stop_during_that_wait_hands_the_wait_on(stage: Stage) -> None:
    leader, standby, third = [await stage.start() for _ in range(3)]
    leader.lock.lose()
    leader.task.cancel()
    await stage.clock.advance(LEASE_S / 2)

    standby.stop.set()
    await stage.clock.advance(LEASE_S - 0.1)

    assert standby.diary.entries == []
    assert third.is_(LeadershipState.STANDBY)
    await stage.clock.advance(0.1)
    assert third.is_(LeadershipState.LEADER)


async def test_on_a_loss_the_duties_end_and_the_instance_stands_by_to_lead_again(stage: Stage) -> None:
    instance = await stage.start()
    await stage.clock.advance(MINUTE_S)

    instance.lock.lose()
    await stage.clock.advance(0)

    assert instance.diary.entries == ["began 1", "ended", "began 2"]
    assert instance.use_case.status.last_loss == "session_ended"
    assert instance.metrics.counted("leadership_lost", reason="session_ended", bot="1") == 1


async def test_a_loss_cuts_a_drain_short(stage: Stage) -> None:
    leader = await stage.start(Diary(drain_s=5.0, clock=stage.clock))
    leader.stop.set()
    await stage.clock.advance(1.0)

    leader.lock.lose()
    await stage.clock.advance(0)

    assert leader.diary.entries == ["began 1", "draining", "ended"]
    assert leader.is_(LeadershipState.STOPPED)


async def test_a_duty_that_dies_ends_the_leadership_and_is_tried_again_ever_more_slowly(stage: Stage) -> None:
    instance = await stage.start(Diary(failure=RuntimeError("a bug")))

    assert instance.is_(LeadershipState.STANDBY)
    assert instance.use_case.status.last_loss == "duty_failed"
    await stage.clock.advance(60 * MINUTE_S)
    # 1, 2, 4 … 60 s between terms, halved at most by chance: never a hot loop, never for ever.
    assert 60 <= len(instance.diary.entries) <= 130


async def test_a_lone_instance_that_stalls_again_and_again_leads_again_within_seconds(stage: Stage) -> None:
    instance = await stage.start()
    for _ in range(12):
        instance.lock.lose()
        await stage.clock.advance(4.0 + LEASE_S)
        assert instance.is_(LeadershipState.LEADER)


async def test_a_duty_that_dies_stops_the_others_before_the_lock_is_free(stage: Stage) -> None:
    events: list[str] = []

    class Watched(InMemoryLeaderLock):
        async def acquire(self) -> InMemoryLeadership:
            events.append("acquire")
            return await super().acquire()

    healthy = Diary(entries=events)
    use_case = AcquireLeadership(
        bot="1",
        lock=Watched(stage.room),
        clock=stage.clock,
        duties={"healthy": healthy, "broken": Diary(failure=RuntimeError("a bug"))},
        metrics=CountingMetrics(),
    )
    stage.tasks.append(asyncio.create_task(use_case(asyncio.Event())))

    await stage.clock.advance(1.0)

    assert events[:4] == ["acquire", "began 1", "ended", "acquire"]


async def test_news_from_the_store_that_it_leads_no_more_counts_as_a_loss(stage: Stage) -> None:
    instance = await stage.start(Diary(failure=NotLeader("epoch 2 is on")))

    assert instance.use_case.status.last_loss == "superseded"
    assert instance.metrics.counted("leadership_lost", reason="duty_failed", bot="1") == 0


async def test_a_duty_that_notices_the_end_first_is_no_second_loss(stage: Stage) -> None:
    class Careful(Diary):
        async def run(self, leadership: Leadership) -> None:
            while True:
                LeadershipGuard(leadership).check()
                await stage.clock.sleep(1)

    leader = await stage.start(Careful())
    leader.lock.freeze()

    await stage.clock.advance(NORMAL_TIMING.idle_s)

    losses = [log["reason"] for log in stage.logs if log["event"] == "leadership.lost"]
    assert losses == ["lease_expired"]


async def test_a_duty_that_has_nothing_left_to_do_does_not_end_the_leadership(stage: Stage) -> None:
    class Brief(Diary):
        async def run(self, leadership: Leadership) -> None:
            self.entries.append("done")

    instance = await stage.start(Brief())
    await stage.clock.advance(MINUTE_S)

    assert instance.is_(LeadershipState.LEADER)
    assert instance.diary.entries == ["done"]


async def test_a_duty_that_ignores_its_cancellation_takes_the_process_down_unreleased(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("application.leading.acquire_leadership.CANCEL_TIMEOUT_S", CANCEL_TIMEOUT_S / 100)
    let_go = asyncio.Event()

    class Deaf(Diary):
        async def run(self, leadership: Leadership) -> None:
            while not let_go.is_set():
                try:
                    await let_go.wait()
                except asyncio.CancelledError:
                    continue

    leader = await stage.start(Deaf())
    standby = await stage.start()

    leader.stop.set()
    with pytest.raises(DutyStuck, match=r"duty\.diary"):
        await leader.task

    await stage.clock.advance(LEASE_S - 0.1)
    assert standby.is_(LeadershipState.STANDBY)
    let_go.set()
    await stage.clock.advance(0.1)
    assert standby.is_(LeadershipState.LEADER)


async def test_an_unusable_lock_is_reported_and_tried_again_slowly(stage: Stage) -> None:
    class Misconfigured(InMemoryLeaderLock):
        attempts = 0
        healed = False

        async def acquire(self) -> InMemoryLeadership:
            self.attempts += 1
            if not self.healed:
                raise LeadershipUnusable("set DATABASE_URL to the direct connection")
            return await super().acquire()

    lock = Misconfigured(stage.room)
    instance = await stage.start(lock=lock)
    await stage.clock.advance(UNUSABLE_RETRY_S * 2.5)

    assert lock.attempts == 3
    assert instance.use_case.status.fault == "set DATABASE_URL to the direct connection"
    assert not instance.task.done()
    lock.healed = True
    await stage.clock.advance(UNUSABLE_RETRY_S)
    assert instance.is_(LeadershipState.LEADER)
    assert instance.use_case.status.fault is None


async def test_cancelling_hands_over_without_draining(stage: Stage) -> None:
    leader = await stage.start()
    standby = await stage.start()

    leader.task.cancel()
    await stage.clock.advance(0)

    assert leader.diary.entries == ["began 1", "ended"]
    assert leader.is_(LeadershipState.STOPPED)
    assert standby.is_(LeadershipState.LEADER)


async def test_every_change_of_state_is_logged_and_counted_once(stage: Stage) -> None:
    leader = await stage.start()
    leader.stop.set()
    await leader.task

    way = ["standby", "leader", "draining", "stopped"]
    assert [log["state"] for log in stage.logs if log["event"] == "leadership.state_changed"] == way
    assert [leader.metrics.counted("leadership_state_changed", state=state) for state in way] == [1] * 4
    assert leader.metrics.gauged("leadership_leading", bot="1") == 0


async def test_acting_is_refused_once_the_leadership_is_over(stage: Stage) -> None:
    leadership = await InMemoryLeaderLock(stage.room).acquire()
    LeadershipGuard(leadership).check()

    await leadership.release()

    with pytest.raises(NotLeader):
        LeadershipGuard(leadership).check()


async def test_a_frozen_leader_has_no_lease_left_while_the_lock_is_still_its_own(stage: Stage) -> None:
    leader = await stage.start()
    standby = await stage.start()
    leader.lock.freeze()

    await stage.clock.advance(NORMAL_TIMING.acting_s)

    assert leader.use_case.status.lease_left_s == 0
    assert standby.use_case.status.epoch is None
