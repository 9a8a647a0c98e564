# ruff: noqa: S608  # put together from this file's constants alone
"""Who is signed in on pages, in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.values import is_storable, storable
from application.ports.clock import Clock
from domain.generation import UserId
from domain.web_session import SessionId, WebSession

_ROW: Final = "id, user_id, name, token_hash, previous_hash, csrf, device, created_at, rotated_at, expires_at"
_ADD: Final = f"INSERT INTO web_sessions (bot, {_ROW}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
_FIND: Final = f"SELECT {_ROW} FROM web_sessions WHERE bot || '' = $1 AND (token_hash = $2 OR previous_hash = $2)"
_ROTATE: Final = """
UPDATE web_sessions SET token_hash = $4, previous_hash = $3, rotated_at = $5
 WHERE bot = $1 AND id = $2 AND token_hash = $3 RETURNING true
"""
_OF_USER: Final = f"SELECT {_ROW} FROM web_sessions WHERE bot = $1 AND user_id = $2 ORDER BY created_at DESC, id DESC"
_END: Final = "DELETE FROM web_sessions WHERE bot = $1 AND id = $2 AND user_id = $3 RETURNING true"
_END_ALL: Final = "DELETE FROM web_sessions WHERE bot = $1 AND user_id = $2 RETURNING id"
_FORGET_PROOFS: Final = "DELETE FROM used_proofs WHERE bot = $1 AND expires_at <= $2"
_USE_ONCE: Final = """
INSERT INTO used_proofs (bot, proof_hash, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING true
"""


@frozen
class PostgresSessionStore:
    """``SessionStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str
    _clock: Clock

    async def add(self, session: WebSession, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(
                _ADD,
                self._bot,
                session.id,
                session.user,
                storable(session.name),
                session.token_hash,
                session.previous_hash,
                session.csrf,
                storable(session.device),
                session.created_at,
                session.rotated_at,
                session.expires_at,
            )

    async def find(self, token_hash: str, /) -> WebSession | None:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_FIND, self._bot, token_hash)
        return _session_of(row) if row else None

    async def rotate(self, session_id: SessionId, old_hash: str, new_hash: str, /, *, at: datetime) -> bool:
        async with self._database.connection() as connection:
            return bool(await connection.fetchval(_ROTATE, self._bot, session_id, old_hash, new_hash, at))

    async def of_user(self, user: UserId, /) -> Sequence[WebSession]:
        async with self._database.connection() as connection:
            return [_session_of(row) for row in await connection.fetch(_OF_USER, self._bot, user)]

    async def end(self, session_id: SessionId, user: UserId, /) -> bool:
        if not is_storable(session_id):
            return False
        async with self._database.connection() as connection:
            return bool(await connection.fetchval(_END, self._bot, session_id, user))

    async def end_all(self, user: UserId, /) -> int:
        async with self._database.connection() as connection:
            return len(await connection.fetch(_END_ALL, self._bot, user))

    async def use_once(self, proof_hash: str, /, *, until: datetime) -> bool:
        async with self._database.transaction() as connection:
            await connection.execute(_FORGET_PROOFS, self._bot, self._clock.now())
            return bool(await connection.fetchval(_USE_ONCE, self._bot, proof_hash, until))


def _session_of(row: asyncpg.Record) -> WebSession:
    return WebSession(
        id=SessionId(row["id"]),
        user=UserId(row["user_id"]),
        name=row["name"],
        token_hash=row["token_hash"],
        previous_hash=row["previous_hash"],
        csrf=row["csrf"],
        device=row["device"],
        created_at=row["created_at"],
        rotated_at=row["rotated_at"],
        expires_at=row["expires_at"],
    )
