"""Keep a filled card under a name."""

from collections.abc import Mapping
from typing import Final

import structlog
from attrs import frozen

from application.limits import Limit
from application.ports.clock import Clock
from application.ports.ids import Ids
from application.ports.preset_store import PresetStore
from domain.generation import UserId
from domain.model import ModelId
from domain.preset import Preset, PresetId, preset_name

PRESETS_AT_MOST: Final = Limit("presets", 50)
"""Of one person: a list that can still be looked through, and a bound on what a stranger may have us keep."""

log = structlog.get_logger()


@frozen(kw_only=True)
class SavePreset:
    """Values are kept as they are on the card, complete or not. Files stay where they are, by their references."""

    _store: PresetStore
    _ids: Ids
    _clock: Clock

    async def __call__(self, owner: UserId, name: str, model_id: ModelId, values: Mapping[str, object]) -> Preset:
        """The new preset, shared with no one.

        Raises:
            InvalidPresetName, PresetNameTaken, LimitReached: nothing was written.
            StoreUnavailable: it may have been written.
        """
        preset = Preset(
            id=PresetId(self._ids.short_id()),
            owner=owner,
            name=preset_name(name),
            model_id=model_id,
            values=values,
            created_at=self._clock.now(),
        )
        await self._store.add(preset, limit=PRESETS_AT_MOST)
        log.info("preset.saved", preset_id=preset.id, model=model_id, user=owner)
        return preset
