"""The bots of this deployment in PostgreSQL."""

import json
from collections.abc import Sequence
from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.values import storable
from application.ports.secret_box import SecretBox
from domain.bot import BotId, BotRecord
from domain.generation import GenerationId, UserId

_ALL: Final = "SELECT id, token_sealed, kie_key_sealed, admins, options, added_at FROM bots ORDER BY added_at, id"
_PUT: Final = """
INSERT INTO bots (id, token_sealed, kie_key_sealed, admins, options, added_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE SET token_sealed = excluded.token_sealed, kie_key_sealed = excluded.kie_key_sealed,
    admins = excluded.admins, options = excluded.options, changed_at = clock_timestamp()
RETURNING xmax = 0 AS is_new
"""
_REMOVE: Final = "DELETE FROM bots WHERE id = $1 RETURNING id"
_REVISION: Final = "SELECT count(*) || ' ' || coalesce(max(changed_at)::text, '') FROM bots"


@frozen
class PostgresBotDirectory:
    """``BotDirectory`` on PostgreSQL."""

    _database: Database
    _box: SecretBox

    async def all(self) -> Sequence[BotRecord]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_ALL)
        return [
            BotRecord(
                id=BotId(row["id"]),
                token=self._box.open(row["token_sealed"]),
                kie_key=self._box.open(row["kie_key_sealed"]),
                admins=frozenset(UserId(user) for user in row["admins"]),
                options=json.loads(row["options"]),
                added_at=row["added_at"],
            )
            for row in rows
        ]

    async def put(self, bot: BotRecord, /) -> bool:
        token, key = self._box.seal(bot.token), self._box.seal(bot.kie_key)
        async with self._database.connection() as connection:
            options = json.dumps(dict(bot.options))
            return bool(await connection.fetchval(_PUT, bot.id, token, key, sorted(bot.admins), options, bot.added_at))

    async def remove(self, bot_id: BotId, /) -> bool:
        async with self._database.connection() as connection:
            return await connection.fetchval(_REMOVE, storable(bot_id)) is not None

    async def revision(self) -> str:
        async with self._database.connection() as connection:
            return str(await connection.fetchval(_REVISION))


async def bot_of_generation(database: Database, generation_id: GenerationId) -> str | None:
    """Return the bot whose generation this is. Raises StoreUnavailable."""
    async with database.connection() as connection:
        bot: str | None = await connection.fetchval("SELECT bot FROM generations WHERE id = $1", generation_id)
        return bot
