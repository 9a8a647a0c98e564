"""Media as values: their kinds, files on disk and references to a person's own files."""

from enum import StrEnum
from pathlib import Path

from attrs import frozen


class MediaKind(StrEnum):
    """What a person sees or hears. ``file`` is anything that is none of the others."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    TEXT = "text"
    FILE = "file"

    @classmethod
    def of_mime(cls, mime: str) -> "MediaKind":
        """The kind a MIME type belongs to: ``image/png`` is an image, ``application/pdf`` a file."""
        family = mime.partition("/")[0].strip().lower()
        return cls(family) if family in {"image", "video", "audio", "text"} else cls.FILE


@frozen(kw_only=True)
class MediaFile:
    """Bytes on our disk. Anyone who opened it deletes it; the path is valid only inside that scope."""

    path: Path
    name: str
    mime: str
    size_bytes: int

    @property
    def kind(self) -> MediaKind:
        return MediaKind.of_mime(self.mime)


@frozen(kw_only=True)
class Attachment:
    """A file a person gave us, still where the front end keeps it.

    It stands in an input where the provider wants a URL; the bytes are fetched from the front end and uploaded to the
    provider just before the task is created, so that no front end's URL (a Telegram one holds the bot's token)
    leaves us and an old wish can be repeated after the provider has deleted its copy.

    ``reference`` means something to the front end alone (a Telegram ``file_id``, a path). ``size_bytes`` is None
    where the front end does not say; so are ``width`` and ``height`` in pixels and ``seconds``. ``seconds_error`` is the most
    by which ``seconds`` may differ from the truth: 1 where a chat gives whole seconds, 0 where the file was measured.
    """

    reference: str
    kind: MediaKind
    mime: str
    name: str
    size_bytes: int | None = None
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    seconds_error: float = 0.0

    @property
    def least_seconds(self) -> float | None:
        """The seconds that it lasts for certain."""
        return None if self.seconds is None else max(0.0, self.seconds - self.seconds_error)

    @property
    def keeper(self) -> str:
        """Who has the bytes: what stands before a colon in ``reference``, else ``telegram``, whose file ids have none."""
        name, colon, _ = self.reference.partition(":")
        return name if colon else "telegram"
