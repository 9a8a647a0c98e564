"""What the operator does not want to be made, in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.values import storable
from domain.unsafe_phrase import UnsafePhrase

_ALL: Final = 'SELECT phrase FROM unsafe_phrases WHERE bot = $1 ORDER BY phrase COLLATE "C"'
_ADD: Final = (
    "INSERT INTO unsafe_phrases (bot, phrase, added_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1"
)
_REMOVE: Final = "DELETE FROM unsafe_phrases WHERE bot = $1 AND phrase = $2 RETURNING 1"


@frozen
class PostgresUnsafeList:
    """``UnsafeList`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def phrases(self) -> Sequence[UnsafePhrase]:
        async with self._database.connection() as connection:
            return [UnsafePhrase(row["phrase"]) for row in await connection.fetch(_ALL, self._bot)]

    async def add(self, phrase: UnsafePhrase, /, *, at: datetime) -> bool:
        async with self._database.connection() as connection:
            return await connection.fetchval(_ADD, self._bot, storable(phrase.text), at) is not None

    async def remove(self, phrase: UnsafePhrase, /) -> bool:
        async with self._database.connection() as connection:
            return await connection.fetchval(_REMOVE, self._bot, storable(phrase.text)) is not None
