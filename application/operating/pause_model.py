"""Switch a model off for new wishes."""

import structlog
from attrs import frozen

from application.audit import Audit
from application.ports.clock import Clock
from application.ports.model_catalog import ModelCatalog
from application.ports.model_switches import ModelSwitches
from domain.audit import AuditedAction
from domain.generation import UserId
from domain.model import Model
from domain.operation import ModelPause

log = structlog.get_logger()


@frozen(kw_only=True)
class PauseModel:
    """What was accepted before goes on."""

    _catalog: ModelCatalog
    _switches: ModelSwitches
    _clock: Clock
    _audit: Audit

    async def __call__(self, name: str, reason: str = "", *, by: UserId) -> Model | None:
        """The model that is off now; None: no model of this id or alias. Raises ``StoreUnavailable``.

        ``reason`` is shown to people: free words, or a ``PauseReason``.
        """
        model = self._catalog.find(name)
        if model:
            await self._audit(AuditedAction.PAUSE, by=by, about=model.id, details=reason)
            await self._switches.pause(ModelPause(model_id=model.id, reason=reason, at=self._clock.now()))
            log.info("model.paused", model=model.id)
        return model
