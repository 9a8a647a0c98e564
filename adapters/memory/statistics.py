"""Figures about the generations of the in-memory store."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from adapters.memory.generation_store import InMemoryGenerationStore, came_to_nothing
from application.ports.statistics import DayCourse, DayFigures, LeaderFigures, ModelCourse, Spending, SpentBy, Usage
from domain.failure import FailureKind
from domain.generation import Generation, GenerationState, UserId
from domain.model import ModelId

K = TypeVar("K")


class InMemoryStatistics:
    """``Statistics`` over an ``InMemoryGenerationStore``, whose trouble is theirs too. ``leadership`` is what a test sets,
    and ``ahead`` how far the store's clock is ahead of UTC."""

    def __init__(self, store: InMemoryGenerationStore) -> None:
        self._store = store
        self.leadership: LeaderFigures | None = None
        self.ahead = timedelta()

    async def now(self) -> datetime:
        async with self._store.on_read.around():
            return self._store.clock.now() + self.ahead

    async def unfinished(self) -> Mapping[GenerationState, int]:
        return Counter(row.state for row in await self._store.unfinished())

    async def failures(self, *, since: datetime) -> Mapping[FailureKind, int]:
        kinds = Counter(row.failure.kind for row in await self._rows(since) if row.failure)
        return dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0])))

    async def days(self, *, since: datetime) -> Sequence[DayFigures]:
        by_day: defaultdict[date, list[Generation]] = defaultdict(list)
        for row in await self._rows(since):
            by_day[row.created_at.astimezone(UTC).date()].append(row)
        return [
            DayFigures(
                day=day,
                people=len({row.user for row in rows}),
                generations=len(rows),
                credits=sum(_cost_of(row) for row in rows if not came_to_nothing(row)),
            )
            for day, rows in sorted(by_day.items(), reverse=True)
        ]

    async def spending(self, by: SpentBy, /, *, since: datetime, limit: int) -> Sequence[Spending]:
        rows: defaultdict[str, list[Generation]] = defaultdict(list)
        for row in await self._rows(since):
            rows[row.user if by is SpentBy.PERSON else row.model_id].append(row)
        found = [
            Spending(
                key=key,
                generations=len(each),
                credits=sum(_cost_of(row) for row in each if not came_to_nothing(row)),
            )
            for key, each in rows.items()
        ]
        return sorted(found, key=lambda one: (-one.credits, -one.generations, one.key))[:limit]

    async def usage(self, user: UserId, /, *, since: datetime) -> Usage:
        own = [row for row in await self._rows(since) if row.user == user and row.created_at > since]
        lasting = [row for row in own if not came_to_nothing(row)]
        return Usage(generations=len(lasting), credits=self._store.spent_by(user, since))

    async def course_by_day(self, *, since: datetime) -> Sequence[DayCourse]:
        by_day = _grouped(await self._rows(since), lambda row: row.created_at.astimezone(UTC).date())
        return [DayCourse(day=day, **_course(rows)) for day, rows in sorted(by_day.items())]

    async def course_by_model(self, *, since: datetime, limit: int) -> Sequence[ModelCourse]:
        by_model = _grouped(await self._rows(since), lambda row: row.model_id)
        found = [ModelCourse(model=model, **_course(rows)) for model, rows in by_model.items()]
        return sorted(found, key=lambda one: (-one.ended, one.model))[:limit]

    async def failing(self, *, since: datetime, kinds: Collection[FailureKind], in_a_row: int) -> Collection[ModelId]:
        ends: defaultdict[ModelId, list[tuple[datetime, bool]]] = defaultdict(list)
        for row in await self._rows(since):
            if row.ended_at and (row.failure is None or row.failure.kind in kinds):
                ends[row.model_id].append((row.ended_at, row.failure is not None))
        newest = {model_id: sorted(each, reverse=True)[:in_a_row] for model_id, each in ends.items()}
        return {model_id for model_id, each in newest.items() if [failed for _, failed in each] == [True] * in_a_row}

    async def leader(self) -> LeaderFigures | None:
        return self.leadership

    async def _rows(self, since: datetime) -> Sequence[Generation]:
        async with self._store.on_read.around():
            return [row for row in self._store.rows.values() if row.created_at >= since]


def _grouped(rows: Sequence[Generation], key: Callable[[Generation], K]) -> Mapping[K, Sequence[Generation]]:
    """Those that have come to an end of their own."""
    groups: defaultdict[K, list[Generation]] = defaultdict(list)
    for row in rows:
        if row.closed_at and row.state is not GenerationState.CANCELLED:
            groups[key(row)].append(row)
    return groups


def _course(rows: Sequence[Generation]) -> Mapping[str, Any]:
    took = sorted(
        (row.closed_at - row.created_at).total_seconds() for row in rows if row.closed_at and row.failure is None
    )
    return {
        "ended": len(rows),
        "failed": sum(row.failure is not None for row in rows),
        "half_s": _percentile(took, 0.5),
        "most_s": _percentile(took, 0.95),
    }


def _percentile(figures: Sequence[float], part: float) -> float | None:
    """Between the two nearest, as PostgreSQL's percentile_cont."""
    if not figures:
        return None
    place = part * (len(figures) - 1)
    low = int(place)
    high = min(low + 1, len(figures) - 1)
    return figures[low] + (figures[high] - figures[low]) * (place - low)


def _cost_of(row: Generation) -> float:
    """What was charged; until that is known, and where the provider never says, what was reserved."""
    charged = row.charged_credits if row.ended_at else None
    return (row.reserved_credits or 0) if charged is None else charged
