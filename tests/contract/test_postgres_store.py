"""What PostgreSQL adds to the store's contract: neighbours, faults of the server and the network, the last moment of an epoch."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import timedelta

import asyncpg
import pytest
from structlog.testing import capture_logs

from adapters.postgres_store import Database, PostgresGenerationStore, changes, generation_sql, migrate, open_database
from adapters.postgres_store import database as connections
from adapters.postgres_store.database import PooledConnection
from application.errors import NotLeader, StoreUnavailable
from domain.generation import Generation, GenerationId, GenerationState, TaskId
from tests.support.generations import ANN, NOON, a_generation
from tests.support.postgres import Shutdown, own_server, postmaster, restart
from tests.support.tcp_proxy import proxy_before

pytestmark = pytest.mark.postgres


@pytest.fixture
def store(opened_database: Database) -> PostgresGenerationStore:
    return PostgresGenerationStore(opened_database, "1")


@pytest.fixture
async def operator(database: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(database)
    yield connection
    connection.terminate()


async def begin_leadership(operator: "asyncpg.Connection[asyncpg.Record]", epoch: int) -> None:
    await operator.execute(
        "INSERT INTO leadership (bot, epoch) VALUES ('1', $1) ON CONFLICT (bot) DO UPDATE SET epoch = $1", epoch
    )


async def patiently_get(store: PostgresGenerationStore, generation: Generation) -> Generation | None:
    """The row, as soon as the store answers; until then it must say nothing but that it is unavailable."""
    async with asyncio.timeout(30):
        while True:
            try:
                return await store.get(generation.id)
            except StoreUnavailable:
                await asyncio.sleep(0.02)


async def test_bots_in_one_database_do_not_meet(
    opened_database: Database, store: PostgresGenerationStore, operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    neighbour = PostgresGenerationStore(opened_database, "2")
    async with store.changes() as own_changes:
        theirs = await neighbour.add(a_generation())
        own = await store.add(a_generation(request_key=theirs.request_key))
        assert await anext(own_changes) == own.id
        await neighbour.report_task(theirs.id, TaskId("theirs"))
        await begin_leadership(operator, 5)
        await neighbour.save(theirs.submitting(at=NOON), epoch=1)
        marker = await store.add(a_generation())
        assert await anext(own_changes) == marker.id
    row = await store.get(own.id)
    assert row == own
    assert await neighbour.history(theirs.user, limit=9) == [await neighbour.get(theirs.id)]


async def test_a_write_under_way_waits_for_the_epoch_that_is_being_taken_and_then_changes_nothing(
    store: PostgresGenerationStore, operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    wish = await store.add(a_generation())
    await begin_leadership(operator, 5)
    async with operator.transaction(), asyncio.timeout(30):
        await begin_leadership(operator, 6)
        late = asyncio.create_task(store.save(wish.submitting(at=NOON), epoch=5))
        while not await operator.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
            await asyncio.sleep(0.01)
    with pytest.raises(NotLeader):
        await late
    assert await store.get(wish.id) == wish


@pytest.mark.parametrize("change", ["state = 'a state of the next version'", "failure_kind = 'news'", "input = '5'"])
async def test_a_row_of_a_newer_version_keeps_no_other_waiting_and_stays_as_it_is(
    store: PostgresGenerationStore, operator: "asyncpg.Connection[asyncpg.Record]", change: str
) -> None:
    odd, plain = await store.add(a_generation()), await store.add(a_generation())
    await operator.execute(f"UPDATE generations SET {change} WHERE id = $1", odd.id)
    before = await operator.fetchrow("SELECT * FROM generations WHERE id = $1", odd.id)
    with capture_logs() as lines:
        assert [one.id for one in await store.unfinished()] == [plain.id]
        assert [one.id for one in await store.history(ANN, limit=9)] == [plain.id]
        assert await store.get(odd.id) is None
    assert {(line["event"], line["generation_id"], line["log_level"]) for line in lines} == {
        ("generation.unreadable", odd.id, "error")
    }
    assert await operator.fetchrow("SELECT * FROM generations WHERE id = $1", odd.id) == before


@pytest.mark.parametrize("how", list(Shutdown))
async def test_the_store_comes_back_with_the_server_and_tells_what_was_missed(how: Shutdown) -> None:
    async with own_server() as server, open_database(server.dsn) as opened:
        await migrate(server.dsn)
        store = PostgresGenerationStore(opened, "1")
        wish = await store.add(a_generation())
        async with store.changes() as heard, asyncio.timeout(30):
            restarted = asyncio.create_task(restart(server, how))
            while not restarted.done():
                assert await patiently_get(store, wish) == wish
                await asyncio.sleep(0.01)
            assert await anext(heard) == wish.id
            after = await store.add(a_generation())
            assert await anext(heard) == after.id


async def test_a_silent_network_is_unavailability_within_the_timeout_and_heals(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((connections, "STATEMENT_TIMEOUT_S"), (connections, "CONNECT_TIMEOUT_S")):
        monkeypatch.setattr(module, name, 0.3)
    monkeypatch.setattr("adapters.postgres_store.listening.PROVE_EVERY_S", 0.1)
    async with proxy_before(database) as (proxy, dsn), open_database(dsn) as opened:
        store = PostgresGenerationStore(opened, "1")
        wish = await store.add(a_generation())
        async with store.changes() as heard:
            listening = asyncio.ensure_future(anext(heard))
            proxy.stall()
            started = asyncio.get_running_loop().time()
            for _ in range(2):  # on the connection there was, and on a new one
                with pytest.raises(StoreUnavailable):
                    await store.get(wish.id)
            assert asyncio.get_running_loop().time() - started < 5
            await asyncio.sleep(0.6)  # longer than the listener takes to find out
            proxy.resume()
            assert await patiently_get(store, wish) == wish
            async with asyncio.timeout(30):
                assert await listening == wish.id


async def test_a_server_that_is_away_from_the_start_is_unavailability_without_the_password() -> None:
    async with own_server() as server:
        dsn = server.dsn
    async with open_database(dsn) as opened:
        store = PostgresGenerationStore(opened, "1")
        for call in (store.get(GenerationId("g1")), store.add(a_generation()), store.changes().__aenter__()):
            with pytest.raises(StoreUnavailable) as refused:
                await call
            assert dsn.split(":")[2].split("@")[0] not in str(refused.value)


async def test_a_frozen_server_holds_no_one_longer_than_the_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "CONNECT_TIMEOUT_S", 0.3)
    async with own_server() as server:
        pid = postmaster(server)
        async with open_database(server.dsn) as opened:
            os.kill(pid, signal.SIGSTOP)
            try:
                with pytest.raises(StoreUnavailable):
                    await PostgresGenerationStore(opened, "1").get(GenerationId("g1"))
            finally:
                os.kill(pid, signal.SIGCONT)


async def test_a_fault_of_our_own_is_not_taken_for_the_servers(store: PostgresGenerationStore) -> None:
    with pytest.raises(asyncpg.DataError):
        await store.add(a_generation(version=2**40))


async def test_more_callers_than_connections_take_turns(database: str) -> None:
    async with open_database(database, pool_size=2) as opened:
        store = PostgresGenerationStore(opened, "1")
        wishes = [a_generation() for _ in range(40)]
        await asyncio.gather(*(store.add(wish) for wish in wishes))
        assert len(await store.unfinished()) == 40


async def test_a_transaction_cut_off_leaves_nothing_to_the_next_user_of_its_connection(database: str) -> None:
    async with open_database(database, pool_size=1) as opened:
        with pytest.raises(asyncio.CancelledError):
            async with opened.transaction() as connection:
                await connection.execute("SELECT pg_advisory_xact_lock(1)")
                raise asyncio.CancelledError
        async with opened.connection() as connection:
            assert not connection.is_in_transaction()
            held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            assert await connection.fetchval(held) == 0


async def test_a_write_cut_off_is_there_as_a_whole_or_not_at_all(database: str) -> None:
    async with proxy_before(database) as (proxy, dsn), open_database(dsn) as opened:
        store = PostgresGenerationStore(opened, "1")
        wish = await store.add(a_generation())
        write = asyncio.create_task(store.save(wish.submitting(at=NOON)))
        proxy.stall()
        write.cancel()
        await asyncio.gather(write, return_exceptions=True)
        proxy.resume()
        row = await patiently_get(store, wish)
    assert row is not None
    assert (row.version, row.state) in {(0, GenerationState.QUEUED), (1, GenerationState.SUBMITTING)}


@pytest.mark.parametrize("enter", [Database.connection, Database.transaction], ids=["a statement", "a transaction"])
async def test_anyone_who_is_cancelled_while_the_server_is_silent_leaves_at_once(
    database: str, enter: Callable[[Database], AbstractAsyncContextManager[PooledConnection]]
) -> None:
    async with proxy_before(database) as (proxy, dsn), open_database(dsn) as opened:

        async def ask_into_silence() -> None:
            async with enter(opened) as connection:
                await connection.execute("SELECT 1")
                proxy.stall()
                await connection.execute("SELECT 1")

        asking = asyncio.create_task(ask_into_silence())
        await asyncio.wait({asking}, timeout=0.2)
        asking.cancel()
        await asyncio.wait({asking}, timeout=1.0)
        assert asking.cancelled()
        proxy.resume()
        async with enter(opened) as connection:
            assert await connection.fetchval("SELECT 1") == 1


async def test_a_reader_of_changes_that_is_cancelled_as_its_session_ends_has_ended() -> None:
    async def nothing() -> list[GenerationId]:
        return []

    stream = changes._Stream(nothing)

    async def read() -> GenerationId:
        return await anext(stream.ids())

    reading = asyncio.create_task(read())
    await asyncio.wait({reading}, timeout=0.1)
    stream.miss()  # as the end of the session does
    reading.cancel()  # as the loss of the lock does, in the same moment
    await asyncio.wait({reading}, timeout=1.0)
    assert reading.cancelled()


async def test_all_that_listen_in_a_process_share_a_connection_and_hear_only_their_own(
    database: str, operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    async with AsyncExitStack() as stack:
        opened = await stack.enter_async_context(open_database(database))
        stores = [PostgresGenerationStore(opened, str(number)) for number in range(50)]
        heard = [await stack.enter_async_context(store.changes()) for store in stores]
        rows = [await store.add(a_generation()) for store in stores]
        async with asyncio.timeout(30):
            assert [await anext(changes) for changes in heard] == [row.id for row in rows]
        listening = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        assert await operator.fetchval(listening) == 1


async def test_one_that_begins_to_listen_in_a_break_of_the_connection_takes_nothing_from_the_others(
    opened_database: Database, operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    first, second = (PostgresGenerationStore(opened_database, bot) for bot in ("1", "2"))
    async with first.changes() as heard:
        await operator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )
        wish = await first.add(a_generation())
        async with second.changes(), asyncio.timeout(30):
            assert await anext(heard) == wish.id


STATEMENTS: dict[str, tuple[str, list[object]]] = {
    "BY_ID": ("generations_by_id", ["1", "g500"]),
    "BY_REQUEST_KEY": ("generations_by_request_key", ["1", "r500"]),
    "UNFINISHED": ("generations_open", ["1"]),
    "UNFINISHED_IDS": ("generations_open", ["1"]),
    "LAST_OF": ("generations_of_user_and_model", ["1", "u5", "m5"]),
    "HISTORY": ("generations_of_user", ["1", "u5", NOON, ["fox"], True, 10]),
    "HISTORY_AFTER": ("generations_of_user", ["1", "u5", NOON - timedelta(days=15), ["fox"], False, 10]),
    "ERASE": ("generations_by_id", ["1", "g501", "u1"]),
    "FORGET_SECRETS": ("generations_secrets", ["1", NOON, 1000]),
    "SUBMITTED_SINCE": ("generations_secrets", ["1", NOON - timedelta(seconds=10)]),
    "DURATIONS": ("generations_run_times", ["1", "m5", 200]),
    "USAGE": ("generations_open_of_user", ["1", "u5", NOON - timedelta(days=1)]),
    "REPORT_TASK": ("generations_by_id", ["1", "g500", "t", "channel", "payload"]),
    "NOTE_PROGRESS_MESSAGE": ("generations_by_id", ["1", "g500", "m"]),
}

FILL = """
INSERT INTO generations (bot, version, id, user_id, chat, language, model_id, input, prompt, created_at, request_key, secret,
                         forced, state, submitted_at, ended_at, closed_at)
