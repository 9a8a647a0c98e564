"""Port: figures about the generations, for the operator. Reads only."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from attrs import frozen

from domain.failure import FailureKind
from domain.generation import GenerationState, UserId
from domain.model import ModelId


@frozen(kw_only=True)
class DayFigures:
    """One day in UTC. ``credits`` are what was charged, and for what has not ended what was estimated."""

    day: date
    people: int
    generations: int
    credits: float


@frozen(kw_only=True)
class LeaderFigures:
    """Who leads, or led last. ``since`` is when that began, or when ``is_released`` became true."""

    holder: str
    epoch: int
    since: datetime
    is_released: bool


class SpentBy(StrEnum):
    """By what spending is distinguished."""

    PERSON = "person"
    MODEL = "model"


@frozen(kw_only=True)
class Spending:
    """What one person, or one model, cost. ``key`` is a user id or a model id; ``credits`` as in ``DayFigures``."""

    key: str
    generations: int
    credits: float


@frozen(kw_only=True)
class Usage:
    """What one person asked for, counted as the limits count it: failed and cancelled generations not at all, and among the
    ``credits`` those of questions to chat models."""

    generations: int
    credits: float


@frozen(kw_only=True)
class DayCourse:
    """How the generations of one day (UTC) went that have come to an end. Seconds run from acceptance to the delivery of the
    last result: half of the successes took ``half_s`` at most, 95 of a hundred ``most_s``; None without a success."""

    day: date
    ended: int
    failed: int
    half_s: float | None
    most_s: float | None


@frozen(kw_only=True)
class ModelCourse:
    """The same for one model."""

    model: ModelId
    ended: int
    failed: int
    half_s: float | None
    most_s: float | None


class Statistics(Protocol):
    """Of one bot. Raises ``StoreUnavailable`` like the stores."""

    async def now(self) -> datetime:
        """What time it is where the figures are kept, aware."""
        ...

    async def unfinished(self) -> Mapping[GenerationState, int]:
        """How many generations stand where, terminal states left out."""
        ...

    async def failures(self, *, since: datetime) -> Mapping[FailureKind, int]:
        """Reasons of the generations accepted since then that failed, the most frequent first."""
        ...

    async def days(self, *, since: datetime) -> Sequence[DayFigures]:
        """The days with any generation, the newest first. Failed and cancelled ones count, and cost nothing."""
        ...

    async def spending(self, by: SpentBy, /, *, since: datetime, limit: int) -> Sequence[Spending]:
        """Who or what cost the most in generations accepted since then; the dearest first, ``limit`` of them at most.

        Failed and cancelled generations count, and cost nothing.
        """
        ...

    async def usage(self, user: UserId, /, *, since: datetime) -> Usage:
        """What one person asked for after ``since``. ``credits`` as in ``DayFigures``."""
        ...

    async def course_by_day(self, *, since: datetime) -> Sequence[DayCourse]:
        """The days on which anything was accepted that has ended, the oldest first. Cancelled ones are left out."""
        ...

    async def course_by_model(self, *, since: datetime, limit: int) -> Sequence[ModelCourse]:
        """The models that ended most of what was accepted since then, ``limit`` of them at most."""
        ...

    async def failing(self, *, since: datetime, kinds: Collection[FailureKind], in_a_row: int) -> Collection[ModelId]:
        """Models whose last ``in_a_row`` ends, of wishes accepted since then, were all failures of these kinds.

        Failures of other kinds are left out: they neither add to a row nor end it.
        """
        ...

    async def leader(self) -> LeaderFigures | None:
        """What the row of the leadership says; None before the first."""
        ...
