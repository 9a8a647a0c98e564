"""People, blocks and invites in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.values import is_storable, storable
from domain.access import AccessStatus, Block, Invite, KnownUser, Subject
from domain.generation import UserId

# Nearly always a mere read: someone is written down again only after an hour, or when something about them is new.
_MEET: Final = """
WITH barred AS (
    SELECT subject, reason, blocked_at FROM blocks WHERE bot = $1 AND subject IN ($2, $3) ORDER BY subject <> $2 LIMIT 1
), admitted AS (
    SELECT FROM admissions WHERE bot = $1 AND user_id = $2
), seen AS (
    INSERT INTO people AS known (bot, user_id, name, language, chat, first_seen_at, seen_at)
    SELECT $1, $2, $5, $6, $7, $8, $8
     WHERE NOT EXISTS (SELECT FROM barred) AND ($4 OR EXISTS (SELECT FROM admitted))
       AND NOT EXISTS (
           SELECT FROM people
            WHERE bot = $1 AND user_id = $2 AND NOT is_gone AND name = $5 AND language = $6
              AND ($7::text IS NULL OR chat = $7) AND seen_at > $8::timestamptz - interval '1 hour')
    ON CONFLICT (bot, user_id) DO UPDATE
       SET name = excluded.name, language = excluded.language, chat = coalesce(excluded.chat, known.chat),
           seen_at = excluded.seen_at, is_gone = false
)
SELECT EXISTS (SELECT FROM admitted) AS is_admitted, barred.* FROM (VALUES (1)) AS one LEFT JOIN barred ON true
"""

_STANDING: Final = """
SELECT EXISTS (SELECT FROM admissions WHERE bot = $1 AND user_id = $2) AS is_admitted, subject, reason, blocked_at
  FROM (VALUES (1)) AS one LEFT JOIN blocks ON bot = $1 AND subject = $2
"""

_PERSON: Final = "user_id, name, language, chat, seen_at, is_gone FROM people"

_PEOPLE: Final = f"SELECT {_PERSON} WHERE bot || '' = $1 ORDER BY seen_at DESC, user_id LIMIT $2 OFFSET $3"

_ONE: Final = f"SELECT {_PERSON} WHERE bot = $1 AND user_id = $2"

_BLOCK: Final = """
INSERT INTO blocks (bot, subject, reason, blocked_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (bot, subject) DO UPDATE SET reason = excluded.reason, blocked_at = excluded.blocked_at, told_at = NULL
"""

_UNBLOCK: Final = "DELETE FROM blocks WHERE bot = $1 AND subject = $2 RETURNING true"

_BLOCKS: Final = "SELECT subject, reason, blocked_at FROM blocks WHERE bot = $1 ORDER BY blocked_at DESC"

_MAY_TELL: Final = """
UPDATE blocks SET told_at = $3 WHERE bot = $1 AND subject = $2 AND (told_at IS NULL OR told_at <= $4) RETURNING true
"""

_ADD_INVITE: Final = "INSERT INTO invites (bot, token, uses_left, expires_at) VALUES ($1, $2, $3, $4)"

_ADMIT: Final = """
WITH admitted AS (
    SELECT FROM admissions WHERE bot = $1 AND user_id = $3
), used AS (
    UPDATE invites SET uses_left = uses_left - 1
     WHERE bot = $1 AND token = $2 AND uses_left > 0 AND expires_at > $4 AND NOT EXISTS (SELECT FROM admitted)
    RETURNING token
), added AS (
    INSERT INTO admissions (bot, user_id, admitted_at) SELECT $1, $3, $4 FROM used ON CONFLICT DO NOTHING
)
SELECT EXISTS (SELECT FROM used) OR EXISTS (SELECT FROM admitted)
"""


@frozen
class PostgresAccessStore:
    """``AccessStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def record_visit(self, person: KnownUser, chat: Subject, /, *, welcome: bool) -> AccessStatus:
        return _status_of(
            await self._row(
                _MEET, person.user, chat, welcome, storable(person.name), person.language, person.chat, person.seen_at
            )
        )

    async def standing(self, user: UserId, /) -> AccessStatus:
        return _status_of(await self._row(_STANDING, user))

    async def people(self, *, limit: int, offset: int = 0) -> Sequence[KnownUser]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_PEOPLE, self._bot, limit, offset)
        return [_acquaintance_of(row) for row in rows]

    async def person(self, user: UserId, /) -> KnownUser | None:
        row = await self._row(_ONE, user)
        return _acquaintance_of(row) if row else None

    async def block(self, block: Block, /) -> None:
        await self._row(_BLOCK, block.subject, storable(block.reason), block.at)

    async def unblock(self, subject: Subject, /) -> bool:
        return await self._row(_UNBLOCK, subject) is not None

    async def blocks(self) -> Sequence[Block]:
        async with self._database.connection() as connection:
            return [_block_of(row) for row in await connection.fetch(_BLOCKS, self._bot)]

    async def claim_notice(self, subject: Subject, /, *, at: datetime, since: datetime) -> bool:
        return await self._row(_MAY_TELL, subject, at, since) is not None

    async def add_invite(self, invite: Invite, /) -> None:
        await self._row(_ADD_INVITE, invite.token, invite.uses, invite.expires_at)

    async def admit(self, token: str, user: UserId, /, *, at: datetime) -> bool:
        if not is_storable(token):
            return False
        row = await self._row(_ADMIT, token, user, at)
        return bool(row and row[0])

    async def _row(self, statement: str, *values: object) -> asyncpg.Record | None:
        async with self._database.connection() as connection:
            return await connection.fetchrow(statement, self._bot, *values)


def _acquaintance_of(row: asyncpg.Record) -> KnownUser:
    return KnownUser(
        user=UserId(row["user_id"]),
        name=row["name"],
        language=row["language"],
        chat=row["chat"],
        seen_at=row["seen_at"],
        is_gone=row["is_gone"],
    )


def _status_of(row: asyncpg.Record | None) -> AccessStatus:
    assert row is not None  # noqa: S101  # both statements always give one
    return AccessStatus(block=_block_of(row) if row["subject"] else None, is_admitted=row["is_admitted"])


def _block_of(row: asyncpg.Record) -> Block:
    return Block(subject=Subject(row["subject"]), reason=row["reason"], at=row["blocked_at"])
