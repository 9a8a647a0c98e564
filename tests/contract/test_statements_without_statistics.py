"""A new, restored or upgraded database has no statistics: no statement may read more rows for it than it needs.

Every statement that the stores hold is planned on an empty database and keeps its plan, as in a pool; then every table is
filled, and the pages that each statement reads are counted. Nothing analyzes the tables meanwhile. Statements and tables
are looked up, not listed here: a new one is among them.
"""

import ast
import pkgutil
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import asyncpg
import pytest

from adapters import postgres_store
from adapters.postgres_store import Database, PostgresGenerationStore, open_database
from domain.generation import GenerationId
from tests.support.generations import NOON, a_generation

pytestmark = pytest.mark.postgres

ROWS: Final = 10_000
MOST_PAGES: Final = 50
"""One that writes a row into the widest table reads about forty. Of one that reads a table whole, the narrowest has 55."""

TIMEOUT_MS: Final = 3_000

PLUMBING: Final = frozenset({"migrator", "preflight", "listening"})
"""Modules that look after the schema and the connections, and read no rows of people."""
SQL: Final = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")

WHOLE: Final[Mapping[str, str]] = {
    "access_store._BLOCKS": "the operator's list",
    "alarm_store._RAISED": "few rows",
    "api_key_store._ALL_KEYS": "few rows",
    "book_reports._OVERRUNS": "the operator's books of a period",
    "book_reports._WRONG_CHARGES": "the operator's books of a period",
    "bot_directory._ACCOUNTS": "few rows",
    "bot_directory._ALL": "few rows",
    "bot_directory._REVISION": "few rows",
    "broadcast_store._COUNT": "all people",
    "broadcast_store._LATEST": "few rows",
    "generation_sql.BY_TASK": "an operator's question, once in a while",
    "ledger_sql.BETWEEN": "the operator's books of a period",
    "ledger_sql.TOTALS": "the operator's books as a whole",
    "ledger_sql.UNEVEN": "the operator's books as a whole",
    "media_index._LEFT": "what waits to be deleted, for an hour",
    "model_switches._PAUSED": "few rows",
    "purchase_store._RENEWALS_TO_STOP": "few rows",
    "person_records._*": "once in a person's time with the bot",
    "price_book._ALL": "some hundreds of rows, read once an hour",
    "purchase_store._FORGET": "once in a person's time with the bot",
    "purchase_store._NOTED_REFUNDS": "few rows",
    "session_store._FORGET_PROOFS": "proofs of half an hour",
    "unsafe_list._ALL": "the operator's list",
    "update_inbox._FINISH": "what waits at the most, and seldom anything does",
    "update_inbox._WAITING": "what waits is what is asked for",
}
"""Statements that read many rows by their nature, and why that is borne."""

ALIKE: Final[Mapping[str, str]] = {
    "bot text": "'1'",
    "source text": "'1'",
    "state text": "'delivered'",
    "kind text": "'charge'",
    "secret text": "''",
    "erased_at timestamp with time zone": "NULL",
    "failure_kind text": "NULL",
    "reserved bigint": "0",
}
"""Columns whose values most rows share, by name and type."""
FILLING: Final[Mapping[str, str]] = {
    "text": "'v' || n",
    "bigint": "n",
    "integer": "n",
    "smallint": "1",
    "double precision": "n",
    "boolean": "false",
    "timestamp with time zone": "$1::timestamptz - n * interval '1 minute'",
    "json": "'{}'",
    "jsonb": "'{}'",
}
"""The n-th row's value for each type."""


def _modules() -> Iterator[tuple[str, ModuleType]]:
    for found in pkgutil.iter_modules(postgres_store.__path__):
        if found.name not in PLUMBING:
            yield found.name, import_module(f"{postgres_store.__name__}.{found.name}")


def statements() -> Mapping[str, str]:
    """Every statement of the stores, by module and name."""
    found: dict[str, str] = {}
    for module_name, module in _modules():
        for name, value in vars(module).items():
            several = value if isinstance(value, Mapping) else {"": value}
            for key, text in several.items():
                if isinstance(text, str) and SQL.match(text):
                    found.setdefault(text, f"{module_name}.{name}" + f"[{key}]" * bool(key))
    return {name: text for text, name in found.items()}


