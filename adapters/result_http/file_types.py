"""What a fetched file is, and a harmless name for it."""

from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from domain.file_types import by_name, ending_of, is_page, plain, type_of
from domain.media import MediaKind

MAX_NAME: Final = 80
MEDIA: Final = frozenset({MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO})


def mime_of(header: str, head: bytes, url: str) -> str:
    """The MIME type: what the first bytes show, else what the server says, else the URL's extension."""
    return type_of(head, said=header, name=urlsplit(url).path)


def is_in_place_of_media(mime: str, header: str, url: str) -> bool:
    """Whether a page came where the server or the URL promised a picture, a film or sound."""
    promised = {MediaKind.of_mime(plain(header)), MediaKind.of_mime(by_name(urlsplit(url).path))}
    return is_page(mime) and not promised.isdisjoint(MEDIA)


def name_of(url: str, mime: str) -> str:
    """A harmless name for the file: the end of the URL's path, with an extension that fits when it has none."""
    end = PurePosixPath(unquote(urlsplit(url).path)).name
    name = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in end).lstrip(".")[-MAX_NAME:]
    if PurePosixPath(name).suffix:
        return name
    return f"{name or 'result'}{ending_of(mime)}"
