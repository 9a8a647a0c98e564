"""Generations in PostgreSQL."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

import asyncpg
from attrs import evolve, frozen

from adapters.postgres_store import generation_sql as sql
from adapters.postgres_store.changes import CHANNEL, announcement, changes_of
from adapters.postgres_store.database import Database, PooledConnection
from adapters.postgres_store.generation_rows import (
    changed_input_json,
    generation_of,
    life_values,
    readable,
    receipts_json,
    results_json,
    settlement_json,
    wish_values,
)
from adapters.postgres_store.ledger import add_entry, check_to_spend
from adapters.postgres_store.values import is_storable, storable
from application.errors import ModelPaused, NotLeader, StaleGeneration
from application.limits import DAY, GroupLimits, UsedToday, UserLimits, checked
from domain.generation import Generation, GenerationId, TaskId, UserId
from domain.ledger import reservation_key, reservation_of
from domain.model import ModelId
from domain.provider_account import AccountName


@frozen
class PostgresGenerationStore:
    """``GenerationStore`` on PostgreSQL, for the bot with the numeric id ``bot``.

    A wish is written once by ``add``, and its input again once its files are measured; ``save`` writes what events change. Results and receipts are only ever added to,
    and gone when the whole is erased.
    """

    _database: Database
    _bot: str

    async def add(
        self,
        generation: Generation,
        /,
        *,
        limits: UserLimits | None = None,
        group_limits: GroupLimits | None = None,
    ) -> Generation:
        if not (limits or group_limits or generation.reservation):
            async with self._database.connection() as connection:
                if known := await self._insert(generation, connection, limits_checked=False):
                    return known
        [added] = await self.add_together([generation], limits=limits, group_limits=group_limits)
        return added

    async def add_together(
        self,
        generations: Sequence[Generation],
        /,
        *,
        limits: UserLimits | None = None,
        group_limits: GroupLimits | None = None,
    ) -> Sequence[Generation]:
        async with self._database.transaction() as connection:
            await connection.execute(sql.TAKE_TURNS, sql.TURNS_NAMESPACE, f"{self._bot} {generations[0].user}")
            return [await self._add(one, limits, group_limits, connection) for one in generations]

    async def by_request_keys(self, keys: Sequence[str], /) -> Sequence[Generation]:
        return [generation_of(row) for row in await self._fetch(sql.BY_REQUEST_KEYS, list(keys))]

    async def by_task(self, task_id: TaskId, /) -> Generation | None:
        rows = await self._fetch(sql.BY_TASK, task_id) if is_storable(task_id) else []
        return next(iter(readable(rows)), None)

    async def _add(
        self,
        generation: Generation,
        limits: UserLimits | None,
        group_limits: GroupLimits | None,
        connection: PooledConnection,
    ) -> Generation:
        """In the transaction of ``connection``, in which its user's turn has come."""
        if row := await connection.fetchrow(sql.BY_REQUEST_KEY, self._bot, generation.request_key):
            return generation_of(row)
        standing = await connection.fetchrow(sql.STANDING, self._bot, generation.model_id, generation.user)
        if standing and standing["pause"] is not None and not generation.forced:
            raise ModelPaused(standing["pause"])
        if standing and standing["has_own_limit"]:
            limits = (limits or UserLimits()).with_own(standing["credits_per_day"])
        if limits:
            await self._check(limits, generation, connection)
        if group_limits:
            await self._check_group(group_limits, generation, connection)
        reservation = reservation_of(generation)
        if reservation:
            await check_to_spend(connection, self._bot, reservation)
        added = await self._insert(generation, connection, limits_checked=True) or generation
        if reservation and added is generation:
            await add_entry(connection, self._bot, reservation)
        return added

    async def _insert(
        self, generation: Generation, connection: PooledConnection, *, limits_checked: bool
    ) -> Generation | None:
        """The generation, or the one that was there already under its request key. None: its user's own limit is to be looked at."""
        [row] = await connection.fetch(
            sql.ADD,
            CHANNEL,
            announcement(self._bot, generation.id),
            self._bot,
            generation.version,
            *wish_values(generation),
            *life_values(generation),
            limits_checked,
        )
        if row["is_added"]:
            return generation
        if known := await connection.fetchrow(sql.BY_REQUEST_KEY, self._bot, generation.request_key):
            return generation_of(known)
        if row["pause"] is not None:
            raise ModelPaused(row["pause"])
        return None

    async def get(self, generation_id: GenerationId, /) -> Generation | None:
        if not is_storable(generation_id):
            return None
        rows = await self._fetch(sql.BY_ID, generation_id)
        return next(iter(readable(rows)), None)

    async def save(self, generation: Generation, /, *, epoch: int | None = None) -> Generation:
        async with self._database.connection() as connection:
            [row] = await connection.fetch(
                sql.SAVE,
                self._bot,
                generation.id,
                generation.version,
                epoch,
                results_json(generation),
                receipts_json(generation),
                CHANNEL,
                announcement(self._bot, generation.id),
                *life_values(generation),
                reservation_key(generation.id),
                settlement_json(generation),
                changed_input_json(generation),
            )
        if epoch is not None and row["epoch"] is not None and row["epoch"] > epoch:
            raise NotLeader(f"epoch {row['epoch']} has begun, this was {epoch}")
        if row["version"] is None:
            raise StaleGeneration(generation.id)
        return evolve(
            generation,
            version=row["version"],
            reported_task_id=row["reported_task_id"],
            progress_message=row["progress_message"],
            quiet=row["quiet"],
            input_changed=False,
        )

    async def report_task(self, generation_id: GenerationId, task_id: TaskId, /) -> bool:
        if not is_storable(generation_id):
            return False
        payload = announcement(self._bot, generation_id)
        return bool(await self._fetch(sql.REPORT_TASK, generation_id, storable(task_id), CHANNEL, payload))

    async def note_progress_message(self, generation_id: GenerationId, message: str, /) -> None:
        await self._fetch(sql.NOTE_PROGRESS_MESSAGE, generation_id, message)

    async def mark_quiet(self, generation_id: GenerationId, /) -> bool:
        if not is_storable(generation_id):
            return False
        payload = announcement(self._bot, generation_id)
        return bool(await self._fetch(sql.MARK_QUIET, generation_id, CHANNEL, payload))

    async def unfinished(self) -> Sequence[Generation]:
        return readable(await self._fetch(sql.UNFINISHED))

    async def last_of(self, user: UserId, model_id: ModelId, /) -> Generation | None:
        rows = await self._fetch(sql.LAST_OF, user, model_id)
        return next(iter(readable(rows)), None)

    async def history(
        self,
        user: UserId,
        /,
        *,
        limit: int,
        before: datetime | None = None,
        after: datetime | None = None,
        text: str = "",
        delivered: bool = False,
    ) -> Sequence[Generation]:
        statement, moment = (sql.HISTORY, before) if after is None else (sql.HISTORY_AFTER, after)
        rows = await self._fetch(statement, user, moment, storable(text).split(), delivered, limit)
        return readable(rows if after is None else reversed(rows))

    async def with_ids(self, user: UserId, ids: Sequence[str], /) -> Sequence[Generation]:
        return readable(await self._fetch(sql.WITH_IDS, user, list(ids)))

    async def erase(self, generation_id: GenerationId, user: UserId, /) -> bool:
        return is_storable(generation_id) and bool(await self._fetch(sql.ERASE, generation_id, user))

    async def submitted_since(self, since: datetime, /) -> Sequence[tuple[AccountName, datetime]]:
        rows = await self._fetch(sql.SUBMITTED_SINCE, since)
        return [(AccountName(row["account"]), row["submitted_at"]) for row in rows]

    async def durations(self, model_id: ModelId, /, *, limit: int = 200) -> Sequence[float]:
        return [row["seconds"] for row in await self._fetch(sql.DURATIONS, model_id, limit)]

    async def forget_secrets(self, closed_before: datetime, /, *, limit: int) -> int:
        return len(await self._fetch(sql.FORGET_SECRETS, closed_before, limit))

    async def erase_closed(self, before: datetime, /, *, limit: int) -> int:
        return len(await self._fetch(sql.ERASE_CLOSED, before, limit))

    def changes(self) -> AbstractAsyncContextManager[AsyncIterator[GenerationId]]:
        return changes_of(self._bot, self._database, self._unfinished_ids)

    async def _unfinished_ids(self) -> Iterable[GenerationId]:
        return [GenerationId(row["id"]) for row in await self._fetch(sql.UNFINISHED_IDS)]

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        async with self._database.connection() as connection:
            return await connection.fetch(statement, self._bot, *values)

    async def _check(self, limits: UserLimits, generation: Generation, connection: PooledConnection) -> None:
        since = generation.created_at - DAY

        async def check(later: timedelta) -> None:
            [usage] = await connection.fetch(sql.USAGE, self._bot, generation.user, since + later)
            in_flight = 0 if later else usage["in_flight"]
            limits.check(_used(usage, in_flight=in_flight), generation.counted_credits)

        await checked(check)

    async def _check_group(self, limits: GroupLimits, generation: Generation, connection: PooledConnection) -> None:
        since, chat = generation.created_at - DAY, generation.destination.chat
        await connection.execute(sql.TAKE_TURNS, sql.GROUP_TURNS_NAMESPACE, f"{self._bot} {chat}")

        async def check(later: timedelta) -> None:
            [usage] = await connection.fetch(sql.GROUP_USAGE, self._bot, chat, since + later)
            limits.check(_used(usage), generation.counted_credits)

        await checked(check)


def _used(usage: asyncpg.Record, *, in_flight: int = 0) -> UsedToday:
    return UsedToday(in_flight=in_flight, per_day=usage["per_day"], credits=usage["spent"])
