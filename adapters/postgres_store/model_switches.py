"""Switched-off models in PostgreSQL."""

from collections.abc import Sequence
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.values import storable
from domain.model import ModelId
from domain.operation import ModelPause

_PAUSED: Final = "SELECT model_id, reason, paused_at FROM paused_models WHERE bot = $1 ORDER BY paused_at DESC"

_PAUSE_OF: Final = "SELECT model_id, reason, paused_at FROM paused_models WHERE bot = $1 AND model_id = $2"

_PAUSE: Final = """
INSERT INTO paused_models (bot, model_id, reason, paused_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (bot, model_id) DO UPDATE SET reason = excluded.reason, paused_at = excluded.paused_at
"""

_RESUME: Final = "DELETE FROM paused_models WHERE bot = $1 AND model_id = $2 RETURNING true"


@frozen
class PostgresModelSwitches:
    """``ModelSwitches`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def paused(self) -> Sequence[ModelPause]:
        return [_pause_of(row) for row in await self._fetch(_PAUSED)]

    async def pause_of(self, model_id: ModelId, /) -> ModelPause | None:
        rows = await self._fetch(_PAUSE_OF, model_id)
        return _pause_of(rows[0]) if rows else None

    async def pause(self, pause: ModelPause, /) -> None:
        await self._fetch(_PAUSE, pause.model_id, storable(pause.reason), pause.at)

    async def resume(self, model_id: ModelId, /) -> bool:
        return bool(await self._fetch(_RESUME, model_id))

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        async with self._database.connection() as connection:
            return await connection.fetch(statement, self._bot, *values)


def _pause_of(row: asyncpg.Record) -> ModelPause:
    return ModelPause(model_id=ModelId(row["model_id"]), reason=row["reason"], at=row["paused_at"])
