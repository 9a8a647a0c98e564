"""The ledger in PostgreSQL. Its triggers keep the balances and refuse every change of what is written."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store import ledger_sql as sql
from adapters.postgres_store.database import Database, PooledConnection
from adapters.postgres_store.values import is_storable, storable
from application.errors import InsufficientCredits
from application.limits import check_balance
from domain.generation import UserId
from domain.ledger import Balance, Entry, EntryKind, PostedEntry, Totals, Unevenness

NO_OVERDRAFT: Final = "ledger_balance_not_negative"


class _Repeated(Exception):
    """An entry is there already: the transaction is taken back."""


@frozen
class PostgresLedger:
    """``Ledger`` on PostgreSQL, for the bot with the numeric id ``bot``."""

    _database: Database
    _bot: str

    async def add(self, entry: Entry, /) -> bool:
        async with self._database.connection() as connection:
            try:
                return await add_entry(connection, self._bot, entry)
            except asyncpg.CheckViolationError as error:
                if error.constraint_name != NO_OVERDRAFT:
                    raise
        raise InsufficientCredits((await self.balance(entry.user)).units, -entry.units)

    async def post(self, user: UserId, decide: Callable[[Balance], Sequence[Entry]], /) -> bool:
        try:
            async with self._database.transaction() as connection:
                [row] = await connection.fetch(sql.HOLD, self._bot, user)
                entries = decide(Balance(units=row["balance"], reserved=row["reserved"]))
                for entry in entries:
                    if not await add_entry(connection, self._bot, entry):
                        raise _Repeated
                return bool(entries)
        except _Repeated:
            return False
        except asyncpg.CheckViolationError as error:
            if error.constraint_name != NO_OVERDRAFT:
                raise
        raise InsufficientCredits((await self.balance(user)).units, -sum(entry.units for entry in entries))

    async def balance(self, user: UserId, /) -> Balance:
        rows = await self._fetch(sql.BALANCE, user)
        return Balance(units=rows[0]["balance"], reserved=rows[0]["reserved"]) if rows else Balance()

    async def history(self, user: UserId, /, *, limit: int, before: int | None = None) -> Sequence[PostedEntry]:
        return [posted_of(row) for row in await self._fetch(sql.HISTORY, user, before, limit)]

    async def find(self, keys: Collection[str], /) -> Mapping[str, PostedEntry]:
        rows = await self._fetch(sql.FIND, [key for key in keys if is_storable(key)])
        return {row["key"]: posted_of(row) for row in rows}

    async def about(self, reference: str, /) -> Sequence[PostedEntry]:
        return [posted_of(row) for row in await self._fetch(sql.ABOUT, reference)]

    async def between(
        self, since: datetime, until: datetime, /, *, kinds: Collection[EntryKind], limit: int, after: int = 0
    ) -> Sequence[PostedEntry]:
        rows = await self._fetch(sql.BETWEEN, [kind.value for kind in kinds], since, until, after, limit)
        return [posted_of(row) for row in rows]

    async def has_paid(self, user: UserId, /) -> bool:
        [row] = await self._fetch(sql.HAS_PAID, user)
        return bool(row[0])

    async def totals(self) -> Totals:
        rows = await self._fetch(sql.TOTALS)
        return Totals(
            by_kind={EntryKind(row["kind"]): row["units"] for row in rows if row["kind"]},
            balances=rows[0]["balances"],
            reserved=rows[0]["reserved"],
        )

    async def uneven(self) -> Sequence[Unevenness]:
        return [
            Unevenness(
                account=row["number"],
                user=UserId(row["owner"] or ""),
                kept=Balance(units=row["balance"], reserved=row["reserved"]),
                counted=Balance(units=row["units"], reserved=row["held"]),
            )
            for row in await self._fetch(sql.UNEVEN)
        ]

    async def forget(self, user: UserId, /) -> None:
        await self._fetch(sql.FORGET, user)

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        async with self._database.connection() as connection:
            return await connection.fetch(statement, self._bot, *values)


async def check_to_spend(connection: PooledConnection, bot: str, reservation: Entry) -> None:
    """Hold the account until the transaction ends, and see that it covers a reservation. Raises ``InsufficientCredits``."""
    row = await connection.fetchrow(sql.BALANCE_TO_SPEND, bot, reservation.user)
    check_balance(row["balance"] if row else 0, reservation)


async def add_entry(connection: PooledConnection, bot: str, entry: Entry) -> bool:
    """Write an entry on this connection. False: it was there. Raises ``CheckViolationError`` where it costs too much."""
    return bool(
        await connection.fetchrow(
            sql.ADD,
            bot,
            entry.user,
            entry.kind.value,
            entry.units,
            entry.key,
            entry.at,
            storable(entry.reference),
            storable(entry.by),
            entry.stars,
        )
    )


def posted_of(row: asyncpg.Record) -> PostedEntry:
    """The entry of a row of the statements above."""
    entry = Entry(
        user=UserId(row["owner"] or ""),
        kind=EntryKind(row["kind"]),
        units=row["units"],
        key=row["key"],
        at=row["at"],
        reference=row["reference"],
        by=row["by_whom"],
        stars=row["stars"],
    )
    return PostedEntry(number=row["number"], entry=entry)
