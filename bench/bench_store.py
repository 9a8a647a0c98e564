"""The store on a million rows: the plan and the time of each query, beside ten thousand rows, and what fencing costs: ``python -m bench.bench_store``.

``--plans`` prints the plans in full. Takes about a minute, most of it for making the rows.
"""

import asyncio
import re
import statistics
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import asyncpg
from rich.console import Console
from rich.table import Table

from adapters.postgres_store import PostgresGenerationStore, generation_sql, migrate, open_database
from adapters.postgres_store.listening import Connection
from bench.aims import Aim, at_most, console, run_alone
from domain.generation import Generation, TaskId
from tests.support.generations import NOON, a_generation
from tests.support.postgres import own_server

ROWS: Final = 1_000_000
FEW: Final = 10_000
"""What a query may take is compared with: the same people have as many generations each, and there are fewer people."""
UNFINISHED_EVERY: Final = 200
"""5,000 in flight, as many as one process promises to carry."""
EACH: Final = 50
"""Generations of a person."""
REPEATS: Final = 51
AT_A_TAKE_OVER: Final = frozenset(
    {"what a new leader loads (5,000 rows)", "the creation window", "how long a model takes"}
)
"""No one waits for these in a chat."""
LIVES: Final = 300
CONNECTIONS: Final = 8
TIMES: Final = 200
SEQUENTIAL: Final = "none: sequential"

FILL: Final = f"""
INSERT INTO generations (
    bot, version, id, user_id, chat, language, model_id, input, prompt, created_at, request_key, secret, forced,
    reserved_credits, state, task_id, charged_credits, submitted_at, ended_at, closed_at)
SELECT '1', 4, 'g' || n, 'u' || n % $3::integer, n % $3::integer, 'en', 'm' || n % 188, '{{"prompt": "a red fox in snow"}}',
       'a red fox in snow, number ' || n, at, 'r' || n, 's', false, 4,
       CASE WHEN n % {UNFINISHED_EVERY} = 0 THEN 'running' ELSE 'delivered' END, 't' || n, 4, at,
       CASE WHEN n % {UNFINISHED_EVERY} > 0 THEN at + interval '20 s' END,
       CASE WHEN n % {UNFINISHED_EVERY} > 0 THEN at + interval '21 s' END
  FROM (SELECT n, $1::timestamptz - n * interval '10 s' AS at FROM generate_series(1, $2::integer) AS n) AS times
"""

RESULTS: Final = """
INSERT INTO generation_results (generation, position, kind, url)
SELECT number, 0, 'image', 'https://files.example/' || id FROM generations WHERE state = 'delivered'
"""

QUERIES: Final[dict[str, tuple[str, Sequence[object]]]] = {
    "what a new leader loads (5,000 rows)": (generation_sql.UNFINISHED, ["1"]),
    "the creation window": (generation_sql.SUBMITTED_SINCE, ["1", NOON - timedelta(seconds=100)]),
    "one generation": (generation_sql.BY_ID, ["1", "g7777"]),
    "a request seen before": (generation_sql.BY_REQUEST_KEY, ["1", "r7777"]),
    "a page of a history": (generation_sql.HISTORY, ["1", "u77", None, [], False, 8]),
    "a search in a history": (generation_sql.HISTORY, ["1", "u77", NOON, ["NUMBER", "40"], False, 8]),
    "an inline query that finds nothing": (generation_sql.HISTORY, ["1", "u77", None, ["walrus"], True, 21]),
    "as last time": (generation_sql.LAST_OF, ["1", "u77", "m77"]),
    "a user's limits": (generation_sql.USAGE, ["1", "u77", NOON - timedelta(days=1)]),
    "how long a model takes": (generation_sql.DURATIONS, ["1", "m77", 200]),
}


