"""Questions to chat models in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database, PooledConnection
from adapters.postgres_store.generation_sql import TAKE_TURNS, TURNS_NAMESPACE, USAGE
from adapters.postgres_store.ledger import add_entry, check_to_spend
from application.limits import DAY, TextLimits, checked
from domain.generation import UserId
from domain.provider_account import AccountName
from domain.reservation import Reservation
from domain.text_call import (
    TextCall,
    TextCallId,
    TextModelId,
    TextPurpose,
    text_reservation,
    text_reservation_key,
    text_settlement,
)

_BOT_TURNS: Final = TURNS_NAMESPACE + 2
"""All calls of one bot, taken after the user's: their sum is limited, too."""

_INSERT: Final = """
INSERT INTO text_calls (bot, id, user_id, purpose, model, begun_at, most_credits, reservation_units, expected_units,
                        units_per_credit, account)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""
_SPENT: Final = """
SELECT coalesce(sum(coalesce(charged_credits, most_credits)), 0) AS spent
  FROM text_calls WHERE bot = $1 AND begun_at > $2
"""
_END: Final = """
WITH ended AS (
    UPDATE text_calls SET ended_at = $3, is_answered = $4, charged_credits = $5
     WHERE bot = $1 AND id = $2 AND ended_at IS NULL RETURNING id
), settled AS (
    INSERT INTO ledger_entries (bot, account, kind, units, key, at, reference, by_whom)
    SELECT $1, held.account, entry.kind, entry.units, entry.key, $3, held.reference, held.by_whom
      FROM ended, ledger_entries AS held,
           unnest($7::text[], $8::bigint[], $9::text[]) AS entry (kind, units, key)
     WHERE held.bot = $1 AND held.key = $6
    ON CONFLICT (bot, key) DO NOTHING
)
SELECT id FROM ended
"""
"""The account is that of the reservation: its person may be forgotten by now."""
_UNENDED: Final = (
    "SELECT * FROM text_calls WHERE bot = $1 AND ended_at IS NULL AND begun_at < $2 ORDER BY begun_at LIMIT 1000"
)


@frozen
class PostgresTextCallStore:
    """``TextCallStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def begin(self, call: TextCall, limits: TextLimits, /) -> None:
        reservation = text_reservation(call)
        async with self._database.transaction() as connection:
            await connection.execute(TAKE_TURNS, TURNS_NAMESPACE, f"{self._bot} {call.user}")
            await connection.execute(TAKE_TURNS, _BOT_TURNS, self._bot)
            await self._check(call, limits, connection)
            if reservation:
                await check_to_spend(connection, self._bot, reservation)
                await add_entry(connection, self._bot, reservation)
            held = call.reservation
            await connection.execute(
                _INSERT,
                self._bot,
                call.id,
                call.user,
                call.purpose.value,
                call.model,
                call.begun_at,
                call.most_credits,
                held.units if held else None,
                held.expected_units if held else None,
                held.units_per_credit if held else None,
                call.account,
            )

    async def end(self, call: TextCall, /) -> bool:
        entries = text_settlement(call)
        async with self._database.connection() as connection:
            row = await connection.fetchrow(
                _END,
                self._bot,
                call.id,
                call.ended_at,
                call.is_answered,
                call.charged_credits,
                text_reservation_key(call.id),
                [entry.kind.value for entry in entries],
                [entry.units for entry in entries],
                [entry.key for entry in entries],
            )
        return row is not None

    async def spent(self, since: datetime, /) -> float:
        async with self._database.connection() as connection:
            return float(await connection.fetchval(_SPENT, self._bot, since))

    async def unended(self, begun_before: datetime, /) -> Sequence[TextCall]:
        async with self._database.connection() as connection:
            return [_call_of(row) for row in await connection.fetch(_UNENDED, self._bot, begun_before)]

    async def _check(self, call: TextCall, limits: TextLimits, connection: PooledConnection) -> None:
        since = call.begun_at - DAY
        if limits.all_per_day is not None:
            limits.check_all(await connection.fetchval(_SPENT, self._bot, since), call)
        if limits.user_per_day is not None:

            async def check(later: timedelta) -> None:
                [usage] = await connection.fetch(USAGE, self._bot, call.user, since + later)
                limits.check_user(usage["spent"], call)

            await checked(check)


def _call_of(row: asyncpg.Record) -> TextCall:
    held = row["reservation_units"]
    return TextCall(
        id=TextCallId(row["id"]),
        user=UserId(row["user_id"]),
        purpose=TextPurpose(row["purpose"]),
        model=TextModelId(row["model"]),
        begun_at=row["begun_at"],
        most_credits=row["most_credits"],
        account=AccountName(row["account"]),
        reservation=None
        if held is None
        else Reservation(units=held, expected_units=row["expected_units"], units_per_credit=row["units_per_credit"]),
        ended_at=row["ended_at"],
        is_answered=row["is_answered"],
        charged_credits=row["charged_credits"],
    )
