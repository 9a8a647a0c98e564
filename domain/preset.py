"""A filled card that a person keeps under a name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NewType

from attrs import field, frozen

from domain.errors import InvalidPresetName
from domain.generation import UserId
from domain.model import ModelId

PresetId = NewType("PresetId", str)
"""10 characters of ``a-z0-9``; stands in its owner's buttons."""

PresetLink = NewType("PresetLink", str)
"""At least 128 unguessable bits: anyone who has them may open a copy."""

PRESET_NAME_LIMIT: Final = 40
"""Characters: what a phone shows of a button."""


def preset_name(text: str) -> str:
    """The name in what a person wrote, blanks and lines put together. Raises InvalidPresetName."""
    name = " ".join(text.split())
    if not 0 < len(name) <= PRESET_NAME_LIMIT:
        raise InvalidPresetName(f"{len(name)} characters")
    return name


@frozen(kw_only=True)
class Preset:
    """``values`` are raw, as on the card; an ``Attachment`` may be among them. ``link`` is None while it is not shared."""

    id: PresetId
    owner: UserId
    name: str
    model_id: ModelId
    values: Mapping[str, object] = field(repr=False)
    link: PresetLink | None = field(default=None, repr=False)
    created_at: datetime

    @property
    def key(self) -> str:
        """What must differ between the names of one owner: letter case does not count."""
        return self.name.casefold()
