"""What every ``LeaderLock`` promises, asked of the one in memory and of PostgreSQL's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from attrs import define, field

from adapters.embedded_postgres import EmbeddedServer
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.postgres_lock import PostgresLeaderLock, PostgresLocks
from adapters.system.machine import SystemClock
from application.ports.leader_lock import LeaderLock, Leadership
from tests.support.leadership import SHORT_TIMING, end_session
from tests.support.postgres import cloned_database
from tests.support.tcp_proxy import TcpProxy, proxy_before

SOON_S = 10.0


class MemoryContest:
    """Contenders in one room."""

    def __init__(self) -> None:
        self._room = LockRoom(SystemClock(), timing=SHORT_TIMING)
        self._locks: list[InMemoryLeaderLock] = []

    async def enter(self, bot: str = "1") -> LeaderLock:
        lock = InMemoryLeaderLock(self._room, bot=bot)
        self._locks.append(lock)
        return lock

    async def end_session(self, contender: int) -> None:
        self._locks[contender].lose()

    def cut_off(self, contender: int) -> None:
        self._locks[contender].cut_off()


@define
class PostgresContest:
    """Contenders on one database, each behind a proxy of its own."""

    _dsn: str
    _stack: AsyncExitStack
    _proxies: list[TcpProxy] = field(factory=list, init=False)

    async def enter(self, bot: str = "1") -> LeaderLock:
        proxy, dsn = await self._stack.enter_async_context(proxy_before(self._dsn))
        holder = f"contender-{len(self._proxies)}"
        self._proxies.append(proxy)
        lock = PostgresLeaderLock(PostgresLocks(dsn, holder=holder, clock=SystemClock(), timing=SHORT_TIMING), bot)
        self._stack.push_async_callback(lock.close)
        return lock

    async def end_session(self, contender: int) -> None:
        await end_session(self._dsn, f"contender-{contender}")

    def cut_off(self, contender: int) -> None:
        self._proxies[contender].stall()


Contest = MemoryContest | PostgresContest


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def server(request: pytest.FixtureRequest) -> EmbeddedServer | None:
    """The server to compete on; None: in memory."""
    if request.param == "memory":
        return None
    server: EmbeddedServer = request.getfixturevalue("postgres_server")
    return server


@pytest.fixture
async def contest(server: EmbeddedServer | None) -> AsyncIterator[Contest]:
    if server is None:
        yield MemoryContest()
        return
    async with cloned_database(server.dsn) as dsn, AsyncExitStack() as stack:
        yield PostgresContest(dsn, stack)


async def soon(lock: LeaderLock) -> Leadership:
    """Its leadership, which no one else holds back."""
    async with asyncio.timeout(SOON_S):
        return await lock.acquire()


async def queue_up(lock: LeaderLock) -> asyncio.Task[Leadership]:
    """A contender that waits. The pause lets it arrive in the queue before anyone who comes next."""
    waiting = asyncio.create_task(lock.acquire())
    done, _ = await asyncio.wait({waiting}, timeout=0.3)
    assert not done
    return waiting


async def give_up(*waiting: asyncio.Task[Leadership]) -> None:
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_only_one_of_many_contenders_leads(contest: Contest) -> None:
    waits = [asyncio.create_task((await contest.enter()).acquire()) for _ in range(4)]

    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.wait(waits, timeout=SHORT_TIMING.ask_s * 5)

    assert sum(wait.done() for wait in waits) == 1
    await give_up(*waits)


async def test_everybody_who_waits_gets_a_turn(contest: Contest) -> None:
    leadership = await soon(await contest.enter())
    waiting = {await queue_up(await contest.enter()) for _ in range(3)}

    while waiting:
        await leadership.release()
        async with asyncio.timeout(SOON_S):
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        (leadership,) = [task.result() for task in done]


async def test_every_leadership_has_a_higher_epoch_than_those_before(contest: Contest) -> None:
    epochs = []
    for lock in [await contest.enter() for _ in range(2)] * 3:
        leadership = await soon(lock)
        epochs.append(leadership.epoch)
        await leadership.release()

    assert epochs == sorted(set(epochs))


async def test_bots_have_locks_and_epochs_of_their_own(contest: Contest) -> None:
    first = await soon(await contest.enter("1"))
    second = await soon(await contest.enter("2"))

    assert first.epoch == second.epoch == 1
    assert first.seconds_left() > 0
    assert second.seconds_left() > 0


async def test_the_first_leader_of_all_has_no_one_to_wait_for(contest: Contest) -> None:
    assert (await soon(await contest.enter())).follows_clean_release


async def test_a_release_tells_the_successor_that_the_leader_had_stopped(contest: Contest) -> None:
    await (await soon(await contest.enter())).release()

    assert (await soon(await contest.enter())).follows_clean_release


async def test_a_leader_whose_session_ended_may_still_act_for_all_the_successor_knows(contest: Contest) -> None:
    await soon(await contest.enter())
    await contest.end_session(0)

    assert not (await soon(await contest.enter())).follows_clean_release


async def test_closing_a_lock_hands_over_without_calling_it_clean(contest: Contest) -> None:
    lock = await contest.enter()
    await soon(lock)
    await lock.close()

    assert not (await soon(await contest.enter())).follows_clean_release


async def test_a_leader_that_comes_back_need_not_wait_for_itself(contest: Contest) -> None:
    lock = await contest.enter()
    first = await soon(lock)
    await contest.end_session(0)
    await asyncio.wait_for(first.lost(), SOON_S)

    assert (await soon(lock)).follows_clean_release


async def test_a_short_term_does_not_hide_an_unclean_end_before_it(contest: Contest) -> None:
    await soon(await contest.enter())
    await contest.end_session(0)
    between = await soon(await contest.enter())

    await between.release()

    assert not (await soon(await contest.enter())).follows_clean_release


async def test_a_short_term_of_its_own_does_not_hide_one_either(contest: Contest) -> None:
    await soon(await contest.enter())
    await contest.end_session(0)
    lock = await contest.enter()
    between = await soon(lock)
    await contest.end_session(1)
    await asyncio.wait_for(between.lost(), SOON_S)

    assert not (await soon(lock)).follows_clean_release


async def test_a_term_longer_than_a_lease_settles_what_was_before_it(contest: Contest) -> None:
    await soon(await contest.enter())
    await contest.end_session(0)
    between = await soon(await contest.enter())
    await asyncio.sleep(SHORT_TIMING.lease_s + 0.1)

    await between.release()

    assert (await soon(await contest.enter())).follows_clean_release


async def test_a_leader_hears_at_once_that_its_session_ended(contest: Contest) -> None:
    leadership = await soon(await contest.enter())

    await contest.end_session(0)

    async with asyncio.timeout(SHORT_TIMING.heartbeat_timeout_s):
        assert await leadership.lost() == "session_ended"
    assert leadership.seconds_left() <= 0


async def test_a_leader_may_act_for_as_long_as_it_is_heard(contest: Contest) -> None:
    leadership = await soon(await contest.enter())

    await asyncio.sleep(SHORT_TIMING.idle_s + 0.2)

    assert 0 < leadership.seconds_left() <= SHORT_TIMING.lease_s


async def test_a_leader_that_is_cut_off_stops_before_another_leads(contest: Contest) -> None:
    leader, successor = await contest.enter(), await contest.enter()
    leadership = await soon(leader)
    waiting = await queue_up(successor)

    contest.cut_off(0)

    next_leadership = await asyncio.wait_for(waiting, SOON_S)
    assert leadership.seconds_left() <= 0
    assert not next_leadership.follows_clean_release
    assert next_leadership.wait_s == 0
    assert await leadership.lost() == "heartbeat_failed"


async def test_after_a_clean_release_there_is_nothing_to_wait_for(contest: Contest) -> None:
    await (await soon(await contest.enter())).release()

    assert (await soon(await contest.enter())).wait_s == 0


async def test_a_successor_waits_for_what_is_left_of_the_lease(contest: Contest) -> None:
    await soon(await contest.enter())
    await contest.end_session(0)
    at_once = await soon(await contest.enter())
    await contest.end_session(1)
    await asyncio.sleep(1.0)

    later = await soon(await contest.enter())

    assert 0 < at_once.wait_s <= SHORT_TIMING.lease_s
    assert 0 <= later.wait_s <= SHORT_TIMING.lease_s - 1.0


async def test_a_leadership_is_over_once_released(contest: Contest) -> None:
    leadership = await soon(await contest.enter())

    await leadership.release()

    assert leadership.seconds_left() <= 0
    assert await leadership.lost() == "released"


async def test_releasing_after_the_loss_harms_no_successor(contest: Contest) -> None:
    lost = await soon(await contest.enter())
    await contest.end_session(0)
    leadership = await soon(await contest.enter())
    waiting = await queue_up(await contest.enter())

    await lost.release()
    await lost.release()

    assert leadership.seconds_left() > 0
    assert not waiting.done()
    await contest.end_session(1)
    assert not (await asyncio.wait_for(waiting, SOON_S)).follows_clean_release


async def test_a_contender_that_gives_up_does_not_hold_up_the_queue(contest: Contest) -> None:
    leadership = await soon(await contest.enter())
    quitter = await contest.enter()
    quitting = await queue_up(quitter)
    waiting = await queue_up(await contest.enter())

    await give_up(quitting)
    await leadership.release()

    next_leadership = await asyncio.wait_for(waiting, SOON_S)
    await next_leadership.release()
    assert (await soon(quitter)).epoch > next_leadership.epoch


async def test_leading_again_and_again_leaves_nothing_behind(contest: Contest) -> None:
    lock = await contest.enter()
    for _ in range(5):
        await soon(lock)  # the next acquire ends the term before, released or not
    await (await soon(lock)).release()

    assert (await soon(await contest.enter())).epoch == 7
