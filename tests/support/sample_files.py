"""Small files of every type the registry names, no two alike."""

from collections.abc import Mapping
from itertools import count
from typing import Any, Final

from simulators.telegram import FileKind, SentFile
from tests.support.telegram_simulator import picture

_JPEG: Final = "image/jpeg"
_BEGINNINGS: Final[Mapping[str, bytes]] = {
    _JPEG: picture(768, 720),
    "image/jpg": picture(768, 720),
    "image/png": picture(768, 720, kind="PNG"),
    "image/gif": b"GIF89a",
    "image/webp": b"RIFF\0\0\0\0WEBP",
    "image/bmp": b"BM",
    "image/tiff": b"II*\0",
    "image/heic": b"\0\0\0\x18ftypheic",
    "image/heif": b"\0\0\0\x18ftypheic",
    "video/mp4": b"\0\0\0\x18ftypisom",
    "video/quicktime": b"\0\0\0\x18ftypqt  ",
    "video/webm": b"\x1aE\xdf\xa3",
    "video/x-matroska": b"\x1aE\xdf\xa3",
    "video/avi": b"RIFF\0\0\0\0AVI ",
    "audio/mpeg": b"ID3\4",
    "audio/mp3": b"ID3\4",
    "audio/wav": b"RIFF\0\0\0\0WAVE",
    "audio/x-wav": b"RIFF\0\0\0\0WAVE",
    "audio/ogg": b"OggS",
    "audio/aac": b"\xff\xf1",
    "audio/mp4": b"\0\0\0\x18ftypM4A ",
    "audio/m4a": b"\0\0\0\x18ftypM4A ",
    "audio/flac": b"fLaC",
    "audio/x-ms-wma": b"0&\xb2u",
}
_USUAL: Final = {"image": _JPEG, "video": "video/mp4", "audio": "audio/mpeg"}
_numbers = count()


def sample_files(parameter: Mapping[str, Any], *, how_many: int = 1) -> list[SentFile]:
    """Files that a media parameter takes, all of one of its types, which are used in turn.

    A JPEG goes as a photo and whatever a chat would show otherwise as a document, as people keep its quality.
    """
    accepted = parameter.get("accepted") or [_USUAL[parameter["media"]]]
    mime = accepted[next(_numbers) % len(accepted)]
    return [_sample(mime, next(_numbers)) for _ in range(how_many)]


def _sample(mime: str, number: int) -> SentFile:
    kind = FileKind.DOCUMENT if mime.startswith("image/") and mime != _JPEG else None
    name = f"file{number}.{mime.partition('/')[2]}"
    return SentFile(data=_BEGINNINGS[mime] + str(number).encode(), name=name, mime=mime, kind=kind)
