"""Limits of single persons in PostgreSQL."""

from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database
from application.ports.limit_store import PersonalLimit
from domain.generation import UserId

_GET: Final = "SELECT credits_per_day FROM personal_limits WHERE bot = $1 AND user_id = $2"
_SET: Final = """
INSERT INTO personal_limits (bot, user_id, credits_per_day) VALUES ($1, $2, $3)
ON CONFLICT (bot, user_id) DO UPDATE SET credits_per_day = excluded.credits_per_day, changed_at = now()
"""
_REMOVE: Final = "DELETE FROM personal_limits WHERE bot = $1 AND user_id = $2 RETURNING 1"


@frozen
class PostgresLimitStore:
    """``LimitStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def get(self, user: UserId, /) -> PersonalLimit | None:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_GET, self._bot, user)
        return PersonalLimit(user=user, credits_per_day=row["credits_per_day"]) if row else None

    async def set(self, limit: PersonalLimit, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_SET, self._bot, limit.user, limit.credits_per_day)

    async def remove(self, user: UserId, /) -> bool:
        async with self._database.connection() as connection:
            return await connection.fetchval(_REMOVE, self._bot, user) is not None
