"""What platforms, networks and configurations do to PostgreSQL's leader lock."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path

import asyncpg
import pytest

from adapters.embedded_postgres import EmbeddedServer
from adapters.memory.clock import ManualClock
from adapters.postgres_lock import PostgresLeaderLock, PostgresLocks
from adapters.postgres_store import migrate
from adapters.system.machine import SystemClock
from application.errors import LeadershipUnusable
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership
from tests.support.contender import contender
from tests.support.leadership import SHORT_TIMING, end_session
from tests.support.postgres import Shutdown, cloned_database, own_server, restart
from tests.support.tcp_proxy import as_a_pooler, proxy_before

pytestmark = pytest.mark.postgres

SOON_S = 10.0


class Ring:
    """Makes contenders for one database and closes them."""

    def __init__(self, dsn: str, stack: AsyncExitStack) -> None:
        self.dsn = dsn
        self._stack = stack

    def lock(self, dsn: str | None = None, *, clock: Clock | None = None) -> PostgresLeaderLock:
        lock = PostgresLeaderLock(
            PostgresLocks(dsn or self.dsn, holder="contender", clock=clock or SystemClock(), timing=SHORT_TIMING), "1"
        )
        self._stack.push_async_callback(lock.close)
        return lock


@pytest.fixture
async def ring(database: str) -> AsyncIterator[Ring]:
    async with AsyncExitStack() as stack:
        yield Ring(database, stack)


async def soon(lock: PostgresLeaderLock) -> Leadership:
    async with asyncio.timeout(SOON_S):
        return await lock.acquire()


async def queue_up(lock: PostgresLeaderLock) -> asyncio.Task[Leadership]:
    waiting: asyncio.Task[Leadership] = asyncio.create_task(lock.acquire())
    done, _ = await asyncio.wait({waiting}, timeout=0.3)
    assert not done
    return waiting


async def execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement, timeout=SOON_S)
    finally:
        await connection.close()


async def lock_session(dsn: str, *, leads: bool) -> int:
    """The server's process that holds the bot's lock, or another that takes part."""
    connection = await asyncpg.connect(dsn)
    try:
        async with asyncio.timeout(SOON_S):
            while True:
                pid: int | None = await connection.fetchval(
                    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"
                    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                    " GROUP BY pid HAVING bool_or(objsubid = 1) = $1",
                    leads,
                )
                if pid is not None:
                    return pid
    finally:
        await connection.close()


@pytest.mark.parametrize("how", [Shutdown.FAST, Shutdown.IMMEDIATE])
async def test_after_a_restart_of_the_server_one_leads_again(how: Shutdown) -> None:
    async with own_server() as server, AsyncExitStack() as stack:
        await migrate(server.dsn)
        ring = Ring(server.dsn, stack)
        first = await soon(ring.lock())
        waiting = await queue_up(ring.lock())

        await restart(server, how)

        assert first.seconds_left() <= 0
        second = await asyncio.wait_for(waiting, SOON_S)
        assert second.epoch == first.epoch + 1
        assert not second.follows_clean_release


async def test_the_lease_counts_from_the_sending_of_a_heartbeat_and_not_from_its_answer(ring: Ring) -> None:
    clock = ManualClock()
    async with proxy_before(ring.dsn) as (proxy, dsn):
        leadership = await soon(ring.lock(dsn, clock=clock))
        proxy.stall()
        await clock.advance(SHORT_TIMING.heartbeat_s)  # sends one
        await clock.advance(0.8)
        unanswered = leadership.seconds_left()

        proxy.resume()
        while (answered := leadership.seconds_left()) == unanswered:
            await asyncio.sleep(0)

        assert answered == pytest.approx(SHORT_TIMING.acting_s - 0.8)


async def test_a_process_frozen_for_longer_than_the_lease_does_not_act_when_it_wakes(ring: Ring) -> None:
    async with contender(ring.dsn, "leader") as leader:
        await leader.first("act")
        async with contender(ring.dsn, "standby") as standby:
            await standby.first("leader_lock.connected")

            leader.send(signal.SIGSTOP)
            taken_over_at = (await standby.first("act"))["at"]
            leader.send(signal.SIGCONT)
            await leader.first("leadership.state_changed", after=taken_over_at, state="standby")

            assert max(leader.acts()) < taken_over_at


async def test_a_killed_process_is_followed_at_once(ring: Ring) -> None:
    async with contender(ring.dsn, "leader") as leader:
        await leader.first("act")
        waiting = await queue_up(ring.lock())

        leader.send(signal.SIGKILL)

        async with asyncio.timeout(SHORT_TIMING.lease_s):  # the idle time has no part in it
            assert not (await waiting).follows_clean_release


async def test_a_waiter_that_vanished_holds_up_no_one(ring: Ring) -> None:
    leadership = await soon(ring.lock())
    async with proxy_before(ring.dsn) as (proxy, dsn):
        vanished = await queue_up(ring.lock(dsn))
        waiting = await queue_up(ring.lock())
        proxy.stall()

        await leadership.release()

        async with asyncio.timeout(SHORT_TIMING.heartbeat_timeout_s):
            assert (await waiting).seconds_left() > 0
        vanished.cancel()


async def test_a_grant_that_is_not_heard_of_is_not_kept(ring: Ring) -> None:
    leadership = await soon(ring.lock())
    async with proxy_before(ring.dsn) as (proxy, dsn):
        waiting = await queue_up(ring.lock(dsn))
        session = await lock_session(ring.dsn, leads=False)
        answers = count(1)
        proxy.stall()
        await leadership.release()
        await asyncio.sleep(SHORT_TIMING.ask_s)
        proxy.lose_answers(lambda: next(answers) == 2)  # the server says that the lock is free, then that it is granted
        proxy.resume()

        async with asyncio.timeout(SOON_S):
            second = await waiting
        assert second.epoch == leadership.epoch + 1
        assert await lock_session(ring.dsn, leads=True) != session


async def test_a_leader_whose_event_loop_was_blocked_knows_it_before_anything_else_runs(ring: Ring) -> None:
    leadership = await soon(ring.lock())

    time.sleep(SHORT_TIMING.lease_s)

    assert leadership.seconds_left() <= 0
    assert await leadership.lost() == "lease_expired"
    await asyncio.sleep(SHORT_TIMING.heartbeat_s)
    assert leadership.seconds_left() <= 0


async def test_a_heartbeat_does_not_revive_a_lease_that_ran_out(ring: Ring) -> None:
    leadership = await soon(ring.lock())

    time.sleep(SHORT_TIMING.lease_s)

    async with asyncio.timeout(SOON_S):
        assert await leadership.lost() == "lease_expired"


async def test_a_standby_waits_on_one_session(ring: Ring) -> None:
    await soon(ring.lock())
    waiting = await queue_up(ring.lock())
    session = await lock_session(ring.dsn, leads=False)

    await asyncio.sleep(SHORT_TIMING.idle_s + SHORT_TIMING.heartbeat_s)

    assert await lock_session(ring.dsn, leads=False) == session
    waiting.cancel()


async def test_an_index_can_be_created_concurrently_while_a_standby_waits(ring: Ring) -> None:
    await soon(ring.lock())
    waiting = await queue_up(ring.lock())
    await execute(ring.dsn, "CREATE TABLE thing (id bigint)")

    await execute(ring.dsn, "CREATE INDEX CONCURRENTLY thing_id ON thing (id)")

    assert not waiting.done()
    waiting.cancel()


async def test_a_leader_deposed_in_the_table_stops(ring: Ring) -> None:
    leadership = await soon(ring.lock())

    await execute(ring.dsn, "UPDATE leadership SET epoch = epoch + 1")

    async with asyncio.timeout(SHORT_TIMING.heartbeat_s * 3):
        assert await leadership.lost() == "superseded"


async def test_a_leader_whose_server_takes_no_writes_any_more_knows_why_it_stops(ring: Ring) -> None:
    leadership = await soon(ring.lock())

    await execute(
        ring.dsn,
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$BEGIN RAISE 'as a replica says' USING ERRCODE = 'read_only_sql_transaction'; END$$;"
        " CREATE TRIGGER refuse BEFORE UPDATE ON leader_heartbeats FOR EACH ROW EXECUTE FUNCTION refuse()",
    )

    async with asyncio.timeout(SOON_S):
        assert await leadership.lost() == "not_primary"


async def test_a_whole_lease_is_waited_for_where_the_last_heartbeat_is_not_known(ring: Ring) -> None:
    """After a crash of the server, and after a leader of a release that notes none."""
    await soon(ring.lock())
    await execute(ring.dsn, "UPDATE leader_heartbeats SET epoch = epoch - 1")
    await end_session(ring.dsn, "contender")

    assert (await soon(ring.lock())).wait_s == SHORT_TIMING.lease_s


async def test_a_heartbeat_of_a_former_leader_does_not_replace_a_newer_one(ring: Ring) -> None:
    leadership = await soon(ring.lock())
    await execute(ring.dsn, "UPDATE leader_heartbeats SET epoch = epoch + 1, at = 'infinity'")

    await asyncio.sleep(SHORT_TIMING.heartbeat_s * 3)

    assert leadership.seconds_left() > 0
    await execute(ring.dsn, "DO $$BEGIN ASSERT (SELECT at = 'infinity' FROM leader_heartbeats); END$$")


async def test_epochs_go_on_rising_and_no_one_is_trusted_after_rows_were_lost(ring: Ring) -> None:
    lock = ring.lock()
    for _ in range(3):
        await (await soon(lock)).release()
    await execute(ring.dsn, "UPDATE leadership SET epoch = 1")

    leadership = await soon(lock)

    assert leadership.epoch == 4
    assert not leadership.follows_clean_release


async def test_another_database_is_another_lock(ring: Ring, postgres_server: EmbeddedServer) -> None:
    """The limit that docs/leadership.md names: instances must share the database, the server is not enough."""
    leadership = await soon(ring.lock())

    async with cloned_database(postgres_server.dsn) as elsewhere, AsyncExitStack() as stack:
        other = await soon(Ring(elsewhere, stack).lock())
        assert leadership.seconds_left() > 0
        assert other.seconds_left() > 0


async def test_a_release_into_a_dead_network_ends_and_is_not_called_clean(ring: Ring) -> None:
    async with proxy_before(ring.dsn) as (proxy, dsn):
        leadership = await soon(ring.lock(dsn))
        proxy.stall()

        async with asyncio.timeout(2):
            await leadership.release()

        assert leadership.seconds_left() <= 0
    assert not (await soon(ring.lock())).follows_clean_release


async def test_giving_up_on_a_server_that_does_not_answer_takes_no_time(ring: Ring) -> None:
    async with proxy_before(ring.dsn) as (proxy, dsn):
        proxy.stall()
        waiting = await queue_up(ring.lock(dsn))

        waiting.cancel()

        done, _ = await asyncio.wait({waiting}, timeout=0.5)
        assert done


async def test_a_pooler_is_refused_with_what_to_set_instead(ring: Ring) -> None:
    async with proxy_before(ring.dsn, tamper=as_a_pooler) as (_, dsn):
        with pytest.raises(LeadershipUnusable, match="direct connection string"):
            await soon(ring.lock(dsn))


async def test_a_read_only_replica_is_refused(tmp_path: Path) -> None:
    async with own_server() as server:
        (Path(server.pid_file).parent / "standby.signal").touch()
        await restart(server, Shutdown.FAST)

        async with AsyncExitStack() as stack:
            with pytest.raises(LeadershipUnusable, match="primary"):
                await soon(Ring(server.dsn, stack).lock())


async def test_a_database_that_was_never_migrated_is_refused(postgres_server: EmbeddedServer) -> None:
    async with cloned_database(postgres_server.dsn, template="template0") as bare, AsyncExitStack() as stack:
        with pytest.raises(LeadershipUnusable, match="mediabot migrate"):
            await soon(Ring(bare, stack).lock())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("/test_", "/no_such_", "does not exist"),
        ("mediabot:", "mediabot:wrong", "password"),
        ("postgresql://", "mysql://", "can't be read"),
        ("@127.0.0.1:", "@127.0.0.1:x", "can't be read"),
        ("@127.0.0.1:", "@127.0.0.1:9", "can't be read"),
    ],
)
async def test_a_wrong_url_is_refused_and_not_repeated_in_the_message(
    ring: Ring, old: str, new: str, words: str
) -> None:
    wrong = ring.dsn.replace(old, new, 1)
    assert wrong != ring.dsn

    with pytest.raises(LeadershipUnusable, match=words) as refusal:
        await soon(ring.lock(wrong))

    assert "127.0.0.1" not in str(refusal.value)
