# ruff: noqa: S608  # put together from this file's constants alone
"""Everything about one person in PostgreSQL, table by table."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from adapters.postgres_store.database import Database
from application.ports.person_records import Rows
from domain.generation import UserId

OWNED: Final[Mapping[str, str]] = {
    "open_chat_sessions": "user_id",
    "chat_sessions": "user_id",
    "open_drafts": "user_id",
    "drafts": "user_id",
    "preferences": "user_id",
    "presets": "owner",
    "reference_sets": "owner",
    "favourite_results": "user_id",
    "shared_results": "owner",
    "media": "owner",
    "generations": "user_id",
    "people": "user_id",
    "admissions": "user_id",
    "blocks": "subject",
    "personal_limits": "user_id",
    "broadcast_recipients": "user_id",
    "text_calls": "user_id",
    "current_results": "user_id",
    "subscriptions": "user_id",
    "renewals_to_stop": "user_id",
    "web_sessions": "user_id",
    "api_keys": "user_id",
}
"""Tables of a person and the column that names them, in the order in which rows may be deleted."""

SECRET: Final = frozenset({"secret", "digest", "token_hash", "previous_hash", "csrf", "webhook_secret", "link"})
"""Columns that an export leaves out: they open doors."""

_PARTS: Final[Mapping[str, str]] = {
    "generation_results": "generation IN (SELECT number FROM generations WHERE bot = $1 AND user_id = $2)",
    "generation_receipts": "generation IN (SELECT number FROM generations WHERE bot = $1 AND user_id = $2)",
    "webhook_events": "bot = $1 AND key_id IN (SELECT id FROM api_keys WHERE bot = $1 AND user_id = $2)",
    "referrals": "bot = $1 AND $2 IN (invited, inviter)",
}
"""Tables that belong to rows of a person, and the condition that finds them. Those of a generation go with it."""

_EXPORT: Final = {
    table: f"SELECT to_json(one)::text AS row FROM {table} one WHERE {condition}"
    for table, condition in {
        **{name: f"bot = $1 AND {column} = $2" for name, column in OWNED.items()},
        **_PARTS,
    }.items()
}
_ERASE: Final = {
    table: f"DELETE FROM {table} WHERE {condition}"
    for table, condition in (
        {name: _PARTS[name] for name in ("webhook_events", "referrals")}
        | {name: f"bot = $1 AND {column} = $2" for name, column in OWNED.items()}
    ).items()
}

_LEDGER: Final = """
SELECT entry.kind, entry.units, entry.at, entry.reference, entry.stars
FROM ledger_entries entry JOIN ledger_accounts account ON account.number = entry.account
WHERE account.bot = $1 AND account.owner = $2 ORDER BY entry.number
"""
_UNFINISHED: Final = """
SELECT (SELECT count(*) FROM generations WHERE bot = $1 AND user_id = $2
         AND closed_at IS NULL)
     + (SELECT count(*) FROM text_calls WHERE bot = $1 AND user_id = $2 AND ended_at IS NULL)
"""
_FORGET_ACCOUNT: Final = "UPDATE ledger_accounts SET owner = NULL WHERE bot = $1 AND owner = $2"
_FORGET_UPDATES: Final = "DELETE FROM received_updates WHERE source = $1 AND body ~ $2"
_FORGET_AUTHOR: Final = "UPDATE broadcasts SET author = '' WHERE bot = $1 AND author = $2"
_FORGET_AUDIT: Final = """
UPDATE audit_log SET about = CASE WHEN about = $2 THEN '' ELSE about END, details = CASE WHEN about = $2 THEN '' ELSE details END,
    by = CASE WHEN by = $2 THEN '' ELSE by END
WHERE bot IN ($1, '') AND $2 IN (about, by)
"""
_LEAVE_MEDIA: Final = """
INSERT INTO media_left (key, since)
SELECT kept.key, now() FROM (
    SELECT key FROM media WHERE bot = $1 AND owner = $2
    UNION SELECT preview_key FROM media WHERE bot = $1 AND owner = $2 AND preview_key IS NOT NULL
) kept ON CONFLICT DO NOTHING
"""


@frozen
class PostgresPersonRecords:
    """``PersonRecords`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def export(self, user: UserId, /) -> Rows:
        rows: dict[str, Sequence[Mapping[str, Any]]] = {}
        async with self._database.connection() as connection:
            for table, statement in _EXPORT.items():
                found = await connection.fetch(statement, self._bot, user)
                rows[table] = [_without_secrets(json.loads(record["row"])) for record in found]
            rows["ledger"] = [dict(record) for record in await connection.fetch(_LEDGER, self._bot, user)]
        return {table: found for table, found in rows.items() if found}

    async def unfinished(self, user: UserId, /) -> int:
        async with self._database.connection() as connection:
            return int(await connection.fetchval(_UNFINISHED, self._bot, user))

    async def erase(self, user: UserId, /) -> Mapping[str, int]:
        erased: dict[str, int] = {}
        async with self._database.transaction() as connection:
            await connection.execute(_LEAVE_MEDIA, self._bot, user)
            for table, statement in _ERASE.items():
                erased[table] = _count(await connection.execute(statement, self._bot, user))
            await connection.execute(_FORGET_ACCOUNT, self._bot, user)
            await connection.execute(_FORGET_AUDIT, self._bot, user)
            number = user.partition(":")[2]
            await connection.execute(_FORGET_UPDATES, self._bot, rf'"(id|user_id)": {re.escape(number)}\M')
            await connection.execute(_FORGET_AUTHOR, self._bot, user)
        return {table: count for table, count in erased.items() if count}


def _without_secrets(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in row.items() if name not in SECRET and value is not None}


def _count(tag: str) -> int:
    """The number in the answer to a command: ``DELETE 3``."""
    return int(tag.rpartition(" ")[2])
