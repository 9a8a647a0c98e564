"""Media as values: their kinds, files on disk and references to a person's own files."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

LINK: Final = "link:"
"""Begins the reference of a file that a person gave a link to, and that we fetched to measure it."""


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
    ``is_measured``: sides and length are those of the file as it was sent to the provider; what is None then could not be read.
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
    is_measured: bool = False

    @property
    def least_seconds(self) -> float | None:
        """The seconds that it lasts for certain."""
        return None if self.seconds is None else max(0.0, self.seconds - self.seconds_error)

    @property
    def link(self) -> str | None:
        """The link that a person gave, where it is the file behind one."""
        return self.reference.removeprefix(LINK) if self.reference.startswith(LINK) else None

    def measured(self, *, width: int | None, height: int | None, seconds: float | None) -> "Attachment":
        """Return the same file with what was read from its bytes, in the place of what its sender said."""
        return evolve(self, width=width, height=height, seconds=seconds or None, seconds_error=0.0, is_measured=True)

    @property
    def keeper(self) -> str:
        """Who has the bytes: what stands before a colon in ``reference``, else ``telegram``, whose file ids have none."""
        name, colon, _ = self.reference.partition(":")
        return name if colon else "telegram"


def files_of(value: object) -> Iterator[Attachment]:
    """Yield the files of an input, however deep."""
    match value:
        case Attachment():
            yield value
        case Mapping():
            for nested in value.values():
                yield from files_of(nested)
        case list() | tuple():
            for nested in value:
                yield from files_of(nested)


def with_files(values: Mapping[str, object], changed: Callable[[str, Attachment], object]) -> dict[str, object]:
    """Return the input with another value in the place of each file. ``changed`` is given the path of its parameter as well:
    ``image_urls`` or ``video_list.url``."""
    return {name: _with_files(name, value, changed) for name, value in values.items()}


def _with_files(path: str, value: object, changed: Callable[[str, Attachment], object]) -> object:
    match value:
        case Attachment():
            return changed(path, value)
        case Mapping():
            return {name: _with_files(f"{path}.{name}", item, changed) for name, item in value.items()}
        case list() | tuple():
            return [_with_files(path, item, changed) for item in value]
        case _:
            return value
