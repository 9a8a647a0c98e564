# ruff: noqa: S608  # put together from constants alone
"""A person's generations as a gallery, in PostgreSQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.generation_rows import readable
from adapters.postgres_store.generation_sql import EACH, ROW
from adapters.postgres_store.values import is_storable, storable
from application.ports.gallery import GalleryFilter, ResultLink
from application.ports.generation_store import LOOKED_THROUGH
from domain.generation import Generation, GenerationId, UserId
from domain.model import ModelId

_FIND: Final = f"""
SELECT {ROW}
  FROM (SELECT * FROM generations AS own
         WHERE bot = $1 AND user_id = $2 AND erased_at IS NULL
           AND created_at < coalesce($3, 'infinity'::timestamptz) AND created_at >= coalesce($4, '-infinity'::timestamptz)
           AND ($5::text IS NULL OR model_id = $5)
           AND (NOT $6 OR EXISTS (
                SELECT FROM favourite_results AS mark
                 WHERE mark.bot = own.bot AND mark.user_id = own.user_id AND mark.generation = own.id))
         ORDER BY created_at DESC, number DESC LIMIT {LOOKED_THROUGH}) AS generations
 WHERE NOT EXISTS (SELECT FROM unnest($7::text[]) AS word WHERE position(lower(word) IN lower(prompt)) = 0)
   AND ($8::text IS NULL OR EXISTS (SELECT FROM generation_results WHERE generation = number AND kind = $8))
 ORDER BY created_at DESC, number DESC LIMIT $9
"""
_MODELS_OF: Final = f"""
SELECT model_id FROM (
    SELECT model_id, created_at FROM generations WHERE bot = $1 AND user_id = $2 AND erased_at IS NULL
     ORDER BY created_at DESC LIMIT {LOOKED_THROUGH}) AS used
 GROUP BY model_id ORDER BY max(created_at) DESC
"""
_MARK: Final = "INSERT INTO favourite_results (bot, user_id, generation) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
_UNMARK: Final = "DELETE FROM favourite_results WHERE bot = $1 AND user_id = $2 AND generation = $3"
_MARKED: Final = "SELECT generation FROM favourite_results WHERE bot = $1 AND user_id = $2 AND generation = ANY($3)"
_SHARE: Final = """
INSERT INTO shared_results AS earlier (bot, generation, owner, link, shared_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (bot, generation) DO UPDATE SET link = earlier.link RETURNING link
"""
_UNSHARE: Final = "DELETE FROM shared_results WHERE bot = $1 AND generation = $2 AND owner = $3 RETURNING true"
_LINKS: Final = f"""
SELECT one.generation, one.link FROM unnest($2::text[]) AS asked (made) CROSS JOIN LATERAL (
    SELECT generation, link FROM shared_results WHERE bot = $1 AND generation = asked.made {EACH}) AS one
"""
_SHARED: Final = "SELECT generation FROM shared_results WHERE bot = $1 AND link = $2"


@frozen
class PostgresGallery:
    """``Gallery`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def find(self, user: UserId, wanted: GalleryFilter, /, *, limit: int) -> Sequence[Generation]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                _FIND,
                self._bot,
                user,
                wanted.before,
                wanted.since,
                wanted.model_id,
                wanted.is_favourite,
                storable(wanted.text).split(),
                wanted.kind,
                limit,
            )
        return readable(rows)

    async def models_of(self, user: UserId, /) -> Sequence[ModelId]:
        async with self._database.connection() as connection:
            return [ModelId(row["model_id"]) for row in await connection.fetch(_MODELS_OF, self._bot, user)]

    async def mark(self, user: UserId, generation_id: GenerationId, /, *, is_favourite: bool) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_MARK if is_favourite else _UNMARK, self._bot, user, generation_id)

    async def favourites(self, user: UserId, generations: Collection[GenerationId], /) -> Collection[GenerationId]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_MARKED, self._bot, user, list(generations))
        return {GenerationId(row["generation"]) for row in rows}

    async def share(
        self, generation_id: GenerationId, owner: UserId, link: ResultLink, /, *, at: datetime
    ) -> ResultLink:
        async with self._database.connection() as connection:
            return ResultLink(await connection.fetchval(_SHARE, self._bot, generation_id, owner, link, at))

    async def unshare(self, generation_id: GenerationId, owner: UserId, /) -> bool:
        async with self._database.connection() as connection:
            return bool(await connection.fetchval(_UNSHARE, self._bot, generation_id, owner))

    async def links(self, generations: Collection[GenerationId], /) -> Mapping[GenerationId, ResultLink]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_LINKS, self._bot, list(generations))
        return {GenerationId(row["generation"]): ResultLink(row["link"]) for row in rows}

    async def shared(self, link: ResultLink, /) -> GenerationId | None:
        if not is_storable(link):
            return None
        async with self._database.connection() as connection:
            found = await connection.fetchval(_SHARED, self._bot, link)
        return found and GenerationId(found)
