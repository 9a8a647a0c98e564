"""The schema comes up to date beside whatever else is going on."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from adapters.embedded_postgres import EmbeddedServer
from adapters.postgres_store import PostgresChatSessionStore, PostgresDraftStore, migrate, migrator, open_database
from adapters.postgres_store.migrator import Migration, migrations
from adapters.telegram.bot.card.card_session import CardPageKind, read_session
from application.errors import StoreUnavailable, StoreUnusable
from application.ports.chat_session_store import SessionId
from domain.draft import Draft, DraftId
from domain.generation import Destination, UserId
from domain.model import ModelId
from tests.support.generations import NOON
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


async def test_a_database_without_statistics_gets_them_when_an_instance_starts(
    bare: str, operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await migrate(bare)
    await operator.execute("ALTER TABLE leadership SET (autovacuum_enabled = false)")
    await operator.execute("INSERT INTO leadership (bot) SELECT n::text FROM generate_series(1, 500) AS n")
    assert await migrate(bare) == []
    assert await operator.fetchval("SELECT reltuples FROM pg_class WHERE relname = 'leadership'") == 500


async def test_indexes_are_built_beside_writers_and_a_build_that_broke_off_is_repeated(
    bare: str, operator: "asyncpg.Connection[asyncpg.Record]", monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(bare)
    await operator.execute("INSERT INTO leadership (bot, holder) VALUES ('1', 'x'), ('2', 'x')")
    release(
        monkeypatch,
        f"{migrator.APART}.\nDROP INDEX CONCURRENTLY IF EXISTS of_holder;\n"
        "CREATE UNIQUE INDEX CONCURRENTLY of_holder ON leadership (holder);",
    )
    with pytest.raises(StoreUnusable, match="of_holder"):
        await migrate(bare)
    await operator.execute("UPDATE leadership SET holder = bot")
    assert await migrate(bare) == ["9000_newer"]
    assert await operator.fetchval("SELECT indisvalid FROM pg_index WHERE indexrelid = 'of_holder'::regclass")


async def test_a_table_in_use_is_waited_for_without_standing_in_the_way_of_others(
    bare: str, operator: "asyncpg.Connection[asyncpg.Record]", monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(bare)
    release(monkeypatch, "ALTER TABLE generations ADD COLUMN newer text")
    monkeypatch.setattr(migrator, "LOCK_TIMEOUT", "50ms")
    another = await asyncpg.connect(bare)
    async with operator.transaction(), asyncio.timeout(30):
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


OLD_SAVE = """
WITH saved AS (
    INSERT INTO drafts (bot, id, user_id, chat, thread, reply_to, model_id, values, view, expecting, message, updated_at)
    VALUES ('1', $1, 'telegram:1', '1', NULL, NULL, $2, $3, $4, $5, $6, now())
    ON CONFLICT (bot, id) DO UPDATE
       SET model_id = excluded.model_id, values = excluded.values, view = excluded.view,
           expecting = excluded.expecting, message = excluded.message, updated_at = excluded.updated_at
    RETURNING bot, user_id, chat, thread, id)
INSERT INTO open_drafts (bot, user_id, chat, thread, draft)
SELECT bot, user_id, chat, coalesce(thread, ''), id FROM saved
ON CONFLICT (bot, user_id, chat, thread) DO UPDATE SET draft = excluded.draft
"""
"""How versions before migration 10 keep a card: the draft, its page and the message that shows it in one row."""


@pytest.fixture
async def before_sessions(bare: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database that the version before migration 10 uses; ``migrate`` of this version comes later."""
    known = [migration for migration in migrations() if migration.version < 10]
    with monkeypatch.context() as older:
        older.setattr(migrator, "migrations", lambda: known)
        await migrate(bare)
    return bare


async def test_open_cards_are_carried_over_and_so_is_what_an_older_version_still_writes(
    before_sessions: str, operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    card = ("card", "z-image", '{"prompt": "a fox"}', '{"page": "more", "number": 1}', None, "7")
    await operator.execute(OLD_SAVE, *card)
    await migrate(before_sessions)
    async with open_database(before_sessions) as database:
        sessions, drafts = PostgresChatSessionStore(database, "1"), PostgresDraftStore(database, "1")
        kept = await sessions.open_session(UserId("telegram:1"), "1", None)
        assert kept
        session = read_session(kept, await drafts.get(DraftId("card")))
        assert (session.id, session.message, session.values) == ("card", "7", {"prompt": "a fox"})
        assert (session.page.page, session.page.number) == (CardPageKind.MORE, 1)

        offered = '{"text": "a fox", "query": "", "files": [], "models": ["z-image"], "album": "", "missing": ""}'
        await operator.execute(OLD_SAVE, "offer", "", offered, '{"page": "offer"}', None, None)
        found = await sessions.open_session(UserId("telegram:1"), "1", None)
        assert found
        offer = read_session(found, None)
        assert (offer.id, offer.page.page, offer.offer.text, offer.offer.models) == (
            "offer", CardPageKind.OFFER, "a fox", ("z-image",)
        )  # fmt: skip
        assert await drafts.get(DraftId("offer")) is None

        await operator.execute("DELETE FROM open_drafts")
        assert await sessions.open_session(UserId("telegram:1"), "1", None) is None
        assert await sessions.get(found.id) == found


async def test_a_draft_of_this_version_leaves_the_sessions_alone(bare: str) -> None:
    await migrate(bare)
    async with open_database(bare) as database:
        sessions, drafts = PostgresChatSessionStore(database, "1"), PostgresDraftStore(database, "1")
        for number in range(2):
            draft = Draft(
                id=DraftId("card"), user=UserId("telegram:1"), destination=Destination(chat="1"),
                model_id=ModelId("z-image"), values={"number": number}, updated_at=NOON,
            )  # fmt: skip
            await drafts.save(draft)
        assert await sessions.get(SessionId("card")) is None
