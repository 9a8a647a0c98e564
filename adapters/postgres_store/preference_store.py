"""People's settings in PostgreSQL."""

from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database
from domain.generation import UserId
from domain.model import ModelId
from domain.preferences import Preferences
from domain.reading import Preference

_GET: Final = """
SELECT language, originals, captions, safe, favourites, aspect_ratio, quality, money
  FROM preferences WHERE bot = $1 AND user_id = $2
"""

_SAVE: Final = """
INSERT INTO preferences (bot, user_id, language, originals, captions, safe, favourites, aspect_ratio, quality, money)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (bot, user_id) DO UPDATE
   SET language = excluded.language, originals = excluded.originals, captions = excluded.captions,
       safe = excluded.safe, favourites = excluded.favourites, aspect_ratio = excluded.aspect_ratio,
       quality = excluded.quality, money = excluded.money
"""


@frozen
class PostgresPreferenceStore:
    """``PreferenceStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def get(self, user: UserId, /) -> Preferences:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_GET, self._bot, user)
        if row is None:
            return Preferences(user=user)
        return Preferences(
            user=user,
            language=row["language"],
            originals=row["originals"],
            captions=row["captions"],
            safe=row["safe"],
            favourites=tuple(ModelId(model_id) for model_id in row["favourites"]),
            aspect_ratio=row["aspect_ratio"],
            quality=Preference(row["quality"]) if row["quality"] in set(Preference) else None,
            money=row["money"],
        )

    async def save(self, preferences: Preferences, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(
                _SAVE,
                self._bot,
                preferences.user,
                preferences.language,
                preferences.originals,
                preferences.captions,
                preferences.safe,
                list(preferences.favourites),
                preferences.aspect_ratio,
                preferences.quality,
                preferences.money,
            )
