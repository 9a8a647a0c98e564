"""Switch a model on again."""

import structlog
from attrs import frozen

from application.audit import Audit
from application.ports.model_catalog import ModelCatalog
from application.ports.model_switches import ModelSwitches
from domain.audit import AuditedAction
from domain.generation import UserId
from domain.model import Model

log = structlog.get_logger()


@frozen(kw_only=True)
class ResumeModel:
    """The end of a pause."""

    _catalog: ModelCatalog
    _switches: ModelSwitches
    _audit: Audit

    async def __call__(self, name: str, *, by: UserId) -> Model | None:
        """The model that is on now, whether or not it was off; None: no such model. Raises ``StoreUnavailable``."""
        model = self._catalog.find(name)
        if model:
            await self._audit(AuditedAction.RESUME, by=by, about=model.id)
            if await self._switches.resume(model.id):
                log.info("model.resumed", model=model.id)
        return model
