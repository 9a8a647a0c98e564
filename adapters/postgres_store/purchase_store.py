# ruff: noqa: S608  # put together from this file's constants alone
"""Subscriptions, promo codes, invitations and the state of refunds in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.ledger import posted_of
from adapters.postgres_store.ledger_sql import ENTRY
from adapters.postgres_store.values import is_storable
from domain.generation import UserId
from domain.ledger import PostedEntry
from domain.payment import SUBSCRIPTION_PERIOD, PromoCode, Subscription

_OPEN_REFUNDS: Final = f"""
SELECT {ENTRY}
 WHERE entry.bot = $1 AND entry.kind = 'refund'
   AND NOT EXISTS (SELECT FROM refunds_ended AS ended WHERE ended.bot = $1 AND ended.charge_id = entry.reference)
 ORDER BY entry.number
"""

_REFUND_ENDED: Final = "SELECT given_back FROM refunds_ended WHERE bot = $1 AND charge_id = $2"

_END_REFUND: Final = """
INSERT INTO refunds_ended AS known (bot, charge_id, given_back, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (bot, charge_id) DO UPDATE SET given_back = true, at = excluded.at
 WHERE excluded.given_back AND NOT known.given_back
"""

_NOTE_REFUND: Final = "INSERT INTO refunds_noted (bot, charge_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"

_NOTED_REFUNDS: Final = "SELECT charge_id FROM refunds_noted WHERE bot = $1 ORDER BY charge_id"

_DROP_NOTED_REFUND: Final = "DELETE FROM refunds_noted WHERE bot = $1 AND charge_id = $2"

_NOTE_SUBSCRIPTION: Final = """
WITH paid AS (
    INSERT INTO subscriptions AS known (bot, user_id, package, charge_id, last_charge_id, paid_until, is_stopped)
    VALUES ($1, $2, $3, $4, $5, $6, false)
    ON CONFLICT (bot, user_id, package) DO UPDATE
       SET paid_until = excluded.paid_until, is_stopped = false, last_charge_id = excluded.last_charge_id,
           charge_id = CASE WHEN $7 THEN excluded.charge_id ELSE known.charge_id END
     WHERE excluded.paid_until > known.paid_until
), doubled AS (
    INSERT INTO renewals_to_stop (bot, user_id, charge_id)
    SELECT $1, $2, CASE WHEN $6 > known.paid_until THEN known.charge_id ELSE $4 END FROM subscriptions AS known
     WHERE $7 AND bot = $1 AND user_id = $2 AND package = $3
       AND charge_id <> $4 AND NOT is_stopped AND paid_until > $6::timestamptz - $8::interval
    ON CONFLICT DO NOTHING
)
SELECT inviter FROM referrals WHERE bot = $1 AND invited = $2
"""

_RENEWALS_TO_STOP: Final = "SELECT user_id, charge_id FROM renewals_to_stop WHERE bot = $1 ORDER BY charge_id"

_DROP_RENEWAL_TO_STOP: Final = "DELETE FROM renewals_to_stop WHERE bot = $1 AND charge_id = $2"

_MARK_STOPPED: Final = "UPDATE subscriptions SET is_stopped = $4 WHERE bot = $1 AND user_id = $2 AND package = $3"

_SUBSCRIPTIONS: Final = """
SELECT user_id, package, charge_id, last_charge_id, paid_until, is_stopped FROM subscriptions
 WHERE bot = $1 AND user_id = $2 AND paid_until > $3 ORDER BY package
"""

_SAVE_PROMO: Final = """
INSERT INTO promo_codes (bot, code, units, uses_left, expires_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (bot, code) DO UPDATE
   SET units = excluded.units, uses_left = excluded.uses_left, expires_at = excluded.expires_at
"""

_HOLD_PROMO: Final = "SELECT FROM promo_codes WHERE bot = $1 AND code = $2 FOR UPDATE"
"""The uses of one code take turns: what is looked at next is what the last one left."""

_CLAIM_PROMO: Final = """
WITH before AS (
    SELECT FROM promo_uses WHERE bot = $1 AND code = $2 AND mark = $3
), claimed AS (
    UPDATE promo_codes SET uses_left = uses_left - 1
     WHERE bot = $1 AND code = $2 AND uses_left > 0 AND (expires_at IS NULL OR expires_at > $4)
       AND NOT EXISTS (SELECT FROM before)
    RETURNING code, units, uses_left, expires_at
), used AS (
    INSERT INTO promo_uses (bot, code, mark) SELECT $1, code, $3 FROM claimed
)
SELECT * FROM claimed
UNION ALL
SELECT code, units, uses_left, expires_at FROM promo_codes WHERE bot = $1 AND code = $2 AND EXISTS (SELECT FROM before)
"""

_NOTE_REFERRAL: Final = """
INSERT INTO referrals (bot, invited, inviter, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING invited
"""

_INVITER_OF: Final = "SELECT inviter FROM referrals WHERE bot = $1 AND invited = $2"

_FORGET: Final = """
WITH subscribed AS (DELETE FROM subscriptions WHERE bot = $1 AND user_id = $2),
     doubled AS (DELETE FROM renewals_to_stop WHERE bot = $1 AND user_id = $2)
DELETE FROM referrals WHERE bot = $1 AND (invited = $2 OR inviter = $2)
"""


@frozen
class PostgresPurchaseStore:
    """``PurchaseStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def open_refunds(self) -> Sequence[PostedEntry]:
        return [posted_of(row) for row in await self._fetch(_OPEN_REFUNDS)]

    async def refund_ended(self, charge_id: str, /) -> bool | None:
        rows = await self._fetch(_REFUND_ENDED, charge_id)
        return rows[0]["given_back"] if rows else None

    async def end_refund(self, charge_id: str, /, *, given_back: bool, at: datetime) -> None:
        await self._fetch(_END_REFUND, charge_id, given_back, at)

    async def note_refund(self, charge_id: str, /) -> None:
        await self._fetch(_NOTE_REFUND, charge_id)

    async def noted_refunds(self) -> Sequence[str]:
        return [row["charge_id"] for row in await self._fetch(_NOTED_REFUNDS)]

    async def drop_noted_refund(self, charge_id: str, /) -> None:
        await self._fetch(_DROP_NOTED_REFUND, charge_id)

    async def note_subscription(self, subscription: Subscription, /, *, begins: bool = False) -> UserId | None:
        rows = await self._fetch(
            _NOTE_SUBSCRIPTION,
            subscription.user,
            subscription.package,
            subscription.charge_id,
            subscription.last_charge_id,
            subscription.paid_until,
            begins,
            SUBSCRIPTION_PERIOD,
        )
        return _inviter(rows)

    async def renewals_to_stop(self) -> Sequence[tuple[UserId, str]]:
        return [(UserId(row["user_id"]), row["charge_id"]) for row in await self._fetch(_RENEWALS_TO_STOP)]

    async def drop_renewal_to_stop(self, charge_id: str, /) -> None:
        await self._fetch(_DROP_RENEWAL_TO_STOP, charge_id)

    async def mark_stopped(self, user: UserId, package: str, /, *, stopped: bool) -> None:
        await self._fetch(_MARK_STOPPED, user, package, stopped)

    async def subscriptions(self, user: UserId, /, *, at: datetime) -> Sequence[Subscription]:
        return [
            Subscription(
                user=UserId(row["user_id"]),
                package=row["package"],
                charge_id=row["charge_id"],
                last_charge_id=row["last_charge_id"],
                paid_until=row["paid_until"],
                is_stopped=row["is_stopped"],
            )
            for row in await self._fetch(_SUBSCRIPTIONS, user, at)
        ]

    async def save_promo(self, promo: PromoCode, /) -> None:
        await self._fetch(_SAVE_PROMO, promo.code, promo.units, promo.uses_left, promo.expires_at)

    async def claim_promo(self, code: str, mark: str, /, *, at: datetime) -> PromoCode | None:
        if not is_storable(code):
            return None
        async with self._database.transaction() as connection:
            await connection.execute(_HOLD_PROMO, self._bot, code)
            rows = await connection.fetch(_CLAIM_PROMO, self._bot, code, mark, at)
        return PromoCode(**dict(rows[0])) if rows else None

    async def note_referral(self, invited: UserId, inviter: UserId, /, *, at: datetime) -> bool:
        return bool(await self._fetch(_NOTE_REFERRAL, invited, inviter, at))

    async def inviter_of(self, user: UserId, /) -> UserId | None:
        return _inviter(await self._fetch(_INVITER_OF, user))

    async def forget(self, user: UserId, /) -> None:
        await self._fetch(_FORGET, user)

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        async with self._database.connection() as connection:
            return await connection.fetch(statement, self._bot, *values)


def _inviter(rows: Sequence[asyncpg.Record]) -> UserId | None:
    return UserId(rows[0]["inviter"]) if rows else None
