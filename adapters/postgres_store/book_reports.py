# ruff: noqa: S608  # put together from constants of this file alone
"""Figures about money from PostgreSQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from application.ports.book_reports import MoneyOfDay, MoneyOfModel, WrongCharge
from domain.generation import GenerationId
from domain.model import ModelId

_DAYS: Final = """
WITH moved AS (
    SELECT (at AT TIME ZONE 'UTC')::date AS day,
           coalesce(sum(stars) FILTER (WHERE kind = 'payment'), 0)::bigint AS stars_in,
           coalesce(-sum(stars) FILTER (WHERE kind = 'refund'), 0)::bigint AS stars_back,
           coalesce(sum(units) FILTER (WHERE kind = 'payment'), 0)::bigint AS sold_units,
           coalesce(sum(units) FILTER (WHERE kind = 'grant'), 0)::bigint AS given_units,
           coalesce(-sum(units) FILTER (WHERE kind = 'charge'), 0)::bigint AS spent_units
      FROM ledger_entries
     WHERE bot = $1 AND kind IN ('payment', 'refund', 'grant', 'charge') AND at >= $2
     GROUP BY 1
), cost AS (
    SELECT (ended_at AT TIME ZONE 'UTC')::date AS day, sum(charged_credits) AS cost_credits
      FROM generations
     WHERE bot = $1 AND reservation_units IS NOT NULL AND ended_at >= $2 AND charged_credits IS NOT NULL
     GROUP BY 1
)
SELECT day, coalesce(stars_in, 0) AS stars_in, coalesce(stars_back, 0) AS stars_back, coalesce(sold_units, 0) AS sold_units,
       coalesce(given_units, 0) AS given_units, coalesce(spent_units, 0) AS spent_units,
       coalesce(cost_credits, 0) AS cost_credits
  FROM moved FULL JOIN cost USING (day) ORDER BY day DESC
"""

_MODELS: Final = """
SELECT row.model_id, count(*) AS generations, coalesce(sum(paid.units), 0)::bigint AS spent_units,
       coalesce(sum(row.charged_credits), 0) AS cost_credits
  FROM generations AS row
  LEFT JOIN LATERAL (SELECT -sum(units) AS units FROM ledger_entries
                      WHERE bot = $1 AND reference = row.id AND kind IN ('charge', 'correction')) AS paid ON true
 WHERE row.bot = $1 AND row.reservation_units IS NOT NULL AND row.ended_at >= $2
 GROUP BY row.model_id ORDER BY cost_credits DESC, row.model_id
"""

_UNSETTLED: Final = """
SELECT row.id
  FROM ledger_accounts AS account
  JOIN ledger_entries AS held ON held.account = account.number AND held.kind = 'reservation'
  JOIN generations AS row ON row.bot = $1 AND row.id = held.reference
 WHERE account.bot = $1 AND account.reserved > 0 AND (row.ended_at IS NOT NULL OR row.state = 'cancelled')
   AND NOT EXISTS (SELECT FROM ledger_entries AS released
                    WHERE released.bot = $1 AND released.key = 'generation:' || row.id || ':release')
 ORDER BY row.number
"""

_DUE: Final = "least(row.reservation_units, ceil(row.charged_credits::numeric * row.units_per_credit)::bigint)"

_WRONG_CHARGES: Final = f"""
SELECT row.id, paid.units AS paid_units, {_DUE} AS due_units
  FROM generations AS row
  LEFT JOIN LATERAL (SELECT -sum(units)::bigint AS units FROM ledger_entries
                      WHERE bot = $1 AND reference = row.id AND kind IN ('charge', 'correction')) AS paid ON true
 WHERE row.bot = $1 AND row.reservation_units IS NOT NULL AND row.ended_at >= $2
   AND row.failure_kind IS NULL AND row.charged_credits IS NOT NULL
   AND paid.units IS DISTINCT FROM {_DUE}
   AND NOT EXISTS (SELECT FROM ledger_entries WHERE bot = $1 AND reference = row.id AND kind = 'correction')
 ORDER BY row.number
"""

_OVERRUNS: Final = """
SELECT model_id, sum(ceil(charged_credits::numeric * units_per_credit)::bigint - reservation_units)::bigint AS units
  FROM generations
 WHERE bot = $1 AND reservation_units IS NOT NULL AND ended_at >= $2 AND failure_kind IS NULL
   AND ceil(charged_credits::numeric * units_per_credit) > reservation_units
 GROUP BY model_id
"""


@frozen
class PostgresBookReports:
    """``BookReports`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def days(self, *, since: datetime) -> Sequence[MoneyOfDay]:
        return [MoneyOfDay(**dict(row)) for row in await self._fetch(_DAYS, since)]

    async def models(self, *, since: datetime) -> Sequence[MoneyOfModel]:
        return [MoneyOfModel(**dict(row)) for row in await self._fetch(_MODELS, since)]

    async def unsettled(self) -> Sequence[GenerationId]:
        return [GenerationId(row["id"]) for row in await self._fetch(_UNSETTLED)]

    async def wrong_charges(self, *, since: datetime) -> Sequence[WrongCharge]:
        return [
            WrongCharge(generation_id=GenerationId(row["id"]), paid_units=row["paid_units"], due_units=row["due_units"])
            for row in await self._fetch(_WRONG_CHARGES, since)
        ]

    async def overruns(self, *, since: datetime) -> Mapping[ModelId, int]:
        return {ModelId(row["model_id"]): row["units"] for row in await self._fetch(_OVERRUNS, since)}

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        async with self._database.connection() as connection:
            return await connection.fetch(statement, self._bot, *values)
