"""What a file is: one table for what people send and for what the provider made.

Bytes decide. What a server or a phone says, and a name's ending, count only where the bytes say nothing.
"""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from domain import file_signatures
from domain.file_signatures import UNKNOWN

HEAD_BYTES: Final = 512
"""So much of a file's beginning is looked at: a picture in SVG has its name after a declaration and comments."""

SAYS_NOTHING: Final = frozenset(
    {"", UNKNOWN, "binary/octet-stream", "application/x-www-form-urlencoded", "application/x-binary"}
)

SAME: Final[Mapping[str, str]] = MappingProxyType(
    {
        "image/jpg": "image/jpeg",
        "image/pjpeg": "image/jpeg",
        "image/x-png": "image/png",
        "image/heif": "image/heic",
        "audio/mp3": "audio/mpeg",
        "audio/wave": "audio/wav",
        "audio/x-wav": "audio/wav",
        "audio/vnd.wave": "audio/wav",
        "audio/m4a": "audio/mp4",
        "audio/x-m4a": "audio/mp4",
        "audio/x-aac": "audio/aac",
        "audio/x-flac": "audio/flac",
        "audio/opus": "audio/ogg",
        "video/x-msvideo": "video/avi",
        "application/x-zip-compressed": "application/zip",
        "text/xml": "application/xml",
        "text/x-markdown": "text/markdown",
    }
)
"""Names of the same thing: phones, servers and the registry do not agree on one."""

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
"""How the types of office documents begin. Their files are archives, as their first bytes say."""

BY_EXTENSION: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".gif": "image/gif",
        ".webp": "image/webp",
        ".bmp": "image/bmp",
        ".tif": "image/tiff",
        ".tiff": "image/tiff",
        ".heic": "image/heic",
        ".heif": "image/heic",
        ".avif": "image/avif",
        ".svg": "image/svg+xml",
        ".mp4": "video/mp4",
        ".m4v": "video/mp4",
        ".mov": "video/quicktime",
        ".webm": "video/webm",
        ".mkv": "video/x-matroska",
        ".avi": "video/avi",
        ".mp3": "audio/mpeg",
        ".wav": "audio/wav",
        ".m4a": "audio/mp4",
        ".aac": "audio/aac",
        ".ogg": "audio/ogg",
        ".oga": "audio/ogg",
        ".opus": "audio/ogg",
        ".flac": "audio/flac",
        ".mid": "audio/midi",
        ".json": "application/json",
        ".txt": "text/plain",
        ".srt": "application/x-subrip",
        ".vtt": "text/vtt",
        ".zip": "application/zip",
        ".pdf": "application/pdf",
        ".docx": f"{_OFFICE}.wordprocessingml.document",
        ".pptx": f"{_OFFICE}.presentationml.presentation",
        ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
        ".md": "text/markdown",
    }
)

_ENDINGS: Final = {mime: ending for ending, mime in reversed(list(BY_EXTENSION.items()))}
"""Of several endings of one type the first."""

PAGES: Final = frozenset({"text/html", "application/xml", "application/json"})
"""What a server answers with when it has no file: a page, or an error in a form for programs."""

_ARCHIVE: Final = "application/zip"
_DOCUMENTS: Final = ((b"%PDF-", "application/pdf"), (b"PK\x03\x04", _ARCHIVE), (b"MThd", "audio/midi"))
_HTML: Final = re.compile(
    rb"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|h1|script)\b", re.IGNORECASE | re.DOTALL
)
_SVG: Final = re.compile(
    rb"(?:<\?xml[^>]*>\s*|<!doctype\s+svg[^>]*>\s*|<!--.*?-->\s*)*<svg\b", re.IGNORECASE | re.DOTALL
)
_XML: Final = re.compile(rb"<\?xml\b|<Error>|<[A-Za-z][\w:.-]*(?:\s[^>]*)?>")
_JSON: Final = re.compile(rb"[\[{]\s*(?:[\]}\"\[{]|-?[0-9]|true|false|null)")


def type_of(head: bytes, *, said: str = "", name: str = "") -> str:
    """Return the MIME type of a file that begins with ``head``; ``application/octet-stream`` where nothing tells.

    ``said`` is what its sender or server calls it, ``name`` its name or the path of its URL.
    """
    shown = _shown(head)
    said = plain(said)
    if shown == _ARCHIVE:
        return next((one for one in (said, by_name(name)) if one.startswith(_OFFICE)), shown)
    if shown is not UNKNOWN:
        return shown
    if said not in SAYS_NOTHING and not (said in PAGES or (said.startswith("text/") and _is_binary(head))):
        return said
    return by_name(name) if _is_binary(head) or said in SAYS_NOTHING else said


def by_name(name: str) -> str:
    """Return the type that a name's ending stands for; ``application/octet-stream`` for others."""
    return BY_EXTENSION.get(PurePosixPath(name).suffix.lower(), UNKNOWN)


def ending_of(mime: str) -> str:
    """Return how the name of such a file ends, with its dot; empty where the table does not have the type."""
    return _ENDINGS.get(plain(mime), "")


def plain(mime: str) -> str:
    """Return a MIME type without parameters, in small letters, under the one name that we use for it."""
    mime = mime.partition(";")[0].strip().lower()
    return SAME.get(mime, mime)


def is_page(mime: str) -> bool:
    """Whether a file of this type can't be a picture, a film or sound, however it was announced."""
    return mime in PAGES


def _shown(head: bytes) -> str:
    found = plain(file_signatures.mime_of(head))
    if found != UNKNOWN:
        return found
    for signature, mime in _DOCUMENTS:
        if head.startswith(signature):
            return mime
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, mime in (
        (_SVG, "image/svg+xml"),
        (_HTML, "text/html"),
        (_XML, "application/xml"),
        (_JSON, "application/json"),
    ):
        if pattern.match(text):
            return mime
    return UNKNOWN


def _is_binary(head: bytes) -> bool:
    return b"\x00" in head or any(byte < 9 for byte in head)
