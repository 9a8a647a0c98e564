"""The schema comes up to date beside whatever else is going on."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from adapters.embedded_postgres import EmbeddedServer
from adapters.postgres_store import migrate, migrator
from adapters.postgres_store.migrator import Migration, migrations
from application.errors import StoreUnavailable, StoreUnusable
from tests.support.postgres import cloned_database

pytestmark = pytest.mark.postgres

ALL = [migration.name for migration in migrations()]


@pytest.fixture
async def bare(postgres_server: EmbeddedServer) -> AsyncIterator[str]:
    """The DSN of a database without any table."""
    async with cloned_database(postgres_server.dsn, template="template0") as dsn:
        yield dsn


@pytest.fixture
async def operator(bare: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(bare)
    yield connection
    connection.terminate()


def release(monkeypatch: pytest.MonkeyPatch, sql: str) -> None:
    """From here on the code is a release with one migration more."""
    known = [*migrations(), Migration(version=9000, name="9000_newer", sql=sql)]
    monkeypatch.setattr(migrator, "migrations", lambda: known)


def test_no_two_files_have_one_number() -> None:
    versions = [migration.version for migration in migrations()]
    assert versions == sorted(set(versions))


async def test_an_empty_database_gets_everything_once(bare: str) -> None:
    assert await migrate(bare) == ALL
    assert await migrate(bare) == []


async def test_several_instances_starting_at_once_take_turns(bare: str) -> None:
    outcomes = await asyncio.gather(*(migrate(bare) for _ in range(4)))
    assert sorted(outcomes, key=len) == [[], [], [], ALL]


async def test_an_older_release_leaves_a_newer_schema_alone(bare: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        release(newer, "CREATE TABLE newer ()")
        assert (await migrate(bare))[-1] == "9000_newer"
    assert await migrate(bare) == []


async def test_a_migration_that_fails_leaves_nothing_behind_and_can_be_repeated(
    bare: str, operator: "asyncpg.Connection[asyncpg.Record]", monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(bare)
    with monkeypatch.context() as broken:
        release(broken, "CREATE TABLE half (); SELECT 1 / 0")
        with pytest.raises(StoreUnusable, match="division by zero"):
            await migrate(bare)
    assert await operator.fetchval("SELECT to_regclass('half')") is None
    release(monkeypatch, "CREATE TABLE half ()")
    assert await migrate(bare) == ["9000_newer"]


async def test_a_table_in_use_is_waited_for_without_standing_in_the_way_of_others(
    bare: str, operator: "asyncpg.Connection[asyncpg.Record]", monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(bare)
    release(monkeypatch, "ALTER TABLE generations ADD COLUMN newer text")
    monkeypatch.setattr(migrator, "LOCK_TIMEOUT", "50ms")
    another = await asyncpg.connect(bare)
    async with operator.transaction(), asyncio.timeout(10):
        await operator.execute("LOCK TABLE generations IN ACCESS SHARE MODE")
        migrating = asyncio.create_task(migrate(bare))
        for _ in range(5):
            await another.fetch("SELECT FROM generations")
            await asyncio.sleep(0.04)
        assert not migrating.done()
    assert await migrating == ["9000_newer"]
    another.terminate()


async def test_a_server_that_does_not_answer_is_said_without_the_password() -> None:
    with pytest.raises(StoreUnavailable) as refused:
        await migrate("postgresql://mediabot:geheim@127.0.0.1:1/mediabot")
    assert "geheim" not in str(refused.value)
