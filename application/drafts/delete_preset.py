"""Use case: delete a preset for good."""

import structlog
from attrs import frozen

from application.errors import PresetNotFound
from application.ports.preset_store import PresetStore
from domain.generation import UserId
from domain.preset import PresetId

log = structlog.get_logger()


@frozen(kw_only=True)
class DeletePreset:
    """Its link goes with it."""

    _store: PresetStore

    async def __call__(self, preset_id: PresetId, owner: UserId) -> None:
        """Raises PresetNotFound where there is none of this owner's (any more), StoreUnavailable."""
        if not await self._store.delete(preset_id, owner):
            raise PresetNotFound(preset_id)
        log.info("preset.deleted", preset_id=preset_id, user=owner)
