"""Files that we keep ourselves: results of generations and what people uploaded."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from attrs import frozen

from domain.generation import GenerationId, UserId
from domain.media import Attachment, MediaKind

MediaId = NewType("MediaId", str)
"""At least 128 unguessable bits; stands in URLs."""

MediaKey = NewType("MediaKey", str)
"""The SHA-256 of the bytes, 64 hexadecimal digits: equal files are kept once."""

REFERENCE_PREFIX = "media:"
"""An attachment's reference begins so where the file is one that we keep."""


class MediaOrigin(StrEnum):
    """How a file came to us."""

    RESULT = "result"
    UPLOAD = "upload"


@frozen(kw_only=True)
class Preview:
    """A small picture of a medium. ``key`` names its bytes (WebP). The sizes are those of the medium itself, in pixels;
    ``duration_s`` is its length in seconds, where it has one."""

    key: MediaKey | None = None
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None


@frozen(kw_only=True)
class KeptMedia:
    """One file of one person. ``generation`` and ``index`` say which result it is, both None for an upload."""

    id: MediaId
    owner: UserId
    origin: MediaOrigin
    key: MediaKey
    kind: MediaKind
    mime: str
    name: str
    size_bytes: int
    created_at: datetime
    generation: GenerationId | None = None
    index: int | None = None
    preview: Preview = Preview()

    @property
    def attachment(self) -> Attachment:
        """What stands for this file in an input."""
        return Attachment(
            reference=f"{REFERENCE_PREFIX}{self.id}",
            kind=self.kind,
            mime=self.mime,
            name=self.name,
            size_bytes=self.size_bytes,
            width=self.preview.width,
            height=self.preview.height,
            seconds=self.preview.duration_s,
        )


def media_id_of(attachment: Attachment) -> MediaId | None:
    """Which of our files an attachment stands for; None where another front end keeps it."""
    if not attachment.reference.startswith(REFERENCE_PREFIX):
        return None
    return MediaId(attachment.reference.removeprefix(REFERENCE_PREFIX))
