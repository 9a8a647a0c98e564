"""What a file is, by its first bytes. A name's ending is never believed."""

from typing import Final

HEAD_BYTES: Final = 64
UNKNOWN: Final = "application/octet-stream"

_AT_START: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "audio/x-ms-wma"),
)
_IN_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/avi"}
_ISO_BRANDS: Final = {
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"msf1": "image/heif",
    b"avif": "image/avif",
}


def mime_of(head: bytes) -> str:
    """The MIME type of a file that begins so (``HEAD_BYTES`` are enough); ``UNKNOWN`` for what is no medium we know."""
    for signature, mime in _AT_START:
        if head.startswith(signature):
            return mime
    if head.startswith(b"RIFF"):
        return _IN_RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _ISO_BRANDS.get(head[8:12], "video/mp4")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm" if b"webm" in head else "video/x-matroska"
    return _mpeg_audio(head)


def _mpeg_audio(head: bytes) -> str:
    """Frames without a header: 11 bits of ones, then the layer, which AAC in ADTS leaves at zero."""
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return UNKNOWN
    return "audio/aac" if head[1] & 0xF6 == 0xF0 else "audio/mpeg"
