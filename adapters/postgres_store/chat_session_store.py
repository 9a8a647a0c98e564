# ruff: noqa: S608  # put together from this file's constants alone
"""Chat sessions in PostgreSQL."""

from datetime import datetime
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.values import decode, encode, is_storable
from application.ports.chat_session_store import ChatSession, SessionId
from domain.draft import DraftId
from domain.generation import Destination, UserId

_SAVE: Final = """
WITH saved AS (
    INSERT INTO chat_sessions (bot, id, user_id, chat, thread, reply_to, draft, state, message, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (bot, id) DO UPDATE
       SET user_id = excluded.user_id, chat = excluded.chat, thread = excluded.thread, reply_to = excluded.reply_to,
           draft = excluded.draft, state = excluded.state, message = excluded.message, updated_at = excluded.updated_at
    RETURNING bot, user_id, chat, thread, id)
INSERT INTO open_chat_sessions (bot, user_id, chat, thread, session)
SELECT bot, user_id, chat, coalesce(thread, ''), id FROM saved
ON CONFLICT (bot, user_id, chat, thread) DO UPDATE SET session = excluded.session
"""

_COLUMNS: Final = "id, user_id, chat, thread, reply_to, draft, state, message, updated_at"

_GET: Final = f"SELECT {_COLUMNS} FROM chat_sessions WHERE bot = $1 AND id = $2"

_OPEN: Final = f"""
SELECT {_COLUMNS} FROM chat_sessions
 WHERE bot = $1 AND id = (SELECT session FROM open_chat_sessions
                           WHERE bot = $1 AND user_id = $2 AND chat = $3 AND thread = coalesce($4, ''))
"""

_CLOSE: Final = """
DELETE FROM open_chat_sessions
 WHERE bot = $1 AND user_id = $2 AND chat = $3 AND thread = coalesce($4, '') AND session = $5
"""

_FORGET_OF_DRAFT: Final = "DELETE FROM chat_sessions WHERE bot = $1 AND draft = $2"

_FORGET_UNTOUCHED: Final = """
DELETE FROM chat_sessions
 WHERE (bot, id) IN (SELECT bot, id FROM chat_sessions
                        WHERE bot || '' = $1 AND updated_at < $2 ORDER BY updated_at LIMIT $3)
RETURNING id
"""


@frozen
class PostgresChatSessionStore:
    """``ChatSessionStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def save(self, session: ChatSession, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(
                _SAVE,
                self._bot,
                session.id,
                session.user,
                session.destination.chat,
                session.destination.thread,
                session.destination.reply_to,
                session.draft,
                encode(session.state),
                session.message,
                session.updated_at,
            )

    async def get(self, session_id: SessionId, /) -> ChatSession | None:
        if not is_storable(session_id):
            return None
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_GET, self._bot, session_id)
        return _session_of(row) if row else None

    async def open_session(self, user: UserId, chat: str, thread: str | None, /) -> ChatSession | None:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_OPEN, self._bot, user, chat, thread)
        return _session_of(row) if row else None

    async def close(self, session: ChatSession, /) -> None:
        place = session.destination
        async with self._database.connection() as connection:
            await connection.execute(_CLOSE, self._bot, session.user, place.chat, place.thread, session.id)

    async def forget_of_draft(self, draft_id: DraftId, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_FORGET_OF_DRAFT, self._bot, draft_id)

    async def forget_untouched(self, since: datetime, /, *, limit: int) -> int:
        async with self._database.connection() as connection:
            return len(await connection.fetch(_FORGET_UNTOUCHED, self._bot, since, limit))


def _session_of(row: asyncpg.Record) -> ChatSession:
    return ChatSession(
        id=SessionId(row["id"]),
        user=UserId(row["user_id"]),
        destination=Destination(chat=row["chat"], thread=row["thread"], reply_to=row["reply_to"]),
        draft=DraftId(row["draft"]) if row["draft"] else None,
        state=decode(row["state"]),
        message=row["message"],
        updated_at=row["updated_at"],
    )
