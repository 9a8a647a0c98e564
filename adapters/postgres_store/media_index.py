# ruff: noqa: S608  # put together from this file's constants alone
"""Whose the kept files are, in PostgreSQL."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database, PooledConnection
from adapters.postgres_store.generation_sql import EACH, TAKE_TURNS
from adapters.postgres_store.values import is_storable, storable
from application.limits import Limit
from application.ports.clock import Clock
from domain.generation import GenerationId, UserId
from domain.kept_media import REFERENCE_PREFIX, KeptMedia, MediaId, MediaKey, MediaOrigin, Preview
from domain.media import MediaKind

_OWNER_TURNS: Final = 0x6D656469
"""First half of the lock under which one owner's additions wait for each other ("medi")."""
_KEY_TURNS: Final = 0x6D6B6579
"""The same for bytes: a row with a key can't be added while these bytes are being deleted ("mkey")."""

_ROW: Final = (
    "id, owner, origin, key, kind, mime, name, size_bytes, generation, position, preview_key, width, height,"
    " duration_s, created_at"
)
_ADD: Final = f"""
INSERT INTO media (bot, {_ROW})
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
"""
_USAGE: Final = "SELECT coalesce(sum(size_bytes), 0) FROM media WHERE bot = $1 AND owner = $2"
_EARLIER: Final = f"SELECT {_ROW} FROM media WHERE bot = $1 AND generation = $2 AND position = $3"
_GET: Final = f"SELECT {_ROW} FROM media WHERE bot = $1 AND id = $2"
_OF_GENERATIONS: Final = f"""
SELECT {_ROW} FROM unnest($2::text[]) AS asked (made) CROSS JOIN LATERAL (
    SELECT * FROM media WHERE bot || '' = $1 AND generation = asked.made {EACH}) AS media
 ORDER BY generation, position
"""
_OF_OWNER: Final = f"SELECT {_ROW} FROM media WHERE bot = $1 AND owner = $2 ORDER BY created_at, id LIMIT $3"
_NOT_HELD: Final = f"""
NOT EXISTS (SELECT FROM reference_sets AS holder
             WHERE holder.bot = file.bot AND holder.owner = file.owner AND file.id = ANY(holder.media))
AND NOT EXISTS (SELECT FROM presets AS holder
             WHERE holder.bot = file.bot AND holder.owner = file.owner
               AND position('"{REFERENCE_PREFIX}' || file.id || '"' IN holder.values::text) > 0)
AND NOT EXISTS (SELECT FROM shared_results AS holder
              JOIN generations AS made ON made.bot = holder.bot AND made.id = holder.generation
             WHERE holder.bot = file.bot AND holder.generation = file.generation AND made.erased_at IS NULL)
"""
_OF_ANYONE: Final = f"""
SELECT {_ROW} FROM media AS file WHERE bot || '' = $1 AND created_at < coalesce($2, 'infinity'::timestamptz) AND {_NOT_HELD}
 ORDER BY created_at, id LIMIT $3
"""
_OF_ONE_OWNER: Final = f"""
SELECT {_ROW} FROM media AS file
 WHERE bot = $1 AND created_at < coalesce($2, 'infinity'::timestamptz) AND owner = $4 AND {_NOT_HELD}
 ORDER BY created_at, id LIMIT $3
"""
_REMOVE: Final = f"""
WITH gone AS (
    DELETE FROM media WHERE ctid = ANY (ARRAY(
        SELECT one.place FROM unnest($2::text[]) AS asked (id) CROSS JOIN LATERAL (
            SELECT ctid AS place FROM media WHERE bot = $1 AND id = asked.id {EACH}) AS one))
    RETURNING key, preview_key
)
INSERT INTO media_left (key, since)
SELECT DISTINCT each, $3::timestamptz FROM gone, unnest(ARRAY[gone.key, gone.preview_key]) AS each WHERE each IS NOT NULL
ON CONFLICT (key) DO UPDATE SET since = excluded.since
"""
_LEFT: Final = "SELECT key FROM media_left WHERE since < $1 ORDER BY since LIMIT $2"
_IN_USE: Final = "SELECT EXISTS (SELECT FROM media WHERE key = $1 OR preview_key = $1)"
_PUT_OFF: Final = "UPDATE media_left SET since = $1 WHERE key = ANY($2)"
_FORGET: Final = "DELETE FROM media_left WHERE key = ANY($1)"


