# ruff: noqa: S608  # put together from constants of this package alone
"""Figures about the generations in PostgreSQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.generation_sql import USAGE
from application.ports.statistics import DayCourse, DayFigures, LeaderFigures, ModelCourse, Spending, SpentBy, Usage
from domain.failure import FailureKind
from domain.generation import GenerationState, UserId
from domain.model import ModelId

_UNFINISHED: Final = """
SELECT state, count(*) AS count FROM generations
 WHERE bot = $1 AND closed_at IS NULL
 GROUP BY state
"""

_FAILURES: Final = """
SELECT failure_kind, count(*) AS count FROM generations
 WHERE bot = $1 AND created_at >= $2 AND failure_kind IS NOT NULL
 GROUP BY failure_kind ORDER BY count(*) DESC, failure_kind
"""

_DAYS: Final = """
SELECT (created_at AT TIME ZONE 'UTC')::date AS day, count(DISTINCT user_id) AS people, count(*) AS generations,
       coalesce(sum(coalesce(charged_credits, reserved_credits))
                FILTER (WHERE failure_kind IS NULL AND state <> 'cancelled'), 0) AS credits
  FROM generations WHERE bot = $1 AND created_at >= $2
 GROUP BY day ORDER BY day DESC
"""

_SPENDING: Final = {
    by: f"""
SELECT {column} AS key, count(*) AS generations,
       coalesce(sum(coalesce(charged_credits, reserved_credits))
                FILTER (WHERE failure_kind IS NULL AND state <> 'cancelled'), 0) AS credits
  FROM generations WHERE bot = $1 AND created_at >= $2
 GROUP BY {column} ORDER BY credits DESC, generations DESC, key LIMIT $3
"""
    for by, column in ((SpentBy.PERSON, "user_id"), (SpentBy.MODEL, "model_id"))
}

_COURSE: Final = {
    key: f"""
SELECT {key} AS key, count(*) AS ended, count(failure_kind) AS failed,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY took) FILTER (WHERE failure_kind IS NULL) AS half_s,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY took) FILTER (WHERE failure_kind IS NULL) AS most_s
  FROM (SELECT model_id, (created_at AT TIME ZONE 'UTC')::date AS day, failure_kind,
               extract(epoch FROM closed_at - created_at)::float8 AS took
          FROM generations WHERE bot = $1 AND created_at >= $2 AND closed_at IS NOT NULL AND state <> 'cancelled') AS closed
 GROUP BY key ORDER BY {order} LIMIT $3
"""
    for key, order in (("day", "key"), ("model_id", "ended DESC, key"))
}
_DAYS_AT_MOST: Final = 400

_FAILING: Final = """
SELECT model_id FROM (
    SELECT model_id, failure_kind, row_number() OVER (PARTITION BY model_id ORDER BY ended_at DESC) AS place
      FROM generations
     WHERE bot = $1 AND created_at >= $2 AND ended_at IS NOT NULL
       AND (failure_kind IS NULL OR failure_kind = ANY($3::text[]))) AS ends
 WHERE place <= $4 GROUP BY model_id HAVING count(failure_kind) = $4
"""

_NOW: Final = "SELECT clock_timestamp()"
_LEADER: Final = "SELECT holder, epoch, changed_at, released FROM leadership WHERE bot = $1"


@frozen
class PostgresStatistics:
    """``Statistics`` on PostgreSQL, for one bot."""

    _database: Database
    _bot: str

    async def now(self) -> datetime:
        async with self._database.connection() as connection:
            now: datetime = await connection.fetchval(_NOW)
        return now

    async def unfinished(self) -> Mapping[GenerationState, int]:
        return {GenerationState(row["state"]): row["count"] for row in await self._fetch(_UNFINISHED)}

    async def failures(self, *, since: datetime) -> Mapping[FailureKind, int]:
        return {FailureKind(row["failure_kind"]): row["count"] for row in await self._fetch(_FAILURES, since)}

    async def days(self, *, since: datetime) -> Sequence[DayFigures]:
        return [
            DayFigures(day=row["day"], people=row["people"], generations=row["generations"], credits=row["credits"])
            for row in await self._fetch(_DAYS, since)
        ]

    async def spending(self, by: SpentBy, /, *, since: datetime, limit: int) -> Sequence[Spending]:
        rows = await self._fetch(_SPENDING[by], since, limit)
        return [Spending(key=row["key"], generations=row["generations"], credits=row["credits"]) for row in rows]

    async def usage(self, user: UserId, /, *, since: datetime) -> Usage:
        [row] = await self._fetch(USAGE, user, since)
        return Usage(generations=row["per_day"], credits=row["spent"])

    async def course_by_day(self, *, since: datetime) -> Sequence[DayCourse]:
        rows = await self._fetch(_COURSE["day"], since, _DAYS_AT_MOST)
        return [
            DayCourse(
                day=row["key"], ended=row["ended"], failed=row["failed"], half_s=row["half_s"], most_s=row["most_s"]
            )
            for row in rows
        ]

    async def course_by_model(self, *, since: datetime, limit: int) -> Sequence[ModelCourse]:
        rows = await self._fetch(_COURSE["model_id"], since, limit)
        return [
            ModelCourse(
                model=row["key"], ended=row["ended"], failed=row["failed"], half_s=row["half_s"], most_s=row["most_s"]
            )
            for row in rows
        ]

    async def failing(self, *, since: datetime, kinds: Collection[FailureKind], in_a_row: int) -> Collection[ModelId]:
        rows = await self._fetch(_FAILING, since, [kind.value for kind in kinds], in_a_row)
        return {ModelId(row["model_id"]) for row in rows}

    async def leader(self) -> LeaderFigures | None:
        rows = await self._fetch(_LEADER)
        if not rows:
            return None
        [row] = rows
        return LeaderFigures(
            holder=row["holder"], epoch=row["epoch"], since=row["changed_at"], is_released=row["released"]
        )

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        async with self._database.connection() as connection:
            return await connection.fetch(statement, self._bot, *values)
