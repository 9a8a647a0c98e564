# ruff: noqa: S608  # put together from constants of this file alone
"""Figures about money from PostgreSQL.

A time without an end is planned as a third of all rows, read whole; with an end, were it ``infinity``, an index is used.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.values import decode
from application.ports.book_reports import MoneyOfDay, MoneyOfModel, ProviderCharge, WrongCharge
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
     WHERE bot = $1 AND kind IN ('payment', 'refund', 'grant', 'charge') AND at >= $2 AND at < 'infinity'
     GROUP BY 1
), cost AS (
    SELECT (at AT TIME ZONE 'UTC')::date AS day, sum(credits) AS cost_credits
      FROM (SELECT ended_at AS at, charged_credits AS credits
              FROM generations
             WHERE bot = $1 AND reservation_units IS NOT NULL AND ended_at >= $2 AND ended_at < 'infinity'
               AND charged_credits IS NOT NULL
             UNION ALL
            SELECT begun_at, coalesce(charged_credits, most_credits)
              FROM text_calls WHERE bot = $1 AND begun_at >= $2 AND begun_at < 'infinity') AS took
     GROUP BY 1
)
SELECT day, coalesce(stars_in, 0) AS stars_in, coalesce(stars_back, 0) AS stars_back, coalesce(sold_units, 0) AS sold_units,
       coalesce(given_units, 0) AS given_units, coalesce(spent_units, 0) AS spent_units,
       coalesce(cost_credits, 0) AS cost_credits
  FROM moved FULL JOIN cost USING (day) ORDER BY day DESC
"""

_MODELS: Final = """
SELECT took.model_id, count(*) AS generations, coalesce(sum(paid.units), 0)::bigint AS spent_units,
       coalesce(sum(took.credits), 0) AS cost_credits
  FROM (SELECT model_id, id AS reference, charged_credits AS credits
          FROM generations
         WHERE bot = $1 AND reservation_units IS NOT NULL AND ended_at >= $2 AND ended_at < 'infinity'
         UNION ALL
        SELECT model, 'text:' || id, coalesce(charged_credits, most_credits)
          FROM text_calls WHERE bot = $1 AND begun_at >= $2 AND begun_at < 'infinity') AS took
  LEFT JOIN LATERAL (SELECT -sum(units) AS units FROM ledger_entries
                      WHERE bot = $1 AND reference = took.reference AND kind IN ('charge', 'correction')) AS paid ON true
 GROUP BY took.model_id ORDER BY cost_credits DESC, took.model_id
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
SELECT model_id, sum(beyond)::bigint AS units
  FROM (SELECT model_id, ceil(charged_credits::numeric * units_per_credit)::bigint - reservation_units AS beyond
          FROM generations
         WHERE bot = $1 AND reservation_units IS NOT NULL AND ended_at >= $2 AND ended_at < 'infinity'
           AND failure_kind IS NULL
         UNION ALL
        SELECT model, ceil(charged_credits::numeric * units_per_credit)::bigint - reservation_units
          FROM text_calls
         WHERE bot = $1 AND reservation_units IS NOT NULL AND begun_at >= $2 AND begun_at < 'infinity' AND is_answered
       ) AS took
 WHERE beyond > 0 GROUP BY model_id
"""

_LAST_CHARGES: Final = """
SELECT last.model_id, last.input, last.charged_credits, last.reserved_credits
  FROM unnest($2::text[]) AS model,
       LATERAL (SELECT model_id, input, charged_credits, reserved_credits, erased_at FROM generations
                 WHERE bot = $1 AND model_id = model AND ended_at IS NOT NULL AND failure_kind IS NULL
                 ORDER BY ended_at DESC LIMIT $3) AS last
 WHERE last.charged_credits IS NOT NULL AND last.reserved_credits IS NOT NULL AND last.erased_at IS NULL
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

    async def last_charges(self, models: Collection[ModelId], /, *, limit: int) -> Sequence[ProviderCharge]:
        return [
            ProviderCharge(
                model_id=ModelId(row["model_id"]),
                input=decode(row["input"]),
                credits=row["charged_credits"],
                reserved_credits=row["reserved_credits"],
            )
            for row in await self._fetch(_LAST_CHARGES, list(models), limit)
        ]

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        async with self._database.connection() as connection:
            return await connection.fetch(statement, self._bot, *values)
