"""What is to be said about models today, at hand without waiting."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import structlog

from application.errors import StoreUnavailable
from application.ports.alarm_store import AlarmStore
from application.ports.clock import Clock
from application.ports.model_switches import ModelSwitches
from domain.model import Model, ModelId
from domain.operation import AlarmKind, ModelPause

FRESH_S: Final = 2.0
"""How old what it says may be. Whether a wish is taken on is asked of the store itself."""

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
