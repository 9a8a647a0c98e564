"""Drafts in PostgreSQL. The table's columns ``view``, ``expecting`` and ``message`` belong to versions before migration 10."""

from datetime import datetime
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.values import decode, encode, is_storable
from domain.draft import Draft, DraftId
from domain.generation import Destination, UserId
from domain.model import ModelId

_SAVE: Final = """
INSERT INTO drafts (bot, id, user_id, chat, thread, reply_to, model_id, values, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (bot, id) DO UPDATE
   SET user_id = excluded.user_id, chat = excluded.chat, thread = excluded.thread, reply_to = excluded.reply_to,
       model_id = excluded.model_id, values = excluded.values, updated_at = excluded.updated_at
"""

_GET: Final = """
SELECT id, user_id, chat, thread, reply_to, model_id, values, updated_at
  FROM drafts WHERE bot = $1 AND id = $2 AND model_id <> ''
"""

_FORGET: Final = "DELETE FROM drafts WHERE bot = $1 AND id = $2"

_FORGET_UNTOUCHED: Final = """
DELETE FROM drafts
 WHERE (bot, id) IN (SELECT bot, id FROM drafts
                        WHERE bot || '' = $1 AND updated_at < $2 ORDER BY updated_at LIMIT $3)
RETURNING id
"""


@frozen
class PostgresDraftStore:
    """``DraftStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def save(self, draft: Draft, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(
                _SAVE,
                self._bot,
                draft.id,
                draft.user,
                draft.destination.chat,
                draft.destination.thread,
                draft.destination.reply_to,
                draft.model_id,
                encode(draft.values),
                draft.updated_at,
            )

    async def get(self, draft_id: DraftId, /) -> Draft | None:
        if not is_storable(draft_id):
            return None
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_GET, self._bot, draft_id)
        return _draft_of(row) if row else None

    async def forget(self, draft_id: DraftId, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_FORGET, self._bot, draft_id)

    async def forget_untouched(self, since: datetime, /, *, limit: int) -> int:
        async with self._database.connection() as connection:
            return len(await connection.fetch(_FORGET_UNTOUCHED, self._bot, since, limit))


def _draft_of(row: asyncpg.Record) -> Draft:
    return Draft(
        id=DraftId(row["id"]),
        user=UserId(row["user_id"]),
        destination=Destination(chat=row["chat"], thread=row["thread"], reply_to=row["reply_to"]),
        model_id=ModelId(row["model_id"]),
        values=decode(row["values"]),
        updated_at=row["updated_at"],
    )
