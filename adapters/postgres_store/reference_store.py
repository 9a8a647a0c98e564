"""People's reference sets in PostgreSQL."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.generation_sql import TAKE_TURNS
from adapters.postgres_store.values import is_storable, storable
from application.limits import Limit
from domain.generation import UserId
from domain.kept_media import MediaId
from domain.reference_set import CharacterId, ReferenceKind, ReferenceSet, ReferenceSetId

_TURNS_NAMESPACE: Final = 0x72656673
"""First half of the lock under which one owner's additions wait for each other ("refs")."""
_COUNT: Final = "SELECT count(*) FROM reference_sets WHERE bot = $1 AND owner = $2"
_ADD: Final = """
INSERT INTO reference_sets (bot, id, owner, name, kind, media, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_OF_OWNER: Final = """
SELECT id, owner, name, kind, media, created_at, character, character_account, former_characters FROM reference_sets
 WHERE bot = $1 AND owner = $2 ORDER BY created_at DESC, id DESC
"""
_NAME_CHARACTER: Final = """
UPDATE reference_sets
   SET character = $4, character_account = $5,
       former_characters = array_remove(
           CASE WHEN character = ANY(former_characters) OR character IS NULL THEN former_characters
                ELSE array_append(former_characters, character) END, $4)
 WHERE bot = $1 AND id = $2 AND owner = $3 RETURNING 1
"""
_REMOVE: Final = "DELETE FROM reference_sets WHERE bot = $1 AND id = $2 AND owner = $3 RETURNING 1"


@frozen
class PostgresReferenceStore:
    """``ReferenceStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def add(self, reference: ReferenceSet, /, *, limit: Limit) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(TAKE_TURNS, _TURNS_NAMESPACE, f"{self._bot} {reference.owner}")
            limit.check(await connection.fetchval(_COUNT, self._bot, reference.owner))
            await connection.execute(
                _ADD,
                self._bot,
                reference.id,
                reference.owner,
                storable(reference.name),
                reference.kind,
                list(reference.media),
                reference.created_at,
            )

    async def of_owner(self, owner: UserId, /) -> Sequence[ReferenceSet]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_OF_OWNER, self._bot, owner)
        return [
            ReferenceSet(
                id=ReferenceSetId(row["id"]),
                owner=UserId(row["owner"]),
                name=row["name"],
                kind=ReferenceKind(row["kind"]),
                media=tuple(MediaId(one) for one in row["media"]),
                created_at=row["created_at"],
                character=row["character"] and CharacterId(row["character"]),
                character_account=row["character_account"],
                former_characters=tuple(CharacterId(one) for one in row["former_characters"]),
            )
            for row in rows
        ]

    async def name_character(
        self, reference_id: ReferenceSetId, owner: UserId, character: CharacterId, /, *, account: str
    ) -> bool:
        if not is_storable(reference_id):
            return False
        async with self._database.connection() as connection:
            named = await connection.fetchval(_NAME_CHARACTER, self._bot, reference_id, owner, character, account)
        return named is not None

    async def remove(self, reference_id: ReferenceSetId, owner: UserId, /) -> bool:
        if not is_storable(reference_id):
            return False
        async with self._database.connection() as connection:
            return await connection.fetchval(_REMOVE, self._bot, reference_id, owner) is not None
