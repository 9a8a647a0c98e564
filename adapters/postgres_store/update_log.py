"""Handled updates in PostgreSQL."""

from datetime import timedelta
from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database

KEPT: Final = timedelta(days=2)
"""Telegram keeps an unconfirmed update for a day (Bot API, getUpdates)."""

_FORGET_EVERY: Final = 500

_IS_HANDLED: Final = "SELECT EXISTS (SELECT FROM handled_updates WHERE source = $1 AND update_id = $2)"

_MARK: Final = "INSERT INTO handled_updates (source, update_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"

_FORGET: Final = "DELETE FROM handled_updates WHERE handled_at < now() - $1::interval"


@frozen
class PostgresUpdateLog:
    """``UpdateLog`` on PostgreSQL. What is older than ``KEPT`` is forgotten along the way."""

    _database: Database

    async def is_handled(self, source: str, update_id: int, /) -> bool:
        async with self._database.connection() as connection:
            return bool(await connection.fetchval(_IS_HANDLED, source, update_id))

    async def mark_handled(self, source: str, update_id: int, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_MARK, source, update_id)
            if update_id % _FORGET_EVERY == 0:  # Telegram counts one by one
                await connection.execute(_FORGET, KEPT)
