"""Use case: take the link of a preset back."""

import structlog
from attrs import frozen

from application.ports.preset_store import PresetStore
from domain.generation import UserId
from domain.preset import Preset, PresetId

log = structlog.get_logger()


@frozen(kw_only=True)
class UnsharePreset:
    """The link never works again; copies that were opened stay with those who opened them."""

    _store: PresetStore

    async def __call__(self, preset_id: PresetId, owner: UserId) -> Preset:
        """Return the preset as it is now. Raises PresetNotFound, StoreUnavailable."""
        preset = await self._store.unshare(preset_id, owner)
        log.info("preset.unshared", preset_id=preset_id, user=owner)
        return preset
