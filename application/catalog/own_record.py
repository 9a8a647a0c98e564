"""How models have done here lately: what the order of offers is adjusted by."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

import structlog
from attrs import define, field

from application.errors import StoreUnavailable
from application.ports.clock import Clock
from application.ports.statistics import ModelCourse, Statistics
from domain.model import ModelId

FRESH_S: Final = 600.0
WITHIN: Final = timedelta(days=14)
ENOUGH: Final = 10
"""Generations that have ended, from which on a share says something."""
TOO_MANY: Final = 0.4
"""Share of failures from which on a model goes behind the others."""
MODELS: Final = 300
MEASURED: Final = 3
"""Models whose speed must be known before one of them is called the fastest."""

log = structlog.get_logger()


@define(eq=False)
class OwnRecord:
    """Reads the figures again every ``FRESH_S`` seconds; without the store the last ones go on holding."""

    _statistics: Statistics | None
    _clock: Clock
    _courses: Mapping[ModelId, ModelCourse] = field(factory=dict, init=False)
    _read_at: float = field(default=float("-inf"), init=False)

    async def refresh(self) -> None:
        """Read what is older than it may be. Never raises."""
        now = self._clock.monotonic()
        if self._statistics is None or now - self._read_at < FRESH_S:
            return
        self._read_at = now
        try:
            courses = await self._statistics.course_by_model(since=self._clock.now() - WITHIN, limit=MODELS)
        except StoreUnavailable as error:
            log.warning("own_record.not_read", error=str(error))
            return
        self._courses = {one.model: one for one in courses if one.ended >= ENOUGH}

    def is_unreliable(self, model: ModelId) -> bool:
        """Return whether so many of its generations failed here that others go first."""
        course = self._courses.get(model)
        return course is not None and course.failed / course.ended >= TOO_MANY

    def fastest(self, models: Iterable[ModelId]) -> ModelId | None:
        """Return the one that was quickest here, half of its results counted; None where too few were measured."""
        times = [
            (course.half_s, name)
            for name in models
            if (course := self._courses.get(name)) and course.half_s is not None and not self.is_unreliable(name)
        ]
        return min(times)[1] if len(times) >= MEASURED else None
