"""People's presets in a dict."""

from collections.abc import Sequence

from attrs import evolve

from adapters.memory.trouble import Script
from application.errors import PresetNameTaken, PresetNotFound
from application.limits import Limit
from application.ports.clock import Clock
from domain.generation import UserId
from domain.kept_media import KeptMedia, media_id_of
from domain.media import files_of
from domain.preset import Preset, PresetId, PresetLink


class InMemoryPresetStore:
    """``PresetStore`` for tests and the demo without a database. ``on_call`` is the script of trouble for all its methods."""

    def __init__(self, clock: Clock) -> None:
        self.presets: dict[PresetId, Preset] = {}
        self.on_call = Script(clock)

    async def add(self, preset: Preset, /, *, limit: Limit) -> None:
        async with self.on_call.around():
            limit.check(len(self._of(preset.owner)))
            self._write(preset)

    async def get(self, preset_id: PresetId, /) -> Preset | None:
        async with self.on_call.around():
            return self.presets.get(preset_id)

    async def by_link(self, link: PresetLink, /) -> Preset | None:
        async with self.on_call.around():
            return next((preset for preset in self.presets.values() if preset.link == link), None)

    async def of_owner(self, owner: UserId, /) -> Sequence[Preset]:
        async with self.on_call.around():
            return sorted(self._of(owner), key=lambda preset: (preset.created_at, preset.id), reverse=True)

    async def rename(self, preset_id: PresetId, owner: UserId, name: str, /) -> Preset:
        async with self.on_call.around():
            return self._write(evolve(self._own(preset_id, owner), name=name))

    async def share(self, preset_id: PresetId, owner: UserId, link: PresetLink, /) -> Preset:
        async with self.on_call.around():
            preset = self._own(preset_id, owner)
            return self._write(evolve(preset, link=preset.link or link))

    async def unshare(self, preset_id: PresetId, owner: UserId, /) -> Preset:
        async with self.on_call.around():
            return self._write(evolve(self._own(preset_id, owner), link=None))

    async def delete(self, preset_id: PresetId, owner: UserId, /) -> bool:
        async with self.on_call.around():
            preset = self.presets.get(preset_id)
            if preset is None or preset.owner != owner:
                return False
            del self.presets[preset_id]
            return True

    def holds(self, media: KeptMedia) -> bool:
        """Whether a preset of the file's owner has it among its values."""
        return any(media_id_of(file) == media.id for one in self._of(media.owner) for file in files_of(one.values))

    def _of(self, owner: UserId) -> list[Preset]:
        return [preset for preset in self.presets.values() if preset.owner == owner]

    def _own(self, preset_id: PresetId, owner: UserId) -> Preset:
        preset = self.presets.get(preset_id)
        if preset is None or preset.owner != owner:
            raise PresetNotFound(preset_id)
        return preset

    def _write(self, preset: Preset) -> Preset:
        if any(other.key == preset.key and other.id != preset.id for other in self._of(preset.owner)):
            raise PresetNameTaken(preset.id)
        self.presets[preset.id] = preset
        return preset
