# ruff: noqa: S608  # put together from this file's constants alone
"""Received and handled updates in PostgreSQL."""

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from attrs import frozen

from adapters.postgres_store.changes import changes_of
from adapters.postgres_store.database import Database
from adapters.postgres_store.generation_sql import EACH
from application.ports.update_inbox import ReceivedUpdate

CHANNEL: Final = "mediabot_updates"

_RECEIVE: Final = f"""
WITH unhandled AS (
    INSERT INTO received_updates (source, update_id, body)
    SELECT $1, given.update_id, given.body
      FROM unnest($2::bigint[], $3::text[]) WITH ORDINALITY AS given (update_id, body, place)
     WHERE NOT EXISTS (
        SELECT FROM handled_updates AS old WHERE old.source = $1 AND old.update_id = given.update_id {EACH})
     ORDER BY given.place
    ON CONFLICT (source, update_id) DO UPDATE SET body = EXCLUDED.body
    RETURNING update_id, update_is_handled(source, update_id) AS is_over
)
SELECT update_id, is_over, CASE WHEN NOT is_over THEN pg_notify($4, update_id || ' ' || $1) END FROM unhandled
"""
"""``is_over``: it was finished while this statement waited for its row, of which the statement's own view knows nothing."""

_WAITING: Final = f"""
SELECT update_id, body, EXISTS (
       SELECT FROM handled_updates AS old WHERE old.source = one.source AND old.update_id = one.update_id {EACH}) AS is_over
  FROM received_updates AS one
 WHERE source = $1 AND update_id <> ALL ($2::bigint[]) ORDER BY number LIMIT $3
"""
"""``is_over``: it was stored again as it ended, by a process that was stopped before it could take it out again."""

_FINISH: Final = """
WITH gone AS (DELETE FROM received_updates WHERE source = $1 AND update_id = ANY ($2::bigint[]))
INSERT INTO handled_updates (source, update_id) SELECT $1, unnest($2::bigint[]) ON CONFLICT DO NOTHING
"""

_FORGET: Final = """
DELETE FROM handled_updates
 WHERE (source, update_id) IN (SELECT source, update_id FROM handled_updates WHERE handled_at < $1
                                ORDER BY handled_at LIMIT $2)
RETURNING update_id
"""


@frozen
class PostgresUpdateInbox:
    """``UpdateInbox`` on PostgreSQL."""

    _database: Database

    async def receive(self, source: str, updates: Sequence[ReceivedUpdate], /) -> Collection[int]:
        bodies = {update.update_id: update.body for update in updates}  # each once, as the statement demands
        async with self._database.connection() as connection:
            rows = await connection.fetch(_RECEIVE, source, list(bodies), list(bodies.values()), CHANNEL)
            if over := [row["update_id"] for row in rows if row["is_over"]]:
                await connection.execute(_FINISH, source, over)
        return {row["update_id"] for row in rows if not row["is_over"]}

    async def waiting(self, source: str, /, *, besides: Collection[int] = (), limit: int) -> Sequence[ReceivedUpdate]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_WAITING, source, list(besides), limit)
            while over := [row["update_id"] for row in rows if row["is_over"]]:
                await connection.execute(_FINISH, source, over)
                rows = await connection.fetch(_WAITING, source, list(besides), limit)
        return [ReceivedUpdate(update_id=row["update_id"], body=row["body"]) for row in rows]

    async def finish(self, source: str, update_ids: Collection[int], /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_FINISH, source, list(update_ids))

    @asynccontextmanager
    async def arrivals(self, source: str, /) -> AsyncIterator[AsyncIterator[None]]:
        async def missed() -> Iterable[str]:
            return [str(update.update_id) for update in await self.waiting(source, limit=1)]

        async with changes_of(source, self._database, missed, channel=CHANNEL) as ids:
            yield _without_ids(ids)

    async def forget_handled(self, before: datetime, /, *, limit: int) -> int:
        async with self._database.connection() as connection:
            return len(await connection.fetch(_FORGET, before, limit))


async def _without_ids(ids: AsyncIterator[str]) -> AsyncIterator[None]:
    async for _ in ids:
        yield
