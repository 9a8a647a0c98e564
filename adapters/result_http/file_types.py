"""What a file is, told by its server, its first bytes or its name."""

from collections.abc import Callable
from mimetypes import guess_extension
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

UNKNOWN: Final = "application/octet-stream"
SAYS_NOTHING: Final = frozenset({"", UNKNOWN, "binary/octet-stream", "application/x-www-form-urlencoded"})
HEAD_BYTES: Final = 16
MAX_NAME: Final = 80

_MAGIC: Final[tuple[tuple[str, Callable[[bytes], bool]], ...]] = (
    ("image/png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    ("image/jpeg", lambda head: head.startswith(b"\xff\xd8\xff")),
    ("image/gif", lambda head: head.startswith((b"GIF87a", b"GIF89a"))),
    ("image/webp", lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP"),
    ("image/avif", lambda head: head[4:12] == b"ftypavif"),
    ("video/quicktime", lambda head: head[4:12] == b"ftypqt  "),
    ("audio/mp4", lambda head: head[4:12] == b"ftypM4A "),
    ("video/mp4", lambda head: head[4:8] == b"ftyp"),
    ("video/webm", lambda head: head.startswith(b"\x1a\x45\xdf\xa3")),
    ("audio/wav", lambda head: head.startswith(b"RIFF") and head[8:12] == b"WAVE"),
    ("audio/ogg", lambda head: head.startswith(b"OggS")),
    ("audio/flac", lambda head: head.startswith(b"fLaC")),
    ("audio/mpeg", lambda head: head.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"))),
    ("application/pdf", lambda head: head.startswith(b"%PDF-")),
    ("application/zip", lambda head: head.startswith(b"PK\x03\x04")),
)

_BY_EXTENSION: Final = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".flac": "audio/flac",
    ".mid": "audio/midi",
    ".json": "application/json",
    ".txt": "text/plain",
    ".srt": "application/x-subrip",
    ".zip": "application/zip",
}


def mime_of(header: str, head: bytes, url: str) -> str:
    """The MIME type: what the server says, if it says anything, else what the first bytes show, else the URL's extension."""
    said = header.partition(";")[0].strip().lower()
    if said not in SAYS_NOTHING:
        return said
    shown = next((mime for mime, fits in _MAGIC if fits(head)), None)
    return shown or _BY_EXTENSION.get(PurePosixPath(urlsplit(url).path).suffix.lower(), UNKNOWN)


def name_of(url: str, mime: str) -> str:
    """A harmless name for the file: the end of the URL's path, with an extension that fits when it has none."""
    end = PurePosixPath(unquote(urlsplit(url).path)).name
    name = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in end).lstrip(".")[-MAX_NAME:]
    if PurePosixPath(name).suffix:
        return name
    return f"{name or 'result'}{guess_extension(mime) or ''}"
