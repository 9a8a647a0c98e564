"""In which forms a result can go, richest first."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from domain.media import MediaFile, MediaKind

UPLOAD_LIMIT_BYTES: Final = 50_000_000
PHOTO_LIMIT_BYTES: Final = 10_000_000
"""https://core.telegram.org/bots/api#sending-files, read 2026-10; in multipart uploads."""

_PHOTO_TYPES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
_VIDEO_TYPES: Final = frozenset({"video/mp4", "video/quicktime", "video/webm"})
_VOICE_TYPES: Final = frozenset({"audio/ogg", "audio/opus"})
_AUDIO_TYPES: Final = frozenset({"audio/mpeg", "audio/mp3", "audio/mp4", "audio/m4a", "audio/x-m4a"})


class MessageForm(StrEnum):
    """What Telegram shows; ``link`` is a message with the address."""

    PHOTO = "photo"
    ANIMATION = "animation"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"
    LINK = "link"


def forms(file: MediaFile | None, *, original: bool) -> Iterator[MessageForm]:
    """The forms to try, the last one always a link. ``original``: no preview that Telegram would compress."""
    if file is None or file.size_bytes > UPLOAD_LIMIT_BYTES:
        yield MessageForm.LINK
        return
    rich = _rich_form(file)
    if rich and not original:
        yield rich
    yield MessageForm.DOCUMENT
    yield MessageForm.LINK


def _rich_form(file: MediaFile) -> MessageForm | None:
    mime = file.mime.lower()
    if mime == "image/gif":
        return MessageForm.ANIMATION
    if mime in _PHOTO_TYPES and file.size_bytes <= PHOTO_LIMIT_BYTES:
        return MessageForm.PHOTO
    if mime in _VIDEO_TYPES:
        return MessageForm.VIDEO
    if mime in _VOICE_TYPES:
        return MessageForm.VOICE
    return MessageForm.AUDIO if mime in _AUDIO_TYPES else None


def album_group(kind: MediaKind) -> MediaKind | None:
    """Results with the same group may share an album: pictures with films, sounds, files. None: alone."""
    match kind:
        case MediaKind.IMAGE | MediaKind.VIDEO:
            return MediaKind.IMAGE
        case MediaKind.AUDIO | MediaKind.FILE:
            return kind
        case MediaKind.TEXT:
            return None
