"""The store on a million rows of a hundred thousand people: the plan and the time of each query, beside ten thousand rows, what old rows
weigh, and what fencing costs: ``python -m bench.bench_store``.

Each query is asked of both databases in turn, each time about another person, so that a busy machine slows both. ``--plans`` prints the plans
in full. Takes about two minutes, most of it for making the rows.
"""

import asyncio
import re
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

import asyncpg
from rich.console import Console
from rich.table import Table

from adapters.postgres_store import PostgresGenerationStore, gallery, generation_sql, migrate, open_database
from adapters.postgres_store.listening import Connection
from bench.aims import Aim, at_most, console, run_alone
from domain.generation import Generation, TaskId
from tests.support.generations import NOON, a_generation
from tests.support.postgres import cloned_database, own_server

ROWS: Final = 1_000_000
FEW: Final = 10_000
"""What a query may take is compared with: people have as many generations each over as long, and there are fewer people."""
UNFINISHED_EVERY: Final = 200
"""5,000 in flight, as many as one process promises to carry."""
EACH: Final = 10
"""Generations of a person."""
REPEATS: Final = 201
PERIOD_S: Final = 10_000_000
"""So old is the oldest row: four months."""
STEP: Final = 7919
"""From one asked row to the next: a prime, so that no person and no model is asked about twice."""
AGED: Final = 1000
"""Rows erased by age in one statement, as the leader's duty does it."""
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
  FROM (SELECT n, $1::timestamptz - n * (interval '{PERIOD_S} s' / $2::integer) AS at FROM generate_series(1, $2::integer) AS n) AS times
"""

RESULTS: Final = """
INSERT INTO generation_results (generation, position, kind, url)
SELECT number, 0, 'image', 'https://files.example/' || id FROM generations WHERE state = 'delivered'
"""

DAY: Final = timedelta(days=1)

Values = Callable[[int, int], Sequence[object]]
"""Of the ``n``-th row and its person: generation ``g5`` is of user ``u5``, until the people end and begin again."""

SIZE: Final = """
SELECT sum(pg_total_relation_size(name::regclass))::bigint
  FROM unnest(ARRAY['generations', 'generation_results', 'generation_receipts']) AS name
"""

QUERIES: Final[dict[str, tuple[str, Values]]] = {
    "what a new leader loads (5,000 rows)": (generation_sql.UNFINISHED, lambda _n, _u: ["1"]),
    "the creation window": (generation_sql.SUBMITTED_SINCE, lambda _n, _u: ["1", NOON - timedelta(seconds=100)]),
    "one generation": (generation_sql.BY_ID, lambda n, _u: ["1", f"g{n}"]),
    "a request seen before": (generation_sql.BY_REQUEST_KEY, lambda n, _u: ["1", f"r{n}"]),
    "a page of a history": (generation_sql.HISTORY, lambda _n, u: ["1", f"u{u}", None, [], False, 8]),
    "a search in a history": (
        generation_sql.HISTORY,
        lambda n, u: ["1", f"u{u}", NOON, ["NUMBER", f"{n % 10}"], False, 8],
    ),
    "an inline query that finds nothing": (
        generation_sql.HISTORY,
        lambda _n, u: ["1", f"u{u}", None, ["walrus"], True, 21],
    ),
    "a page of the studio's gallery": (
        gallery._FIND,
        lambda _n, u: ["1", f"u{u}", None, None, None, False, [], None, 24],
    ),
    "the gallery's models": (gallery._MODELS_OF, lambda _n, u: ["1", f"u{u}"]),
    "as last time": (generation_sql.LAST_OF, lambda n, u: ["1", f"u{u}", f"m{n % 188}"]),
    "a user's limits": (generation_sql.USAGE, lambda _n, u: ["1", f"u{u}", NOON - DAY]),
    "how long a model takes": (generation_sql.DURATIONS, lambda n, _u: ["1", f"m{n % 188}", 200]),
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


async def medians_ms(few: Connection, many: Connection, name: str) -> tuple[float, float]:
    """Milliseconds of a query, with few rows and with many, asked in turn."""
    statement, values = QUERIES[name]
    times: list[list[float]] = [[], []]
    for repeat in range(REPEATS if name not in AT_A_TAKE_OVER else 11):
        for taken, connection, rows in zip(times, (few, many), (FEW, ROWS), strict=True):
            n = 1 + repeat * STEP % rows
            asked = values(n, n % (rows // EACH))
            started = time.perf_counter()
            await connection.fetch(statement, *asked)
            taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


async def show_queries(few: Connection, many: Connection, console: Console, *, plans: bool) -> list[Aim]:
    """How many queries use no index, and how much longer the slowest takes than with few rows."""
    table = Table(
        "query", "rows", "ms, median", f"× {FEW:,}", "index", title=f"{ROWS:,} generations of {ROWS // EACH:,} people"
    )
    scanned, worst = 0, 0.0
    for name, (statement, values) in QUERIES.items():
        few_ms, many_ms = await medians_ms(few, many, name)
        asked = values(STEP, STEP)
        plan, indexes = await explain(many, statement, asked)
        scanned += indexes == SEQUENTIAL
        table.add_row(
            name, f"{len(await many.fetch(statement, *asked)):,}", f"{many_ms:.2f}", f"{many_ms / few_ms:.2f}", indexes
        )
        if name not in AT_A_TAKE_OVER:
            worst = max(worst, many_ms / few_ms)
        if plans:
            console.print(f"\n[bold]{name}[/bold]\n{plan}", highlight=False, soft_wrap=True)
    console.print(table)
    return [
        at_most("store: queries that read all of a million rows", scanned, 0, digits=0),
        at_most(f"store: the slowest query that a person waits for, × {FEW:,} rows", worst, 1.2),
    ]


async def show_ageing(connection: Connection, console: Console) -> None:
    """What a generation weighs on the disk, and what erasing old ones takes and gives back."""
    before = await connection.fetchval(SIZE)
    times = []
    for _ in range(20):
        started = time.perf_counter()
        await connection.fetch(generation_sql.ERASE_CLOSED, "1", NOON - DAY, AGED)
        times.append((time.perf_counter() - started) * 1000)
    console.print(
        f"a generation: {before / ROWS:.0f} bytes, its results and all indexes among them; {AGED:,} erased by age in"
        f" {statistics.median(times):.0f} ms"
    )


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
    async with own_server(max_wal_size="8GB", shared_buffers="1GB") as server:
        await migrate(server.dsn)
        async with cloned_database(server.dsn, template="template0") as beside:
            await migrate(beside)
            few, many = await asyncpg.connect(beside), await asyncpg.connect(server.dsn)
            with shown.status(f"making {ROWS:,} rows"):
                await fill(few, FEW)
                await fill(many, ROWS)
            aims = await show_queries(few, many, shown, plans=plans)
            await show_ageing(many, shown)
            await few.close()
            await many.close()
        await show_writes(server.dsn, shown)
    return aims


def main(arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the tables."""
    return asyncio.run(measure(plans="--plans" in arguments))


if __name__ == "__main__":
    run_alone(main)