def test_every_statement_stands_where_this_test_finds_it() -> None:
    hidden = [
        f"{name}: {node.value[:40]!r}"
        for name, module in _modules()
        for function in ast.walk(ast.parse(Path(module.__file__ or "").read_text()))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert hidden == []


def value_of(kind: asyncpg.Type, moment: datetime) -> Any:
    """The seventh row's value, or one that fits it."""
    match kind.name.removesuffix("[]"):
        case "text":
            one: Any = "v7"
        case "int8" | "int4" | "int2":
            one = 7
        case "float8":
            one = 7.0
        case "bool":
            one = False
        case "timestamptz":
            one = moment
        case "json" | "jsonb":
            one = "[]"
        case "interval":
            one = timedelta(seconds=7)
        case name:
            raise AssertionError(f"no value for a parameter of type {name}")
    return [one] if kind.kind == "array" else one


@pytest.fixture
async def opened(database: str) -> AsyncIterator[Database]:
    """One connection, whose statements keep the plan that they were first given."""
    joint = "&" if "?" in database else "?"
    async with open_database(
        f"{database}{joint}plan_cache_mode=force_generic_plan&statement_timeout={TIMEOUT_MS}", pool_size=1
    ) as opened:
        yield opened


@pytest.fixture
async def operator(database: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Someone who may write anything into any table."""
    connection = await asyncpg.connect(database, server_settings={"session_replication_role": "replica"})
    yield connection
    connection.terminate()


async def fill(operator: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Put rows into every table."""
    columns = await operator.fetch(
        "SELECT attrelid::regclass::text AS table, string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS names,"
        " array_agg(attname::text ORDER BY attnum) AS plain, array_agg(format_type(atttypid, atttypmod) ORDER BY attnum) AS kinds"
        "  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped"
        "   AND relname <> 'schema_migrations' GROUP BY attrelid"
    )
    for row in columns:
        values = [
            ALIKE.get(f"{name} {kind}") or ("'{}'" if kind.endswith("[]") else FILLING[kind])
            for name, kind in zip(row["plain"], row["kinds"], strict=True)
        ]
        await operator.execute(
            f"INSERT INTO {row['table']} ({row['names']}) OVERRIDING SYSTEM VALUE"
            f" SELECT {', '.join(values)} FROM generate_series(1, {ROWS}) AS n ON CONFLICT DO NOTHING".replace(
                "$1", f"'{NOON.isoformat()}'"
            )
        )


async def loosen(operator: "asyncpg.Connection[asyncpg.Record]") -> None:
    """No table is analyzed by itself, and none minds what it is filled with."""
    for row in await operator.fetch(
        "SELECT relname, (SELECT array_agg(conname::text) FROM pg_constraint WHERE conrelid = pg_class.oid AND contype = 'c')"
        "  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    ):
        await operator.execute(f"ALTER TABLE {row[0]} SET (autovacuum_enabled = false)")
        for name in row[1] or ():
            await operator.execute(f"ALTER TABLE {row[0]} DROP CONSTRAINT {name}")


READ: Final = """
SELECT coalesce(sum(pg_stat_get_xact_blocks_fetched(oid)), 0)::bigint FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')
"""


async def pages(connection: Any, statement: Any, values: Sequence[Any]) -> int:
    """How many pages of tables and indexes the statement looks at. What it does is taken back."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        before = await connection.fetchval(READ)
        with suppress(asyncpg.IntegrityConstraintViolationError):
            async with connection.transaction():
                await statement.fetch(*values)
        return int(await connection.fetchval(READ) - before)
    except asyncpg.QueryCanceledError:  # longer than TIMEOUT_MS
        return 10**9
    finally:
        await transaction.rollback()


async def test_no_statement_reads_more_rows_on_a_database_without_statistics(
    operator: "asyncpg.Connection[asyncpg.Record]", opened: Database
) -> None:
    await loosen(operator)
    async with opened.connection() as connection:
        prepared = {name: await connection.prepare(text) for name, text in statements().items()}
        assert len(prepared) > 150
        times = [NOON - timedelta(days=9000), NOON + timedelta(days=9000)]
        given = {
            name: [[value_of(kind, moment) for kind in one.get_parameters()] for moment in times]
            for name, one in prepared.items()
        }
        for values in given.values():  # $1 is the bot nearly everywhere
            for one in values:
                if one and one[0] == "v7":
                    one[0] = "1"
        for name, statement in prepared.items():  # planned while there is nothing
            await pages(connection, statement, given[name][0])
        await fill(operator)
        assert await operator.fetchval("SELECT max(reltuples) FROM pg_class WHERE relname = 'generations'") < 0
        read = {
            name: min([await pages(connection, one, values) for values in given[name]])
            for name, one in prepared.items()
        }
    many = {name: count for name, count in read.items() if count > MOST_PAGES}
    assert {name: count for name, count in many.items() if not any(fnmatch(name, whole) for whole in WHOLE)} == {}
    assert [whole for whole in WHOLE if not any(fnmatch(name, whole) for name in read)] == []


async def test_ids_of_two_bots_never_meet(opened_database: Database) -> None:
    wish = await PostgresGenerationStore(opened_database, "1").add(a_generation())
    assert await PostgresGenerationStore(opened_database, "2").get(GenerationId(wish.id)) is None
