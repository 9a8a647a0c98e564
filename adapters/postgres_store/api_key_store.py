"""API keys and the webhook outbox in PostgreSQL."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.generation_sql import TAKE_TURNS
from adapters.postgres_store.values import is_storable, storable
from application.limits import Limit
from domain.api_key import ApiKey, ApiKeyId, Webhook
from domain.generation import UserId
from domain.webhook_event import EventId, WebhookEvent

_KEY: Final = "id, name, user_id, digest, created_at, revoked_at, webhook_url, webhook_secret, credits_per_day"
_ADD_KEY: Final = """
INSERT INTO api_keys (bot, id, name, user_id, digest, created_at, credits_per_day)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
"""
_GET_KEY: Final = f"SELECT {_KEY} FROM api_keys WHERE bot = $1 AND id = $2"  # noqa: S608 - constants alone
_TURNS_NAMESPACE: Final = 0x6B657973
"""First half of the lock under which one person's additions wait for each other ("keys")."""
_ALL_KEYS: Final = f"SELECT {_KEY} FROM api_keys WHERE bot = $1 ORDER BY created_at DESC, id"  # noqa: S608 - constants alone
_REVOKE: Final = "UPDATE api_keys SET revoked_at = $3 WHERE bot = $1 AND id = $2 AND revoked_at IS NULL RETURNING id"
_SET_WEBHOOK: Final = (
    "UPDATE api_keys SET webhook_url = $3, webhook_secret = $4 WHERE bot = $1 AND id = $2 RETURNING id"
)

_ADD_EVENT: Final = """
INSERT INTO webhook_events (bot, id, key_id, type, payload, created_at, due_at, attempts)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
"""
_DUE: Final = """
SELECT id, key_id, type, payload, created_at, due_at, attempts
  FROM (SELECT *, row_number() OVER (PARTITION BY key_id ORDER BY due_at) AS place
          FROM webhook_events WHERE bot = $1 AND due_at <= $2) AS waiting
 WHERE place <= $4 ORDER BY due_at LIMIT $3
"""
_SAVE_EVENT: Final = "UPDATE webhook_events SET due_at = $3, attempts = $4 WHERE bot = $1 AND id = $2"
_OF_KEY: Final = "SELECT bot FROM api_keys WHERE id = $1"
_REMOVE_EVENT: Final = "DELETE FROM webhook_events WHERE bot = $1 AND id = $2"


async def bot_of_key(database: Database, key_id: ApiKeyId) -> str | None:
    """Return the bot whose key this is. Raises StoreUnavailable."""
    async with database.connection() as connection:
        bot: str | None = await connection.fetchval(_OF_KEY, key_id)
        return bot


@frozen
class PostgresApiKeyStore:
    """``ApiKeyStore`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def add(self, key: ApiKey, /, *, limit: Limit | None = None) -> None:
        async with self._database.transaction() as connection:
            if limit:
                await connection.execute(TAKE_TURNS, _TURNS_NAMESPACE, f"{self._bot} {key.user}")
                every = map(_key_of, await connection.fetch(_ALL_KEYS, self._bot))
                limit.check(sum(one.user == key.user and one.is_valid for one in every))
            values = (key.id, storable(key.name), key.user, key.digest, key.created_at, key.credits_per_day)
            await connection.execute(_ADD_KEY, self._bot, *values)

    async def get(self, key_id: ApiKeyId, /) -> ApiKey | None:
        rows = await self._fetch(_GET_KEY, key_id) if is_storable(key_id) else []
        return _key_of(rows[0]) if rows else None

    async def all(self) -> Sequence[ApiKey]:
        return [_key_of(row) for row in await self._fetch(_ALL_KEYS)]

    async def revoke(self, key_id: ApiKeyId, /, *, at: datetime) -> bool:
        return bool(await self._fetch(_REVOKE, storable(key_id), at))

    async def set_webhook(self, key_id: ApiKeyId, webhook: Webhook | None, /) -> bool:
        values = (storable(webhook.url), webhook.secret) if webhook else (None, None)
        return bool(await self._fetch(_SET_WEBHOOK, storable(key_id), *values))

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        async with self._database.connection() as connection:
            return await connection.fetch(statement, self._bot, *values)


@frozen
class PostgresWebhookOutbox:
    """``WebhookOutbox`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def add(self, event: WebhookEvent, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(
                _ADD_EVENT,
                self._bot,
                event.id,
                event.key,
                event.type,
                json.dumps(event.payload),
                event.created_at,
                event.due_at,
                event.attempts,
            )

    async def due(self, now: datetime, /, *, limit: int, of_one_key: int) -> Sequence[WebhookEvent]:
        async with self._database.connection() as connection:
            return [_event_of(row) for row in await connection.fetch(_DUE, self._bot, now, limit, of_one_key)]

    async def save(self, event: WebhookEvent, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_SAVE_EVENT, self._bot, event.id, event.due_at, event.attempts)

    async def remove(self, event_id: EventId, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_REMOVE_EVENT, self._bot, event_id)


def _key_of(row: asyncpg.Record) -> ApiKey:
    url, secret = row["webhook_url"], row["webhook_secret"]
    return ApiKey(
        id=ApiKeyId(row["id"]),
        name=row["name"],
        user=UserId(row["user_id"]),
        digest=row["digest"],
        created_at=row["created_at"],
        revoked_at=row["revoked_at"],
        webhook=Webhook(url=url, secret=secret) if url else None,
        credits_per_day=row["credits_per_day"],
    )


def _event_of(row: asyncpg.Record) -> WebhookEvent:
    return WebhookEvent(
        id=EventId(row["id"]),
        key=ApiKeyId(row["key_id"]),
        type=row["type"],
        payload=json.loads(row["payload"]),
        created_at=row["created_at"],
        due_at=row["due_at"],
        attempts=row["attempts"],
    )
