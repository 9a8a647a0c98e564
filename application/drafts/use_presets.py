"""Use cases: a person's presets in a list."""

from collections.abc import Sequence

from attrs import frozen

from application.drafts.delete_preset import DeletePreset
from application.drafts.fill_draft import DraftContent
from application.drafts.open_preset import OpenPreset
from application.drafts.save_preset import SavePreset
from application.drafts.start_draft import StartDraft
from application.errors import PresetNotFound
from application.ports.preset_store import PresetStore
from domain.draft import Draft
from domain.generation import Destination, UserId
from domain.preset import Preset, PresetId


@frozen(kw_only=True)
class UsePresets:
    """Every call is about the person's own presets; another person's are as good as none."""

    _store: PresetStore
    _save: SavePreset
    _open: OpenPreset
    _start: StartDraft
    _delete: DeletePreset

    async def of(self, user: UserId) -> Sequence[Preset]:
        """All of them, newest first. Raises StoreUnavailable."""
        return await self._store.of_owner(user)

    async def save(self, draft: Draft, name: str) -> Preset:
        """Keep a draft's values under a name. Raises as SavePreset does."""
        return await self._save(draft.user, name, draft.model_id, draft.values)

    async def start(self, preset_id: PresetId, user: UserId, destination: Destination) -> Draft:
        """A new draft with what the model still takes of it. Raises PresetNotFound, ModelGone, StoreUnavailable."""
        preset = await self._store.get(preset_id)
        if preset is None or preset.owner != user:
            raise PresetNotFound(preset_id)
        opened = self._open(preset)
        return await self._start(user, destination, opened.model, DraftContent(values=opened.values))

    async def delete(self, preset_id: PresetId, user: UserId) -> None:
        """It is gone for good. Raises as DeletePreset does."""
        await self._delete(preset_id, user)