async def fill(connection: Connection, rows: int) -> None:
    """Have so many generations and no others."""
    await connection.execute("INSERT INTO leadership (bot, epoch) VALUES ('1', 1) ON CONFLICT DO NOTHING")
    await connection.execute("TRUNCATE generations CASCADE")
    await connection.execute(FILL, NOON, rows, rows // EACH)
    await connection.execute(RESULTS)
    await connection.execute("VACUUM ANALYZE")


async def explain(connection: Connection, statement: str, values: Sequence[object]) -> tuple[str, str]:
    """The plan, and the indexes of ``generations`` that it uses."""
    rows = await connection.fetch(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", *values)
    plan = "\n".join(row[0] for row in rows)
    if "Seq Scan on generations" in plan:
        return plan, SEQUENTIAL
    return plan, ", ".join(sorted(set(re.findall(r"(?:using|on) (generations_\w+)", plan))))


async def median_ms(connection: Connection, statement: str, values: Sequence[object]) -> float:
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        await connection.fetch(statement, *values)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


async def times(connection: Connection) -> dict[str, float]:
    """Milliseconds of each query."""
    return {name: await median_ms(connection, *asked) for name, asked in QUERIES.items()}


async def show_queries(connection: Connection, console: Console, few: dict[str, float], *, plans: bool) -> list[Aim]:
    """How many queries use no index, and how much longer the slowest takes than with ``few`` rows."""
    table = Table("query", "rows", "ms, median", f"× {FEW:,}", "index", title=f"{ROWS:,} generations")
    scanned, many = 0, await times(connection)
    for name, (statement, values) in QUERIES.items():
        plan, indexes = await explain(connection, statement, values)
        rows = len(await connection.fetch(statement, *values))
        scanned += indexes == SEQUENTIAL
        table.add_row(name, f"{rows:,}", f"{many[name]:.2f}", f"{many[name] / few[name]:.2f}", indexes)
        if plans:
            console.print(f"\n[bold]{name}[/bold]\n{plan}", highlight=False, soft_wrap=True)
    console.print(table)
    worst = max(many[name] / few[name] for name in QUERIES if name not in AT_A_TAKE_OVER)
    return [
        at_most("store: queries that read all of a million rows", scanned, 0, digits=0),
        at_most(f"store: the slowest query that a person waits for, × {FEW:,} rows", worst, 1.2),
    ]


async def write_lives(store: PostgresGenerationStore, epoch: int | None) -> float:
    """Milliseconds for one wish to be added and saved twice, one after another."""
    started = time.perf_counter()
    for _ in range(LIVES):
        row = await store.add(a_generation())
        row = await store.save(row.submitting(at=NOON), epoch=epoch)
        await store.save(row.running(TaskId("t")), epoch=epoch)
    return (time.perf_counter() - started) * 1000 / LIVES


async def show_writes(dsn: str, console: Console) -> None:
    async with open_database(dsn, pool_size=CONNECTIONS) as database:
        store = PostgresGenerationStore(database, "1")
        await write_lives(store, None)
        rounds = [(await write_lives(store, None), await write_lives(store, 1)) for _ in range(3)]
        free, fenced = (statistics.median(column) for column in zip(*rounds, strict=True))
        rows = [await store.add(a_generation()) for _ in range(CONNECTIONS)]
        started = time.perf_counter()
        await asyncio.gather(*(submit_again_and_again(store, row) for row in rows))
        parallel = CONNECTIONS * TIMES / (time.perf_counter() - started)
    console.print(f"add + 2 saves, one after another: {free:.2f} ms; with an epoch {fenced / free:.2f} × that")
    console.print(f"saves with an epoch over {CONNECTIONS} connections: {parallel:,.0f}/s")


async def submit_again_and_again(store: PostgresGenerationStore, row: Generation) -> None:
    for _ in range(TIMES // 2):
        row = await store.save(row.submitting(at=NOON), epoch=1)
        row = await store.save(row.not_started(), epoch=1)


async def measure(*, plans: bool) -> list[Aim]:
    shown = console()
    async with own_server(max_wal_size="8GB") as server:
        await migrate(server.dsn)
        connection = await asyncpg.connect(server.dsn)
        await fill(connection, FEW)
        few = await times(connection)
        with shown.status(f"making {ROWS:,} rows"):
            await fill(connection, ROWS)
        aims = await show_queries(connection, shown, few, plans=plans)
        await connection.close()
        await show_writes(server.dsn, shown)
    return aims


def main(arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the tables."""
    return asyncio.run(measure(plans="--plans" in arguments))


if __name__ == "__main__":
    run_alone(main)
