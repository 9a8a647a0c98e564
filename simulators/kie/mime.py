"""What kind of file some bytes are, by their first bytes alone."""

from collections.abc import Mapping
from typing import Final

UNKNOWN: Final = "application/octet-stream"
SNIFFED_BYTES: Final = 64
BY_EXTENSION: Final[Mapping[str, str]] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
}
# Names that the registry uses for a type, and the one name we give it.
_SAME: Final[Mapping[str, str]] = {
    "image/jpg": "image/jpeg",
    "image/heif": "image/heic",
    "video/avi": "video/x-msvideo",
    "video/mov": "video/quicktime",
    "video/x-matroska": "video/webm",
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/x-aac": "audio/aac",
    "audio/x-flac": "audio/flac",
    "audio/opus": "audio/ogg",
}
_PREFIXES: Final[Mapping[bytes, str]] = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"\x1aE\xdf\xa3": "video/webm",
    b"ID3": "audio/mpeg",
    b"OggS": "audio/ogg",
    b"fLaC": "audio/flac",
    b"0&\xb2u": "audio/x-ms-wma",
    b"%PDF": "application/pdf",
    b"PK\x03\x04": "application/zip",
}
_RIFF: Final[Mapping[bytes, str]] = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}


def canonical(mime: str) -> str:
    """Return the one name of a type that goes under several."""
    return _SAME.get(mime.lower(), mime.lower())


def sniff(head: bytes) -> str:
    """Return the MIME type of a file that begins with `head`, or `UNKNOWN`."""
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _iso_media(head[8:12])
    for prefix, mime in _PREFIXES.items():
        if head.startswith(prefix):
            return mime
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "audio/aac" if head[1] & 0x06 == 0 else "audio/mpeg"
    return UNKNOWN


def _iso_media(brand: bytes) -> str:
    if brand.startswith((b"hei", b"mif1", b"msf1")):
        return "image/heic"
    if brand.startswith(b"M4A"):
        return "audio/mp4"
    return "video/quicktime" if brand == b"qt  " else "video/mp4"