SELECT '1', 0, 'g' || n, 'u' || n % 500, '1', 'en', 'm' || n % 70, '{}', 'a fox', $1 - n * interval '1 minute', 'r' || n, '',
       false, CASE WHEN n % 1000 = 0 THEN 'running' ELSE 'delivered' END, $1 - n * interval '1 minute',
       CASE WHEN n % 1000 > 0 THEN $1 - n * interval '1 minute' END, CASE WHEN n % 1000 > 0 THEN $1 - n * interval '1 minute' END
  FROM generate_series(1, 30000) AS n
"""


async def test_a_search_reads_a_bounded_number_of_rows(
    store: PostgresGenerationStore, operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    newest = await store.add(a_generation(prompt="a needle", age=-timedelta(days=1)))
    await operator.execute(
        FILL.replace("$1", f"timestamptz '{NOON.isoformat()}'").replace("'u' || n % 500", "'telegram:1'")
    )
    rows = [
        await store.add(a_generation(prompt="a needle", age=timedelta(minutes=minutes))) for minutes in (4999, 6000)
    ]
    found = await store.history(ANN, limit=9, text="needle")
    assert [row.id for row in found] == [newest.id, rows[0].id]
    found = await store.history(ANN, limit=9, text="needle", after=rows[1].created_at)
    assert [row.id for row in found] == [rows[0].id]


async def test_every_statement_finds_its_rows_by_an_index(operator: "asyncpg.Connection[asyncpg.Record]") -> None:
    await operator.execute(FILL.replace("$1", f"timestamptz '{NOON.isoformat()}'"))
    await operator.execute("ANALYZE generations")
    for name, (index, values) in STATEMENTS.items():
        rows = await operator.fetch(f"EXPLAIN {getattr(generation_sql, name)}", *values)
        plan = "\n".join(row[0] for row in rows)
        assert index in plan, f"{name}:\n{plan}"
        assert "Seq Scan on generations" not in plan, f"{name}:\n{plan}"


async def test_a_cancellation_that_meets_a_broken_connection_is_still_a_cancellation(opened_database: Database) -> None:
    entered = asyncio.Event()

    async def work() -> None:
        async with opened_database.transaction() as connection:
            entered.set()
            try:
                await asyncio.Event().wait()
            finally:
                connection.terminate()

    working = asyncio.create_task(work())
    await entered.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working


@pytest.mark.parametrize("state", ["succeeded", "failed"])
async def test_an_end_that_an_earlier_release_noted_before_its_delivery_is_delivered(
    store: PostgresGenerationStore, operator: "asyncpg.Connection[asyncpg.Record]", state: str
) -> None:
    wish = await store.add(a_generation())
    await operator.execute("UPDATE generations SET state = $1 WHERE id = $2", state, wish.id)
    [row] = await store.unfinished()
    assert row.state is GenerationState.DELIVERING
    assert (await store.save(row.delivered(at=NOON))).is_terminal
