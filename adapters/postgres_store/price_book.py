"""Prices of the feed in PostgreSQL, for all bots of the deployment."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.values import storable
from application.ports.price_book import BookPrice
from domain.model import ModelId
from domain.price_feed import FeedPrice

_ALL: Final = 'SELECT model, place, credits, "row", read_at, held, last_credits FROM price_book ORDER BY model, place'
_WRITE: Final = """
INSERT INTO price_book (model, place, credits, "row", read_at, held, last_credits)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (model, place) DO UPDATE
   SET credits = excluded.credits, "row" = excluded."row", read_at = excluded.read_at, held = excluded.held,
       last_credits = excluded.last_credits
"""
_REMOVE: Final = "DELETE FROM price_book WHERE model = $1 AND place = $2"


@frozen
class PostgresPriceBook:
    """``PriceBook`` on PostgreSQL."""

    _database: Database

    async def prices(self) -> Sequence[BookPrice]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_ALL)
        return [
            BookPrice(
                price=FeedPrice(
                    model=ModelId(row["model"]), place=row["place"], credits=row["credits"], row=row["row"]
                ),
                read_at=row["read_at"],
                held=row["held"],
                last_credits=row["last_credits"],
            )
            for row in rows
        ]

    async def write(self, entries: Sequence[BookPrice], /) -> None:
        values = [
            (
                entry.price.model,
                entry.price.place,
                entry.price.credits,
                storable(entry.price.row),
                entry.read_at,
                entry.held,
                entry.last_credits,
            )
            for entry in entries
        ]
        async with self._database.connection() as connection, connection.transaction():
            await connection.executemany(_WRITE, values)

    async def remove(self, model: ModelId, place: int, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_REMOVE, model, place)
