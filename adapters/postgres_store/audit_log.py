"""What admins did, in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.values import storable
from domain.audit import AuditedAction, AuditEntry
from domain.generation import UserId

DEPLOYMENT: Final = ""
"""In place of a bot's id: the entry is about the deployment as a whole."""

_ADD: Final = "INSERT INTO audit_log (bot, at, by, action, about, details) VALUES ($1, $2, $3, $4, $5, $6)"
_NEWEST: Final = """
SELECT at, by, action, about, details FROM audit_log WHERE bot IN ($1, '') ORDER BY number DESC LIMIT $2 OFFSET $3
"""
_FORGET: Final = """
DELETE FROM audit_log WHERE number IN (
    SELECT number FROM audit_log WHERE bot IN ($1, '') AND at < $2 ORDER BY number LIMIT $3
)
"""


@frozen
class PostgresAuditLog:
    """``AuditLog`` on PostgreSQL, for one bot or for ``DEPLOYMENT``."""

    _database: Database
    _bot: str

    async def add(self, entry: AuditEntry, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(
                _ADD, self._bot, entry.at, entry.by, entry.action, storable(entry.about), storable(entry.details)
            )

    async def newest(self, *, limit: int, skip: int = 0) -> Sequence[AuditEntry]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_NEWEST, self._bot, limit, skip)
        return [
            AuditEntry(
                at=row["at"],
                by=UserId(row["by"]),
                action=AuditedAction(row["action"]),
                about=row["about"],
                details=row["details"],
            )
            for row in rows
        ]

    async def forget_before(self, moment: datetime, /, *, limit: int) -> int:
        async with self._database.connection() as connection:
            return int((await connection.execute(_FORGET, self._bot, moment, limit)).rpartition(" ")[2])
