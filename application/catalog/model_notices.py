"""What is known about models today, at hand without waiting: which are paused or failing, and how they have done here lately."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

import structlog
from attrs import define, field

from application.errors import StoreUnavailable
from application.ports.alarm_store import AlarmStore
from application.ports.clock import Clock
from application.ports.model_switches import ModelSwitches
from application.ports.statistics import ModelCourse, Statistics
from domain.model import Model, ModelId
from domain.operation import AlarmKind, ModelPause

FRESH_S: Final = 2.0
"""How old what it says may be. Whether a wish is taken on is asked of the store itself."""
RECORD_FRESH_S: Final = 600.0
WITHIN: Final = timedelta(days=14)
ENOUGH: Final = 10
"""Generations that have ended, from which on a share says something."""
TOO_MANY: Final = 0.4
"""Share of failures from which on a model goes behind the others."""
MODELS: Final = 300
MEASURED: Final = 3
"""Models whose speed must be known before one of them is called the fastest."""

log = structlog.get_logger()


class Availability(StrEnum):
    """Whether a model takes requests now, and whether its results come."""

    AVAILABLE = "available"
    FAILING = "failing"
    PAUSED = "paused"
    NOT_OFFERED = "not_offered"


class ModelNotices:
    """Which models are paused or keep failing, as last read. Menus ask for many models at once, so it answers from memory."""

    def __init__(self, *, switches: ModelSwitches, alarms: AlarmStore, clock: Clock) -> None:
        self._switches = switches
        self._alarms = alarms
        self._clock = clock
        self._read_at = float("-inf")
        self._pauses: Mapping[ModelId, ModelPause] = {}
        self._failing: frozenset[str] = frozenset()

    async def refresh(self, *, at_once: bool = False) -> None:
        """Read again what is older than ``FRESH_S``; without the store what was read last goes on holding."""
        now = self._clock.monotonic()
        if not at_once and now - self._read_at < FRESH_S:
            return
        self._read_at = now  # before the wait: who comes meanwhile goes on with what there is
        try:
            self._pauses = {pause.model_id: pause for pause in await self._switches.paused()}
            raised = await self._alarms.raised()
        except StoreUnavailable:
            log.warning("notices.not_read")
            return
        self._failing = frozenset(alarm.about for alarm in raised if alarm.kind is AlarmKind.MODEL_FAILING)

    def pause_of(self, model_id: ModelId) -> ModelPause | None:
        """Why it takes no new wishes; None: it does."""
        return self._pauses.get(model_id)

    def is_failing(self, model_id: ModelId) -> bool:
        """Whether its last generations failed one after another by the provider's doing."""
        return model_id in self._failing

    def availability_of(self, model: Model) -> Availability:
        """Return how the model stands: the registry's word first, then the operator's, then that of its last generations."""
        if not model.is_offered:
            return Availability.NOT_OFFERED
        if self.pause_of(model.id):
            return Availability.PAUSED
        return Availability.FAILING if self.is_failing(model.id) else Availability.AVAILABLE

    def troubled_first(self, models: Iterable[Model]) -> list[Model]:
        """Sort what is offered: what is paused or failing first, then by title."""
        offered = (model for model in models if model.is_offered and not model.is_alias)
        return sorted(
            offered, key=lambda model: (self.availability_of(model) is Availability.AVAILABLE, model.title.casefold())
        )


@define(eq=False)
class OwnRecord:
    """Reads the figures again every ``RECORD_FRESH_S`` seconds; without the store the last ones go on holding."""

    _statistics: Statistics | None
    _clock: Clock
    _courses: Mapping[ModelId, ModelCourse] = field(factory=dict, init=False)
    _read_at: float = field(default=float("-inf"), init=False)

    async def refresh(self) -> None:
        """Read what is older than it may be. Never raises."""
        now = self._clock.monotonic()
        if self._statistics is None or now - self._read_at < RECORD_FRESH_S:
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
