"""The bots of this deployment in PostgreSQL."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, TypeVar

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.values import storable
from application.errors import SecretsUnreadable
from application.ports.secret_box import SecretBox
from domain.bot import BotId, BotRecord, FurtherAccount, Owner, ReadableBots
from domain.generation import GenerationId, UserId
from domain.provider_account import MAIN_ACCOUNT, AccountName

T = TypeVar("T")

_ALL: Final = "SELECT id, token_sealed, kie_key_sealed, admins, options, added_at FROM bots ORDER BY added_at, id"
_PUT: Final = """
INSERT INTO bots (id, token_sealed, kie_key_sealed, admins, options, added_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE SET token_sealed = excluded.token_sealed, kie_key_sealed = excluded.kie_key_sealed,
    admins = excluded.admins, options = excluded.options, changed_at = clock_timestamp()
RETURNING xmax = 0 AS is_new
"""
_REMOVE: Final = "DELETE FROM bots WHERE id = $1 RETURNING id"
_ACCOUNTS: Final = """
SELECT bot, name, kie_key_sealed, is_paused, added_at FROM provider_accounts ORDER BY bot, added_at, name
"""
_PUT_ACCOUNT: Final = """
INSERT INTO provider_accounts (bot, name, kie_key_sealed, is_paused, added_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (bot, name) DO UPDATE SET kie_key_sealed = excluded.kie_key_sealed, is_paused = excluded.is_paused,
    changed_at = clock_timestamp()
RETURNING xmax = 0 AS is_new
"""
_REMOVE_ACCOUNT: Final = "DELETE FROM provider_accounts WHERE bot = $1 AND name = $2 RETURNING name"
_REVISION: Final = """
SELECT (SELECT count(*) || ' ' || coalesce(max(changed_at)::text, '') FROM bots)
    || ', ' || (SELECT count(*) || ' ' || coalesce(max(changed_at)::text, '') FROM provider_accounts)
"""
_OF_GENERATION: Final = "SELECT bot FROM generations WHERE id = $1"


@frozen
class PostgresBotDirectory:
    """``BotDirectory`` on PostgreSQL."""

    _database: Database
    _box: SecretBox

    async def all(self) -> Sequence[BotRecord]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_ALL)
        return [self._bot(row) for row in rows]

    async def readable(self) -> ReadableBots:
        async with self._database.connection() as connection:
            rows, further = await connection.fetch(_ALL), await connection.fetch(_ACCOUNTS)
        bots, sealed = _opened({(row["id"], MAIN_ACCOUNT): partial(self._bot, row) for row in rows})
        accounts, more = _opened({(row["bot"], row["name"]): partial(self._account, row) for row in further})
        return ReadableBots(bots=bots, accounts=accounts, sealed=sealed | more)

    def _bot(self, row: asyncpg.Record) -> BotRecord:
        return BotRecord(
            id=BotId(row["id"]),
            token=self._box.open(row["token_sealed"]),
            kie_key=self._box.open(row["kie_key_sealed"]),
            admins=frozenset(UserId(user) for user in row["admins"]),
            options=json.loads(row["options"]),
            added_at=row["added_at"],
        )

    async def put(self, bot: BotRecord, /) -> bool:
        token, key = self._box.seal(bot.token), self._box.seal(bot.kie_key)
        async with self._database.connection() as connection:
            options = json.dumps(dict(bot.options))
            return bool(await connection.fetchval(_PUT, bot.id, token, key, sorted(bot.admins), options, bot.added_at))

    async def remove(self, bot_id: BotId, /) -> bool:
        async with self._database.connection() as connection:
            return await connection.fetchval(_REMOVE, storable(bot_id)) is not None

    async def accounts(self) -> Sequence[FurtherAccount]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_ACCOUNTS)
        return [self._account(row) for row in rows]

    def _account(self, row: asyncpg.Record) -> FurtherAccount:
        return FurtherAccount(
            bot=BotId(row["bot"]),
            name=AccountName(row["name"]),
            kie_key=self._box.open(row["kie_key_sealed"]),
            is_paused=row["is_paused"],
            added_at=row["added_at"],
        )

    async def put_account(self, account: FurtherAccount, /) -> bool:
        key = self._box.seal(account.kie_key)
        async with self._database.connection() as connection:
            return bool(
                await connection.fetchval(
                    _PUT_ACCOUNT, account.bot, account.name, key, account.is_paused, account.added_at
                )
            )

    async def remove_account(self, bot_id: BotId, name: AccountName, /) -> bool:
        async with self._database.connection() as connection:
            return await connection.fetchval(_REMOVE_ACCOUNT, storable(bot_id), storable(name)) is not None

    async def revision(self) -> str:
        async with self._database.connection() as connection:
            return str(await connection.fetchval(_REVISION))


def _opened(rows: Mapping[Owner, Callable[[], T]]) -> tuple[Sequence[T], frozenset[Owner]]:
    """What can be opened, and whose can't."""
    opened, sealed = [], set()
    for owner, read in rows.items():
        try:
            opened.append(read())
        except SecretsUnreadable:
            sealed.add(owner)
    return opened, frozenset(sealed)


async def bot_of_generation(database: Database, generation_id: GenerationId) -> str | None:
    """Return the bot whose generation this is. Raises StoreUnavailable."""
    async with database.connection() as connection:
        bot: str | None = await connection.fetchval(_OF_GENERATION, generation_id)
        return bot
