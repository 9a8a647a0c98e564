"""Instances that share bots: one session each, the same number of bots each, and no bot without a leader for long."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable

import asyncpg
import pytest
from attrs import define, field

from adapters.memory.metrics import CountingMetrics
from adapters.postgres_lock import PostgresLeaderLock, PostgresLocks
from adapters.system.machine import SystemClock
from application.leading.acquire_leadership import AcquireLeadership
from application.ports.leader_lock import Leadership
from tests.support.leadership import SHORT_TIMING, end_session
from tests.support.tcp_proxy import proxy_before

pytestmark = [pytest.mark.postgres, pytest.mark.leases]

BOTS = [str(number) for number in range(9)]
SOON_S = 20.0
HAND_OVER_S = 0.1
WITHOUT_A_LEASE_S = SHORT_TIMING.lease_s / 2
"""Who gives a bot up lets no lease run out, also where the machine is busy. `make bench` measures how long it takes."""


@define
class Led:
    """Who leads each bot now, and since when; what leads twice is kept as well."""

    now: dict[str, list[str]] = field(factory=lambda: {bot: [] for bot in BOTS})
    gaps_s: list[float] = field(factory=list)
    twice: list[str] = field(factory=list)
    _ended_at: dict[str, float] = field(factory=dict)

    def begin(self, bot: str, holder: str, at: float) -> None:
        if self.now[bot]:
            self.twice.append(bot)
        self.now[bot].append(holder)
        if bot in self._ended_at:
            self.gaps_s.append(at - self._ended_at[bot])

    def end(self, bot: str, holder: str, at: float) -> None:
        self.now[bot].remove(holder)
        self._ended_at[bot] = at

    def counts(self) -> list[int]:
        """How many bots each leads, the fewest first."""
        return sorted(Counter(holder for holders in self.now.values() for holder in holders).values())


@define
class Acting:
    """A duty that notes when it runs, as long as it may act."""

    led: Led
    bot: str
    holder: str
    clock: SystemClock

    async def run(self, leadership: Leadership) -> None:
        self.led.begin(self.bot, self.holder, self.clock.monotonic())
        try:
            await leadership.lost()
        finally:
            self.led.end(self.bot, self.holder, self.clock.monotonic())

    async def drain(self) -> None:
        """Nothing has begun."""


@define(eq=False)
class Instance:
    """What a process does about leadership for all the bots."""

    dsn: str
    holder: str
    led: Led
    locks: PostgresLocks = field()
    stop: asyncio.Event = field(factory=asyncio.Event)
    tasks: list[asyncio.Task[None]] = field(factory=list)

    @locks.default
    def _locks(self) -> PostgresLocks:
        return PostgresLocks(self.dsn, holder=self.holder, clock=SystemClock(), timing=SHORT_TIMING)

    def start(self) -> None:
        clock = SystemClock()
        for bot in BOTS:
            lead = AcquireLeadership(
                bot=bot,
                lock=PostgresLeaderLock(self.locks, bot),
                clock=clock,
                duties={"acting": Acting(self.led, bot, self.holder, clock)},
                metrics=CountingMetrics(),
            )
            self.tasks.append(asyncio.create_task(lead(self.stop)))

    async def end(self) -> None:
        """As a service stops: the others may take what it leads, then it hands over."""
        self.locks.leave()
        self.stop.set()
        await asyncio.gather(*self.tasks)


@define
class Deployment:
    """The instances, and who leads what."""

    dsn: str
    led: Led = field(factory=Led)
    instances: list[Instance] = field(factory=list)

    def add(self, *, dsn: str | None = None) -> Instance:
        """A further instance, which reaches the database by a way of its own where one is given."""
        instance = Instance(dsn or self.dsn, f"instance-{len(self.instances)}", self.led)
        self.instances.append(instance)
        instance.start()
        return instance

    async def until(self, holds: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(SOON_S):
                while not holds():
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"it did not come about: {self.led}") from None

    async def shared(self, *counts: int) -> None:
        await self.until(lambda: self.led.counts() == list(counts))

    async def sessions(self) -> int:
        connection = await asyncpg.connect(self.dsn)
        try:
            count: int = await connection.fetchval(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND application_name LIKE 'mediabot lock %'"
            )
            return count
        finally:
            await connection.close()


@pytest.fixture
async def deployment(database: str) -> AsyncIterator[Deployment]:
    made = Deployment(database)
    yield made
    for instance in made.instances:
        instance.stop.set()
    for instance in made.instances:
        await asyncio.gather(*instance.tasks, return_exceptions=True)


async def test_each_leads_as_many_on_one_session_and_a_new_one_gets_its_part_bot_by_bot(deployment: Deployment) -> None:
    deployment.add()
    await deployment.shared(9)
    deployment.add()
    await deployment.shared(4, 5)
    deployment.add()
    await deployment.shared(3, 3, 3)

    assert await deployment.sessions() == 3
    assert deployment.led.twice == []
    assert len(deployment.led.gaps_s) == 4 + 3, "no bot moves that need not"
    assert max(deployment.led.gaps_s) < WITHOUT_A_LEASE_S


async def test_a_stop_hands_over_all_bots_without_a_gap(deployment: Deployment) -> None:
    first, *_ = [deployment.add() for _ in range(3)]
    await deployment.shared(3, 3, 3)
    deployment.led.gaps_s.clear()

    await first.end()
    await deployment.shared(4, 5)

    assert len(deployment.led.gaps_s) == 3
    assert max(deployment.led.gaps_s) < WITHOUT_A_LEASE_S


async def test_the_bots_of_a_session_that_ended_are_led_again_by_all_the_others(deployment: Deployment) -> None:
    for _ in range(3):
        deployment.add()
    await deployment.shared(3, 3, 3)

    await end_session(deployment.dsn, "instance-0")
    await deployment.until(lambda: any(gap > HAND_OVER_S for gap in deployment.led.gaps_s))
    await deployment.shared(3, 3, 3)

    assert deployment.led.twice == []
    assert max(deployment.led.gaps_s) < SHORT_TIMING.lease_s + 1.0


async def test_a_partition_lets_no_two_lead_and_the_others_lead_again_within_the_idle_time(
    deployment: Deployment,
) -> None:
    async with proxy_before(deployment.dsn) as (way, dsn):
        cut_off = deployment.add(dsn=dsn)
        for _ in range(2):
            deployment.add()
        await deployment.shared(3, 3, 3)
        before = {bot for bot, holders in deployment.led.now.items() if holders == [cut_off.holder]}
        deployment.led.gaps_s.clear()
        clock = SystemClock()

        way.stall()
        struck_at = clock.monotonic()
        await deployment.until(lambda: all(deployment.led.now[bot] not in ([], [cut_off.holder]) for bot in before))
        led_again_s = clock.monotonic() - struck_at
        way.resume()
        await deployment.shared(3, 3, 3)

    assert deployment.led.twice == []
    assert led_again_s < SHORT_TIMING.idle_s + SHORT_TIMING.ask_s + 1.0
    assert min(deployment.led.gaps_s) > 0


async def test_a_bot_deposed_in_the_table_costs_the_others_on_the_session_nothing(deployment: Deployment) -> None:
    deployment.add()
    await deployment.shared(9)
    connection = await asyncpg.connect(deployment.dsn)
    await connection.execute("UPDATE leadership SET epoch = epoch + 1 WHERE bot = '3'")
    await connection.close()

    await deployment.until(lambda: not deployment.led.now["3"])
    assert deployment.led.counts() == [8]
    await deployment.shared(9)
    assert await deployment.sessions() == 1
