# ruff: noqa: S608  # put together from this file's constants alone
"""What bots take from their accounts at the provider, from PostgreSQL."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from application.ports.provider_accounts import ProviderReading

# Bot by bot: with a list of bots the planner reads the whole table while that is small.
_OWN: Final = """
  FROM (SELECT split_part(named, '/', 1) AS bot, coalesce(nullif(split_part(named, '/', 2), ''), 'main') AS account
          FROM unnest($1::text[]) AS named) AS own, LATERAL (
"""
_TAKEN: Final = f"""
SELECT coalesce(sum(found.credits), 0) AS credits
{_OWN}       SELECT (SELECT coalesce(sum(charged_credits), 0) FROM generations
                WHERE bot = own.bot AND account = own.account AND created_at >= $2::timestamptz - interval '13 hours'
                  AND ended_at >= $2 AND ended_at < $3)
            + (SELECT coalesce(sum(charged_credits), 0) FROM text_calls
                WHERE bot = own.bot AND account = own.account AND begun_at >= $2::timestamptz - interval '1 hour'
                  AND ended_at >= $2 AND ended_at < $3) AS credits) AS found
"""

_UNCERTAIN: Final = f"""
SELECT coalesce(sum(found.credits), 0) AS credits
{_OWN}       SELECT (SELECT coalesce(sum(greatest(reserved_credits, reservation_units::double precision / 1000, 0)), 0)
                 FROM generations
                WHERE bot = own.bot AND account = own.account AND closed_at IS NULL
                  AND submitted_at IS NOT NULL AND ended_at IS NULL)
            + (SELECT coalesce(sum(most_credits), 0) FROM text_calls
                WHERE bot = own.bot AND account = own.account AND charged_credits IS NULL AND begun_at > now() - interval '2 days') AS credits
       ) AS found
"""

_LAST_READING: Final = "SELECT at, credits, uncertain, bots FROM account_readings WHERE account = $1"

_SAVE_READING: Final = """
INSERT INTO account_readings (account, at, credits, uncertain, bots) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (account) DO UPDATE
   SET at = excluded.at, credits = excluded.credits, uncertain = excluded.uncertain, bots = excluded.bots
"""


@frozen
class PostgresProviderAccounts:
    """``ProviderAccounts`` on PostgreSQL."""

    _database: Database

    async def taken(self, bots: Collection[str], /, *, since: datetime, until: datetime) -> float:
        [row] = await self._fetch(_TAKEN, sorted(bots), since, until)
        return float(row["credits"])

    async def uncertain(self, bots: Collection[str], /) -> float:
        [row] = await self._fetch(_UNCERTAIN, sorted(bots))
        return float(row["credits"])

    async def last_reading(self, account: str, /) -> ProviderReading | None:
        rows = await self._fetch(_LAST_READING, account)
        if not rows:
            return None
        values = dict(rows[0])
        return ProviderReading(**values | {"bots": frozenset(values["bots"])})

    async def save_reading(self, account: str, reading: ProviderReading, /) -> None:
        values = reading.at, reading.credits, reading.uncertain, sorted(reading.bots)
        await self._fetch(_SAVE_READING, account, *values)

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        async with self._database.connection() as connection:
            return await connection.fetch(statement, *values)
