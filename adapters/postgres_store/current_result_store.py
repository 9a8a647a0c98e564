"""What people went back to, in PostgreSQL."""

from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database
from application.ports.current_result_store import CurrentResult
from domain.generation import GenerationId, UserId

_GET: Final = "SELECT generation, at FROM current_results WHERE bot = $1 AND user_id = $2 AND chat = $3"
_SET: Final = """
INSERT INTO current_results (bot, user_id, chat, generation, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (user_id, chat, bot) DO UPDATE SET generation = excluded.generation, at = excluded.at
"""


@frozen
class PostgresCurrentResultStore:
    """``CurrentResultStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def get(self, user: UserId, chat: str, /) -> CurrentResult | None:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_GET, self._bot, user, chat)
        return CurrentResult(generation=GenerationId(row["generation"]), at=row["at"]) if row else None

    async def set(self, user: UserId, chat: str, current: CurrentResult, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_SET, self._bot, user, chat, current.generation, current.at)
