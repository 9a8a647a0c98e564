# ruff: noqa: S608  # put together from this file's constants alone
"""People's presets in PostgreSQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.generation_sql import TAKE_TURNS
from adapters.postgres_store.values import decode, encode, is_storable, storable
from application.errors import PresetNameTaken, PresetNotFound
from application.limits import Limit
from domain.generation import UserId
from domain.model import ModelId
from domain.preset import Preset, PresetId, PresetLink

_TURNS_NAMESPACE: Final = 0x70726573
"""First half of the lock's key, another than those of the generations' turns. One owner's additions wait for each other."""

_COUNT: Final = "SELECT count(*) FROM presets WHERE bot = $1 AND owner = $2"

_ADD: Final = """
INSERT INTO presets (bot, id, owner, name, name_key, model_id, values, link, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

_ROW: Final = "id, owner, name, model_id, values, link, created_at"

_GET: Final = f"SELECT {_ROW} FROM presets WHERE bot = $1 AND id = $2"

_BY_LINK: Final = f"SELECT {_ROW} FROM presets WHERE bot = $1 AND link = $2"

_OF_OWNER: Final = f"SELECT {_ROW} FROM presets WHERE bot = $1 AND owner = $2 ORDER BY created_at DESC, id DESC"

_RENAME: Final = (
    f"UPDATE presets SET name = $4, name_key = $5 WHERE bot = $1 AND id = $2 AND owner = $3 RETURNING {_ROW}"
)

_SHARE: Final = (
    f"UPDATE presets SET link = coalesce(link, $4) WHERE bot = $1 AND id = $2 AND owner = $3 RETURNING {_ROW}"
)

_UNSHARE: Final = f"UPDATE presets SET link = NULL WHERE bot = $1 AND id = $2 AND owner = $3 RETURNING {_ROW}"

_DELETE: Final = "DELETE FROM presets WHERE bot = $1 AND id = $2 AND owner = $3 RETURNING id"


@frozen
class PostgresPresetStore:
    """``PresetStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def add(self, preset: Preset, /, *, limit: Limit) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(TAKE_TURNS, _TURNS_NAMESPACE, f"{self._bot} {preset.owner}")
            limit.check(await connection.fetchval(_COUNT, self._bot, preset.owner))
            with _taken_names(preset.id):
                await connection.execute(
                    _ADD,
                    self._bot,
                    preset.id,
                    preset.owner,
                    storable(preset.name),
                    storable(preset.key),
                    preset.model_id,
                    encode(preset.values),
                    preset.link,
                    preset.created_at,
                )

    async def get(self, preset_id: PresetId, /) -> Preset | None:
        return await self._one(_GET, preset_id)

    async def by_link(self, link: PresetLink, /) -> Preset | None:
        return await self._one(_BY_LINK, link)

    async def of_owner(self, owner: UserId, /) -> Sequence[Preset]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_OF_OWNER, self._bot, owner)
        return [_preset_of(row) for row in rows]

    async def rename(self, preset_id: PresetId, owner: UserId, name: str, /) -> Preset:
        with _taken_names(preset_id):
            return await self._changed(_RENAME, preset_id, owner, storable(name), storable(name.casefold()))

    async def share(self, preset_id: PresetId, owner: UserId, link: PresetLink, /) -> Preset:
        return await self._changed(_SHARE, preset_id, owner, link)

    async def unshare(self, preset_id: PresetId, owner: UserId, /) -> Preset:
        return await self._changed(_UNSHARE, preset_id, owner)

    async def delete(self, preset_id: PresetId, owner: UserId, /) -> bool:
        return await self._one_row(_DELETE, preset_id, owner) is not None

    async def _changed(self, statement: str, preset_id: PresetId, *values: object) -> Preset:
        preset = await self._one(statement, preset_id, *values)
        if preset is None:
            raise PresetNotFound(preset_id)
        return preset

    async def _one(self, statement: str, key: str, *values: object) -> Preset | None:
        row = await self._one_row(statement, key, *values)
        return _preset_of(row) if row else None

    async def _one_row(self, statement: str, key: str, *values: object) -> asyncpg.Record | None:
        if not is_storable(key):
            return None
        async with self._database.connection() as connection:
            return await connection.fetchrow(statement, self._bot, key, *values)


@contextmanager
def _taken_names(preset_id: PresetId) -> Iterator[None]:
    try:
        yield
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name != "presets_name":
            raise
        raise PresetNameTaken(preset_id) from None


def _preset_of(row: asyncpg.Record) -> Preset:
    return Preset(
        id=PresetId(row["id"]),
        owner=UserId(row["owner"]),
        name=row["name"],
        model_id=ModelId(row["model_id"]),
        values=decode(row["values"]),
        link=row["link"] and PresetLink(row["link"]),
        created_at=row["created_at"],
    )
