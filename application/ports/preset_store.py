"""Port: people's presets."""

from collections.abc import Sequence
from typing import Protocol

from application.limits import Limit
from domain.generation import UserId
from domain.preset import Preset, PresetId, PresetLink


class PresetStore(Protocol):
    """The presets of one bot. Every call is one transaction. Raises ``StoreUnavailable`` like the other stores.

    A name is taken when the same owner has another preset with the same ``Preset.key``.
    """

    async def add(self, preset: Preset, /, *, limit: Limit) -> None:
        """Write a new one. ``limit`` is how many an owner may have; two at the same time can't both slip through.

        Raises:
            LimitReached: the owner has as many already; nothing was written.
            PresetNameTaken: nothing was written either.
        """
        ...

    async def get(self, preset_id: PresetId, /) -> Preset | None:
        """The preset, or None when there is none (any more)."""
        ...

    async def by_link(self, link: PresetLink, /) -> Preset | None:
        """The preset that is shared under this link at the moment, or None."""
        ...

    async def of_owner(self, owner: UserId, /) -> Sequence[Preset]:
        """Everything a person keeps, newest first."""
        ...

    async def rename(self, preset_id: PresetId, owner: UserId, name: str, /) -> Preset:
        """Give it another name; gives it back as it is now.

        Raises:
            PresetNotFound: there is none of this owner's.
            PresetNameTaken: it stays as it was.
        """
        ...

    async def share(self, preset_id: PresetId, owner: UserId, link: PresetLink, /) -> Preset:
        """Share it under this link, unless it has one: that stays. Gives it back as it is now. Raises PresetNotFound."""
        ...

    async def unshare(self, preset_id: PresetId, owner: UserId, /) -> Preset:
        """Share it with no one; gives it back as it is now. Raises PresetNotFound."""
        ...

    async def delete(self, preset_id: PresetId, owner: UserId, /) -> bool:
        """It is gone for good, and so is its link. False: there was none of this owner's."""
        ...
