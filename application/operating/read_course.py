"""Use case: how generations went lately: how many there were, how many failed, how long people waited, what they cost."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from attrs import frozen

from application.ports.clock import Clock
from application.ports.statistics import DayCourse, DayFigures, ModelCourse, Statistics

SHOWN: Final = 25


@frozen(kw_only=True)
class Course:
    """``days`` and ``figures`` hold every day of the span, the oldest first; ``models`` those that ended most."""

    days: Sequence[DayCourse]
    figures: Sequence[DayFigures]
    models: Sequence[ModelCourse]


@frozen(kw_only=True)
class ReadCourse:
    """Days are those of UTC."""

    _statistics: Statistics
    _clock: Clock

    async def __call__(self, days: int) -> Course:
        """Return the last ``days``, today among them. Raises ``StoreUnavailable``."""
        midnight = self._clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        since = midnight - timedelta(days=days - 1)
        course = {each.day: each for each in await self._statistics.course_by_day(since=since)}
        figures = {each.day: each for each in await self._statistics.days(since=since)}
        span = [(since + timedelta(days=number)).date() for number in range(days)]
        return Course(
            days=[course.get(day) or DayCourse(day=day, ended=0, failed=0, half_s=None, most_s=None) for day in span],
            figures=[figures.get(day) or DayFigures(day=day, people=0, generations=0, credits=0.0) for day in span],
            models=await self._statistics.course_by_model(since=since, limit=SHOWN),
        )
