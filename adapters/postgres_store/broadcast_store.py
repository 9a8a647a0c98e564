# ruff: noqa: S608  # put together from this file's constants alone
"""Broadcasts in PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.generation_sql import EACH
from adapters.postgres_store.values import is_storable, storable
from domain.broadcast import Announcement, Broadcast, BroadcastId, BroadcastState, Recipient, RecipientState
from domain.generation import UserId

_ADD: Final = """
INSERT INTO broadcasts (bot, id, author, text, photo, state, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
"""

_BROADCAST: Final = "id, author, text, photo, state, created_at FROM broadcasts WHERE bot = $1"

_GET: Final = f"SELECT {_BROADCAST} AND id = $2"

_LATEST: Final = f"SELECT {_BROADCAST} ORDER BY created_at DESC LIMIT $2"

_UNDER_WAY: Final = f"SELECT {_BROADCAST} AND state = 'sending' ORDER BY created_at LIMIT 1"

_REACHABLE: Final = f"""
  FROM people
 WHERE people.bot = $1 AND chat IS NOT NULL AND NOT is_gone
   AND NOT EXISTS (SELECT FROM blocks WHERE blocks.bot = $1 AND subject = user_id {EACH})
"""

_COUNT: Final = f"SELECT count(*) {_REACHABLE}"

_START: Final = f"""
WITH started AS (
    UPDATE broadcasts SET state = 'sending' WHERE bot = $1 AND id = $2 AND state = 'prepared' RETURNING id
), added AS (
    INSERT INTO broadcast_recipients (bot, broadcast, user_id, chat, state)
    SELECT $1, $2, user_id, chat, 'waiting' {_REACHABLE} AND EXISTS (SELECT FROM started)
)
SELECT true FROM started
"""

_STOP: Final = """
UPDATE broadcasts SET state = 'stopped' WHERE bot = $1 AND id = $2 AND state IN ('prepared', 'sending') RETURNING true
"""

# The broadcast's row is held until the claim is written, so that no one is claimed after a stop has returned.
_CLAIM: Final = """
WITH broadcast AS (
    SELECT id FROM broadcasts WHERE bot = $1 AND id = $2 AND state = 'sending' FOR SHARE
), next AS (
    SELECT user_id FROM broadcast_recipients
     WHERE bot = $1 AND broadcast = (SELECT id FROM broadcast) AND state = 'waiting'
     ORDER BY user_id LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE broadcast_recipients SET state = 'sending'
 WHERE bot = $1 AND broadcast = $2 AND user_id = (SELECT user_id FROM next)
RETURNING user_id, chat
"""

_SETTLE: Final = """
WITH settled AS (
    UPDATE broadcast_recipients SET state = $4
     WHERE bot = $1 AND broadcast = $2 AND user_id = $3 AND state = 'sending' RETURNING user_id
)
UPDATE people SET is_gone = true WHERE bot = $1 AND user_id = (SELECT user_id FROM settled) AND $4 = 'gone'
"""

_ABANDON: Final = """
UPDATE broadcast_recipients SET state = 'unknown' WHERE bot = $1 AND state = 'sending' RETURNING true
"""

_FINISH: Final = """
UPDATE broadcasts SET state = 'done'
 WHERE bot = $1 AND id = $2 AND state = 'sending'
   AND NOT EXISTS (SELECT FROM broadcast_recipients WHERE bot = $1 AND broadcast = $2 AND state = 'waiting')
RETURNING true
"""

_TALLY: Final = """
SELECT state, count(*) AS count FROM broadcast_recipients WHERE bot = $1 AND broadcast = $2 GROUP BY state
"""


@frozen
class PostgresBroadcastStore:
    """``BroadcastStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def add(self, broadcast: Broadcast, /) -> None:
        await self._fetch(
            _ADD,
            broadcast.id,
            broadcast.author,
            storable(broadcast.announcement.text),
            broadcast.announcement.photo,
            broadcast.state.value,
            broadcast.created_at,
        )

    async def get(self, broadcast_id: BroadcastId, /) -> Broadcast | None:
        if not is_storable(broadcast_id):
            return None
        return _first(await self._fetch(_GET, broadcast_id))

    async def latest(self, *, limit: int) -> Sequence[Broadcast]:
        return [_broadcast_of(row) for row in await self._fetch(_LATEST, limit)]

    async def reachable(self) -> int:
        [row] = await self._fetch(_COUNT)
        return int(row["count"])

    async def start(self, broadcast_id: BroadcastId, /) -> bool:
        return bool(await self._fetch(_START, broadcast_id))

    async def stop(self, broadcast_id: BroadcastId, /) -> bool:
        return bool(await self._fetch(_STOP, broadcast_id))

    async def under_way(self) -> Broadcast | None:
        return _first(await self._fetch(_UNDER_WAY))

    async def claim(self, broadcast_id: BroadcastId, /) -> Recipient | None:
        rows = await self._fetch(_CLAIM, broadcast_id)
        return Recipient(user=UserId(rows[0]["user_id"]), chat=rows[0]["chat"]) if rows else None

    async def release(self, broadcast_id: BroadcastId, user: UserId, /) -> None:
        await self._fetch(_SETTLE, broadcast_id, user, RecipientState.WAITING.value)

    async def record(self, broadcast_id: BroadcastId, user: UserId, reached: RecipientState, /) -> None:
        await self._fetch(_SETTLE, broadcast_id, user, reached.value)

    async def mark_unknown(self) -> int:
        return len(await self._fetch(_ABANDON))

    async def finish(self, broadcast_id: BroadcastId, /) -> bool:
        return bool(await self._fetch(_FINISH, broadcast_id))

    async def counts(self, broadcast_id: BroadcastId, /) -> Mapping[RecipientState, int]:
        return {RecipientState(row["state"]): row["count"] for row in await self._fetch(_TALLY, broadcast_id)}

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        async with self._database.connection() as connection:
            return await connection.fetch(statement, self._bot, *values)


def _first(rows: Sequence[asyncpg.Record]) -> Broadcast | None:
    return _broadcast_of(rows[0]) if rows else None


def _broadcast_of(row: asyncpg.Record) -> Broadcast:
    return Broadcast(
        id=BroadcastId(row["id"]),
        author=UserId(row["author"]),
        announcement=Announcement(text=row["text"], photo=row["photo"]),
        created_at=row["created_at"],
        state=BroadcastState(row["state"]),
    )