@frozen
class PostgresMediaIndex:
    """``MediaIndex`` on PostgreSQL, for one bot. Bytes are shared by all bots of the database."""

    _database: Database
    _bot: str
    _clock: Clock

    async def add(self, media: KeptMedia, /, *, quota: Limit | None = None) -> KeptMedia:
        async with self._database.transaction() as connection:
            await connection.execute(TAKE_TURNS, _OWNER_TURNS, f"{self._bot} {media.owner}")
            for key in _keys_of(media):
                await connection.execute(TAKE_TURNS, _KEY_TURNS, key)
            if media.generation is not None:
                earlier = await connection.fetchrow(_EARLIER, self._bot, media.generation, media.index)
                if earlier:
                    return _media_of(earlier)
            if quota:
                quota.check(await connection.fetchval(_USAGE, self._bot, media.owner), media.size_bytes)
            await connection.execute(_ADD, self._bot, *_columns_of(media))
        return media

    async def get(self, media_id: MediaId, /) -> KeptMedia | None:
        if not is_storable(media_id):
            return None
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_GET, self._bot, media_id)
        return _media_of(row) if row else None

    async def of_generations(self, generations: Collection[GenerationId], /) -> Sequence[KeptMedia]:
        return await self._several(_OF_GENERATIONS, list(generations))

    async def of_owner(self, owner: UserId, /, *, limit: int) -> Sequence[KeptMedia]:
        return await self._several(_OF_OWNER, owner, limit)

    async def usage(self, owner: UserId, /) -> int:
        async with self._database.connection() as connection:
            return int(await connection.fetchval(_USAGE, self._bot, owner))

    async def not_held(
        self, *, limit: int, before: datetime | None = None, owner: UserId | None = None
    ) -> Sequence[KeptMedia]:
        if owner is None:
            return await self._several(_OF_ANYONE, before, limit)
        return await self._several(_OF_ONE_OWNER, before, limit, owner)

    async def remove(self, media_ids: Collection[MediaId], /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_REMOVE, self._bot, list(media_ids), self._clock.now())

    def unreferenced(self, before: datetime, /, *, limit: int) -> AbstractAsyncContextManager[list[MediaKey]]:
        return self._unreferenced(before, limit)

    @asynccontextmanager
    async def _unreferenced(self, before: datetime, limit: int) -> AsyncIterator[list[MediaKey]]:
        async with self._database.transaction() as connection:
            left = sorted(row["key"] for row in await connection.fetch(_LEFT, before, limit))
            keys = [MediaKey(key) for key in left if await _is_free(connection, key)]
            done = list(keys)
            yield done
            put_off = [key for key in keys if key not in done]
            if put_off:
                await connection.execute(_PUT_OFF, before, put_off)
            await connection.execute(_FORGET, [key for key in left if key not in put_off])

    async def _several(self, statement: str, *values: object) -> Sequence[KeptMedia]:
        async with self._database.connection() as connection:
            return [_media_of(row) for row in await connection.fetch(statement, self._bot, *values)]


async def _is_free(connection: PooledConnection, key: str) -> bool:
    await connection.execute(TAKE_TURNS, _KEY_TURNS, key)
    return not await connection.fetchval(_IN_USE, key)


def _keys_of(media: KeptMedia) -> list[MediaKey]:
    """In one order everywhere, so that two additions never wait for each other in a circle."""
    return sorted({key for key in (media.key, media.preview.key) if key})


def _columns_of(media: KeptMedia) -> tuple[object, ...]:
    preview = media.preview
    return (
        media.id,
        media.owner,
        media.origin,
        media.key,
        media.kind,
        storable(media.mime),
        storable(media.name),
        media.size_bytes,
        media.generation,
        media.index,
        preview.key,
        preview.width,
        preview.height,
        preview.duration_s,
        media.created_at,
    )


def _media_of(row: asyncpg.Record) -> KeptMedia:
    return KeptMedia(
        id=MediaId(row["id"]),
        owner=UserId(row["owner"]),
        origin=MediaOrigin(row["origin"]),
        key=MediaKey(row["key"]),
        kind=MediaKind(row["kind"]),
        mime=row["mime"],
        name=row["name"],
        size_bytes=row["size_bytes"],
        created_at=row["created_at"],
        generation=row["generation"] and GenerationId(row["generation"]),
        index=row["position"],
        preview=Preview(
            key=row["preview_key"] and MediaKey(row["preview_key"]),
            width=row["width"],
            height=row["height"],
            duration_s=row["duration_s"],
        ),
    )
