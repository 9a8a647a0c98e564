"""Bringing the schema up to date, beside older instances that go on working."""

import asyncio
from collections.abc import Sequence
from importlib.resources import files
from typing import Final

import asyncpg
import structlog
from attrs import frozen

from adapters.postgres_store.database import CONNECT_TIMEOUT_S
from adapters.postgres_store.faults import refusals
from adapters.postgres_store.listening import Connection
from adapters.postgres_store.preflight import check_room, check_server

log = structlog.get_logger(__name__)

_LOCK_KEY: Final = 0x6D656469_6D696772  # "medimigr"
_ASK_EVERY_S: Final = 0.2
LOCK_TIMEOUT: Final = "3s"
APART: Final = "-- Outside a transaction"
_ATTEMPTS: Final = 20

_HISTORY: Final = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    version integer PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""


_NOTE: Final = "INSERT INTO schema_migrations (version, name) VALUES ($1, $2)"

_UNKNOWN_TABLES: Final = """
SELECT quote_ident(relname) AS name FROM pg_class
 WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND reltuples < 0 AND pg_relation_size(oid) > 0
   AND pg_get_userbyid(relowner) = current_user AND NOT pg_is_in_recovery()
"""
"""Never analyzed (PostgreSQL 14 and later say -1), and not empty."""


@frozen(kw_only=True)
class Migration:
    """One file of ``migrations``: ``0002_generations.sql`` is version 2. Applied once, in one transaction, or statement by
    statement where its first line says so; such a file can be repeated from its start."""

    version: int
    name: str
    sql: str

    @property
    def is_apart(self) -> bool:
        """Whether its statements run one by one, outside a transaction, as building indexes beside writers needs."""
        return self.sql.startswith(APART)

    @property
    def statements(self) -> Sequence[str]:
        """The statements of a migration that runs them one by one."""
        lines = [line for line in self.sql.splitlines() if not line.lstrip().startswith("--")]
        return [statement.strip() for statement in "\n".join(lines).split(";") if statement.strip()]


def migrations() -> Sequence[Migration]:
    """What this release knows, in order."""
    folder = files("adapters.postgres_store") / "migrations"
    return sorted(
        (
            Migration(version=int(file.name[:4]), name=file.name.removesuffix(".sql"), sql=file.read_text())
            for file in folder.iterdir()
            if file.name.endswith(".sql")
        ),
        key=lambda migration: migration.version,
    )


async def migrate(dsn: str) -> Sequence[str]:
    """Apply what the database lacks; gives the names of what was applied. Two at once take turns.

    A database ahead of this release (a newer instance has been here) is left as it is. The lock is asked for again and
    again, not waited for: a waiting statement would hold up index builds. Statements give up soon on a table in use, so that
    they do not queue in front of everybody else, and are tried again. Where nothing is lacking, nothing is written: what is
    wrong with the server besides, the leader's lock says better.

    Raises:
        StoreUnavailable: the server is away, takes no writes now, or a table stayed in use.
        StoreUnusable: the database or the URL has to be changed first; nothing was written.
    """
    with refusals():
        # Without kept statements a pooler in transaction mode answers as well, and can be known apart.
        connection = await asyncpg.connect(dsn, timeout=CONNECT_TIMEOUT_S, statement_cache_size=0)
        try:
            await check_server(connection)
            if not await _lacks(connection):
                await _learn(connection)
                return []
            await check_room(connection)
            await _take_turns(connection)
            await connection.execute(_HISTORY)
            missing = await _missing(connection)
            for migration in missing:
                await _apply(connection, migration)
            await _learn(connection)
            return [migration.name for migration in missing]
        finally:
            connection.terminate()  # the lock goes with the session


async def _run_whole(connection: Connection, migration: Migration) -> None:
    async with connection.transaction():
        await connection.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        await connection.execute(migration.sql)
        await connection.execute(_NOTE, migration.version, migration.name)


async def _run_apart(connection: Connection, migration: Migration) -> None:
    await connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
    for statement in migration.statements:
        await connection.execute(statement)
    await connection.execute(_NOTE, migration.version, migration.name)


async def _learn(connection: Connection) -> None:
    """Let the planner see the tables that it has no statistics of, as after a restore or an upgrade of the server."""
    for row in await connection.fetch(_UNKNOWN_TABLES):
        await connection.execute(f"ANALYZE {row['name']}")
        log.info("schema.analyzed", table=row["name"])


async def _lacks(connection: Connection) -> bool:
    is_bare = await connection.fetchval("SELECT to_regclass('schema_migrations') IS NULL")
    return bool(is_bare or await _missing(connection))


async def _take_turns(connection: Connection) -> None:
    while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", _LOCK_KEY):  # noqa: ASYNC110 - the server has no event for it
        await asyncio.sleep(_ASK_EVERY_S)


async def _missing(connection: Connection) -> Sequence[Migration]:
    applied = {row["version"] for row in await connection.fetch("SELECT version FROM schema_migrations")}
    if ahead := applied - {migration.version for migration in migrations()}:
        log.info("schema.is_ahead", versions=sorted(ahead))
    return [migration for migration in migrations() if migration.version not in applied]


async def _apply(connection: Connection, migration: Migration) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            await (_run_apart if migration.is_apart else _run_whole)(connection, migration)
        except asyncpg.LockNotAvailableError:
            if attempt == _ATTEMPTS:
                raise
            log.warning("schema.table_in_use", migration=migration.name, attempt=attempt)
        else:
            break
    log.info("schema.migrated", migration=migration.name)
