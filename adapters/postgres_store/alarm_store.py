"""Alarms in PostgreSQL."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database
from domain.operation import Alarm, AlarmKind

_RAISED: Final = "SELECT kind, about, raised_at FROM alarms WHERE bot = $1 ORDER BY raised_at"

_BEGIN: Final = """
INSERT INTO alarms (bot, kind, about, raised_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING true
"""

_CLEAR: Final = "DELETE FROM alarms WHERE bot = $1 AND kind = $2 AND about = $3 RETURNING true"


@frozen
class PostgresAlarmStore:
    """``AlarmStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def raised(self) -> Mapping[Alarm, datetime]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_RAISED, self._bot)
        return {Alarm(kind=AlarmKind(row["kind"]), about=row["about"]): row["raised_at"] for row in rows}

    async def begin(self, alarm: Alarm, /, *, at: datetime) -> bool:
        async with self._database.connection() as connection:
            return bool(await connection.fetch(_BEGIN, self._bot, alarm.kind.value, alarm.about, at))

    async def clear(self, alarm: Alarm, /) -> bool:
        async with self._database.connection() as connection:
            return bool(await connection.fetch(_CLEAR, self._bot, alarm.kind.value, alarm.about))
