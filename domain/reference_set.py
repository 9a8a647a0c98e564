"""Pictures of a character, or of a style, that a person keeps under a name and gives to any model that takes pictures."""

from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from attrs import field, frozen

from domain.generation import UserId
from domain.kept_media import MediaId

ReferenceSetId = NewType("ReferenceSetId", str)
"""10 characters of ``a-z0-9``."""

CharacterId = NewType("CharacterId", str)
"""What the provider calls a character that it has been shown."""

CHARACTER_IDS: Final = "character_ids"
"""The parameter that takes them (``config/registry``, Gemini Omni)."""
NAME_LIMIT: Final = 40
FILES_AT_MOST: Final = 8
"""No model takes more pictures of one character."""


class ReferenceKind(StrEnum):
    """What the pictures have in common."""

    CHARACTER = "character"
    STYLE = "style"


@frozen(kw_only=True)
class ReferenceSet:
    """``media`` are kept files of the owner's, in their order. ``character`` is set once the provider has been shown them,
    and known to ``character_account`` alone. ``former_characters`` are what it was called on accounts of before."""

    id: ReferenceSetId
    owner: UserId
    name: str
    kind: ReferenceKind
    media: tuple[MediaId, ...] = field()
    created_at: datetime
    character: CharacterId | None = None
    character_account: str | None = None
    former_characters: tuple[CharacterId, ...] = ()

    @media.validator
    def _has_media(self, _attribute: object, media: tuple[MediaId, ...]) -> None:
        if not 0 < len(media) <= FILES_AT_MOST:
            raise ValueError(f"a reference set has 1 to {FILES_AT_MOST} pictures, not {len(media)}")

    def is_called(self, character: object) -> bool:
        """Whether the provider calls it so, or did on an account of before."""
        return character is not None and character in (self.character, *self.former_characters)
