"""What one generation costs PostgreSQL and us: ``python -m bench.bench_cost``.

One service carries generations by callback, on a database of its own with the statistics of PostgreSQL: statements, rows written, WAL and CPU
a generation. What the service does at rest for as long, such as heartbeats, is measured first and taken away.
"""

import asyncio
import os
import time
from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg
from attrs import frozen
from rich.table import Table

from bench.aims import Aim, at_least, at_most, console, run_alone
from bench.load import Load
from bench.processes import OTHER_CORE, Child, pin, served
from bench.service import RunningService, running_service
from bench.simulated_kie import simulated_kie
from tests.support.postgres import cloned_database, create_template, own_server, postmaster

LOAD: Final = Load(tasks=1000, starts_per_s=50)
REST_S: Final = 10.0
TICKS_PER_S: Final = os.sysconf("SC_CLK_TCK")

_SETTINGS: Final = {
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.track_utility": "off",
    "full_page_writes": "off",  # or the first write to a page after a checkpoint would hide all the rest
    "track_wal_io_timing": "off",
}
_TOTALS: Final = """
SELECT (SELECT sum(calls) FROM pg_stat_statements)::float8 AS statements,
       (SELECT sum(n_tup_ins) FROM pg_stat_user_tables)::float8 AS inserted,
       (SELECT sum(n_tup_upd) FROM pg_stat_user_tables)::float8 AS updated,
       (SELECT sum(n_tup_hot_upd) FROM pg_stat_user_tables)::float8 AS hot,
       (SELECT sum(n_tup_del) FROM pg_stat_user_tables)::float8 AS deleted,
       pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 / 1024 AS wal_kb
"""
_STATEMENTS: Final = """
SELECT calls::float8 / $1 AS calls, total_exec_time / $1 AS ms, regexp_replace(left(ltrim(query), 70), '\\s+', ' ', 'g') AS query
  FROM pg_stat_statements WHERE calls >= $1 / 2 ORDER BY total_exec_time DESC
"""

Figures = Mapping[str, float]


@frozen
class Cost:
    """By generation, and the statements that most of them made: calls, milliseconds of PostgreSQL, how they begin."""

    figures: Figures
    statements: Sequence[tuple[float, float, str]]


def live(kie: str, dsn: str, server: int) -> Cost:
    """The subject."""

    async def run() -> Cost:
        async with running_service(kie, dsn, callbacks=True) as service:
            connection = await asyncpg.connect(dsn)
            try:
                return await _measured(service, connection, server)
            finally:
                await connection.close()

    return asyncio.run(run())


async def _measured(service: RunningService, connection: asyncpg.Connection, server: int) -> Cost:
    await connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
    await service.warm_up()
    await connection.execute("VACUUM ANALYZE")
    before = await _totals(connection, server)
    await asyncio.sleep(REST_S)
    rest = _between(before, await _totals(connection, server))
    await connection.execute("SELECT pg_stat_statements_reset()")
    before, begun = await _totals(connection, server), time.monotonic()
    await service.follow(LOAD)
    lasted_s = time.monotonic() - begun
    spent = _between(before, await _totals(connection, server))
    share = lasted_s / REST_S
    figures = {name: (value - rest[name] * share) / LOAD.tasks for name, value in spent.items()}
    rows = await connection.fetch(_STATEMENTS, float(LOAD.tasks))
    return Cost(figures, [(row["calls"], row["ms"], row["query"]) for row in rows])


async def _totals(connection: asyncpg.Connection, server: int) -> Figures:
    await asyncio.sleep(1.5)  # a session tells its figures a second late
    [row] = await connection.fetch(_TOTALS)
    return {**dict(row), "own_ms": 1000 * time.process_time(), "postgres_ms": _cpu_ms(server)}


def _between(before: Figures, after: Figures) -> Figures:
    return {name: after[name] - before[name] for name in before}


def _cpu_ms(server: int) -> float:
    """What a server and its sessions have used."""
    total = 0.0
    for pid in [name for name in os.listdir("/proc") if name.isdigit()]:
        try:
            with open(f"/proc/{pid}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(pid) == server or int(fields[1]) == server:
            total += sum(map(int, fields[11:15])) if int(pid) == server else sum(map(int, fields[11:13]))
    return 1000 * total / TICKS_PER_S


async def measure() -> Cost:
    async with own_server(**_SETTINGS) as server:
        await create_template(server.dsn)
        async with cloned_database(server.dsn) as dsn:
            with served(simulated_kie) as kie:
                return Child(live, kie.base, dsn, postmaster(server)).result()


def main(_arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the tables."""
    pin(OTHER_CORE)
    cost = asyncio.run(measure())
    found = cost.figures
    table = Table("a generation", "", title=f"{LOAD.tasks:,} generations by callback")
    for name, value in found.items():
        table.add_row(name, f"{value:.2f}")
    console().print(table)
    statements = Table("calls", "ms", "statement")
    for calls, milliseconds, query in cost.statements:
        statements.add_row(f"{calls:.2f}", f"{milliseconds:.3f}", query)
    console().print(statements)
    return [
        at_most("a generation: statements", found["statements"], 7, digits=1),
        at_most("a generation: WAL", found["wal_kb"], 6, unit=" KB", digits=1),
        at_least("a generation: HOT updates", 100 * found["hot"] / found["updated"], 60, unit=" %", digits=0),
        at_most("a generation: our CPU", found["own_ms"], 2.1, unit=" ms"),
    ]


if __name__ == "__main__":
    run_alone(main)
