"""Use case: give a preset another name."""

import structlog
from attrs import frozen

from application.ports.preset_store import PresetStore
from domain.generation import UserId
from domain.preset import Preset, PresetId, preset_name

log = structlog.get_logger()


@frozen(kw_only=True)
class RenamePreset:
    """A name is unique among the presets of its owner."""

    _store: PresetStore

    async def __call__(self, preset_id: PresetId, owner: UserId, name: str) -> Preset:
        """Return the preset as it is now.

        Raises:
            InvalidPresetName: empty or too long.
            PresetNameTaken: another preset of this owner has it; the old name stays.
            PresetNotFound: there is none of this owner's.
            StoreUnavailable: ask again.
        """
        renamed = await self._store.rename(preset_id, owner, preset_name(name))
        log.info("preset.renamed", preset_id=preset_id, user=owner)
        return renamed
