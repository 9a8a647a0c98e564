"""Give a preset a link that opens a copy of it for anyone."""

import structlog
from attrs import frozen

from application.ports.ids import Ids
from application.ports.preset_store import PresetStore
from domain.generation import UserId
from domain.preset import Preset, PresetId, PresetLink

log = structlog.get_logger()


@frozen(kw_only=True)
class SharePreset:
    """A preset has one link at a time. One that was taken back never works again: sharing again makes another."""

    _store: PresetStore
    _ids: Ids

    async def __call__(self, preset_id: PresetId, owner: UserId) -> Preset:
        """The shared preset, with the link it had already if it was shared.

        Raises:
            PresetNotFound: there is none of this owner's.
            StoreUnavailable: ask again.
        """
        shared = await self._store.share(preset_id, owner, PresetLink(self._ids.secret()))
        log.info("preset.shared", preset_id=preset_id, user=owner)
        return shared
