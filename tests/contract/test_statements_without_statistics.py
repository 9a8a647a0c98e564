"""A new, restored or upgraded database has no statistics: no statement may read more rows for it than it needs.

Every statement is prepared on an empty database and keeps its plan, as in a pool; then 100,000 rows come, and pages are
counted. Nothing analyzes the tables meanwhile.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Final

import asyncpg
import pytest
from attrs import define, evolve, field

from adapters.postgres_store import (
    Database,
    PostgresAccessStore,
    PostgresChatSessionStore,
    PostgresDraftStore,
    PostgresGenerationStore,
    PostgresPreferenceStore,
    open_database,
)
from application.ports.chat_session_store import ChatSession, SessionId
from application.ports.generation_store import GroupLimits, UserLimits
from domain.access import KnownUser, Subject
from domain.draft import Draft, DraftId
from domain.generation import Destination, Generation, GenerationId, TaskId, UserId
from domain.preferences import Preferences
from tests.support.generations import FLUX, NOON, a_generation, life_of

pytestmark = pytest.mark.postgres

ROWS: Final = 100_000
MOST_PAGES: Final = 600
"""A statement that reads all rows reads thousands; a whole life with its deletion reads about 260."""

TABLES: Final = (
    "generations",
    "generation_results",
    "drafts",
    "chat_sessions",
    "open_chat_sessions",
    "people",
    "preferences",
)

FILL: Final = (
    """
    INSERT INTO generations (bot, id, user_id, chat, language, model_id, input, prompt, created_at, request_key, secret,
                             forced, state, version, task_id, submitted_at, ended_at, closed_at)
    SELECT '1', 'f' || lpad(n::text, 15, '0'), 'telegram:' || 1000 + n % 2000, (1000 + n % 2000)::text, 'en', 'model/' || n % 150,
           '{"prompt": "a fox"}', 'a fox', $1::timestamptz - n * interval '30 seconds', 'filled ' || n, '', false, 'delivered', 5,
           't' || n, $1::timestamptz - n * interval '30 seconds', $1::timestamptz - n * interval '30 seconds' + interval '9 s',
           $1::timestamptz - n * interval '30 seconds' + interval '10 s'
      FROM generate_series(1, $2::integer) AS n WHERE $1 IS NOT NULL
    """,
    """
    INSERT INTO drafts (bot, id, user_id, chat, model_id, values, updated_at)
    SELECT '1', 'd' || n, 'telegram:' || n, n::text, 'm', '{}', $1::timestamptz - n * interval '1 second'
      FROM generate_series(1, $2::integer) AS n
    """,
    """
    INSERT INTO chat_sessions (bot, id, user_id, chat, draft, state, updated_at)
    SELECT '1', 's' || n, 'telegram:' || n, n::text, 'd' || n, '{}', $1::timestamptz - n * interval '1 second'
      FROM generate_series(1, $2::integer) AS n
    """,
    """
    INSERT INTO open_chat_sessions (bot, user_id, chat, thread, session)
    SELECT bot, user_id, chat, '', id FROM chat_sessions
     WHERE id LIKE 's%' AND $1::timestamptz IS NOT NULL AND $2::integer > 0
    """,
    """
    INSERT INTO people (bot, user_id, name, language, chat, first_seen_at, seen_at)
    SELECT '1', 'telegram:' || 5000000 + n, 'A', 'en', n::text, $1::timestamptz, $1::timestamptz - n * interval '1 second'
      FROM generate_series(1, $2::integer) AS n
    """,
    """
    INSERT INTO preferences (bot, user_id, originals, captions, favourites)
    SELECT '1', 'telegram:' || 5000000 + n, false, false, '{}' FROM generate_series(1, $2::integer) AS n
     WHERE $1::timestamptz IS NOT NULL
    """,
)


@define
class Stores:
    """What one bot asks of the database, by name. Each call uses a generation and a draft of its own."""

    generations: PostgresGenerationStore
    drafts: PostgresDraftStore
    sessions: PostgresChatSessionStore
    preferences: PostgresPreferenceStore
    access: PostgresAccessStore
    _calls: int = field(default=0, init=False)

    def generation(self) -> Generation:
        self._calls += 1
        user = UserId(f"telegram:{100 + self._calls}")
        return a_generation(user=user, destination=Destination(chat=str(100 + self._calls)))

    async def added(self) -> Generation:
        return await self.generations.add(self.generation())

    async def add(self) -> None:
        limits, group = UserLimits(in_flight=9, per_day=99, credits_per_day=9.0), GroupLimits(per_day=99)
        await self.generations.add(self.generation(), limits=limits, group_limits=group)

    async def add_twice(self) -> None:
        wish = self.generation()
        await self.generations.add(wish)
        await self.generations.add(wish)

    async def live(self) -> None:
        row = await self.added()
        for state in life_of(row):
            row = await self.generations.save(evolve(state, version=row.version), epoch=1)

    async def get(self) -> None:
        wish = await self.added()
        assert await self.generations.get(wish.id)

    async def report(self) -> None:
        await self.generations.report_task((await self.added()).id, TaskId("t"))

    async def note_progress(self) -> None:
        await self.generations.note_progress_message((await self.added()).id, "5")

    async def quiet(self) -> None:
        await self.generations.mark_quiet((await self.added()).id)

    async def history(self) -> None:
        assert await self.generations.history((await self.added()).user, limit=9)

    async def last(self) -> None:
        assert await self.generations.last_of((await self.added()).user, FLUX)

    async def erase(self) -> None:
        wish = await self.added()
        row = wish
        for state in life_of(wish):
            row = await self.generations.save(evolve(state, version=row.version))
        assert await self.generations.erase(row.id, row.user)

    async def submitted(self) -> None:
        await self.generations.submitted_since(NOON - timedelta(seconds=10))

    async def durations(self) -> None:
        await self.generations.durations(FLUX)

    async def unfinished(self) -> None:
        await self.generations.unfinished()

    async def draft(self) -> None:
        self._calls += 1
        user, chat = UserId(f"telegram:{900_000 + self._calls}"), str(self._calls)
        draft = Draft(
            id=DraftId(f"own{self._calls}"),
            user=user,
            destination=Destination(chat=chat),
            model_id=FLUX,
            updated_at=NOON,
        )
        await self.drafts.save(draft)
        assert await self.drafts.get(draft.id)
        session = ChatSession(
            id=SessionId(draft.id), user=user, destination=Destination(chat=chat), draft=draft.id, updated_at=NOON
        )
        await self.sessions.save(session)
        assert await self.sessions.get(session.id)
        assert await self.sessions.open_session(user, chat, None)
        await self.sessions.close(session)
        await self.sessions.forget_of_draft(draft.id)
        await self.drafts.forget(draft.id)

    async def meet(self) -> None:
        self._calls += 1
        user = UserId(f"telegram:{800_000 + self._calls}")
        person = KnownUser(user=user, name="Ann", language="en", chat="1", seen_at=NOON)
        await self.access.record_visit(person, Subject(user), welcome=True)
        await self.access.person(user)

    async def preference(self) -> None:
        self._calls += 1
        user = UserId(f"telegram:{700_000 + self._calls}")
        await self.preferences.save(Preferences(user=user))
        await self.preferences.get(user)

    @property
    def named(self) -> dict[str, Callable[[], Awaitable[None]]]:
        calls = (
            self.add, self.add_twice, self.live, self.get, self.report, self.note_progress, self.quiet, self.history,
            self.last, self.erase, self.submitted, self.durations, self.unfinished, self.draft, self.meet,
            self.preference,
        )  # fmt: skip
        return {call.__name__: call for call in calls}


@pytest.fixture
async def operator(database: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(database)
    for table in TABLES:
        await connection.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")
    yield connection
    connection.terminate()


@pytest.fixture
async def stores(database: str) -> AsyncIterator[Stores]:
    """On one connection, whose statements keep the plan that they were first given."""
    joint = "&" if "?" in database else "?"
    async with open_database(f"{database}{joint}plan_cache_mode=force_generic_plan", pool_size=1) as opened:
        yield Stores(
            PostgresGenerationStore(opened, "1"),
            PostgresDraftStore(opened, "1"),
            PostgresChatSessionStore(opened, "1"),
            PostgresPreferenceStore(opened, "1"),
            PostgresAccessStore(opened, "1"),
        )


async def pages(operator: "asyncpg.Connection[asyncpg.Record]", opened: Database) -> int:
    """All that the tables' statistics have counted so far, the stores' own connection included."""
    async with opened.connection() as connection:
        await connection.execute("SELECT pg_stat_force_next_flush()")
    await operator.execute("SELECT pg_stat_clear_snapshot()")
    count = await operator.fetchval(
        "SELECT sum(coalesce(heap_blks_read + heap_blks_hit, 0) + coalesce(idx_blks_read + idx_blks_hit, 0))"
        " FROM pg_statio_user_tables"
    )
    return int(count or 0)


async def test_no_statement_reads_more_rows_on_a_database_without_statistics(
    operator: "asyncpg.Connection[asyncpg.Record]", stores: Stores
) -> None:
    for call in stores.named.values():  # every statement is prepared while there is nothing
        await call()
    for statement in FILL:
        await operator.fetch(statement, NOON - timedelta(days=2), ROWS)
    assert await operator.fetchval("SELECT count(*) FROM generations") >= ROWS
    assert await operator.fetchval("SELECT max(reltuples) FROM pg_class WHERE relname = 'generations'") < 0
    read: dict[str, int] = {}
    for name, call in stores.named.items():
        before = await pages(operator, stores.generations._database)
        await call()
        read[name] = await pages(operator, stores.generations._database) - before
    assert {name: count for name, count in read.items() if count > MOST_PAGES} == {}, read


async def test_ids_of_two_bots_never_meet(stores: Stores) -> None:
    wish = await stores.added()
    neighbour = PostgresGenerationStore(stores.generations._database, "2")
    assert await neighbour.get(GenerationId(wish.id)) is None
