"""Handled updates in PostgreSQL."""

from datetime import datetime
from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database

_IS_HANDLED: Final = "SELECT EXISTS (SELECT FROM handled_updates WHERE source = $1 AND update_id = $2)"

_MARK: Final = "INSERT INTO handled_updates (source, update_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"

_FORGET: Final = """
DELETE FROM handled_updates
 WHERE (source, update_id) IN (SELECT source, update_id FROM handled_updates WHERE handled_at < $1
                                ORDER BY handled_at LIMIT $2)
RETURNING update_id
"""


@frozen
class PostgresUpdateLog:
    """``UpdateLog`` on PostgreSQL."""

    _database: Database

    async def is_handled(self, source: str, update_id: int, /) -> bool:
        async with self._database.connection() as connection:
            return bool(await connection.fetchval(_IS_HANDLED, source, update_id))

    async def mark_handled(self, source: str, update_id: int, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_MARK, source, update_id)

    async def forget_handled(self, before: datetime, /, *, limit: int) -> int:
        async with self._database.connection() as connection:
            return len(await connection.fetch(_FORGET, before, limit))
