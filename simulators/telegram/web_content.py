"""Files that bots name by URL, fetched as Telegram's servers fetch them.

Limits: 20 MB, photos 5 MB; a document must be a GIF, PDF or ZIP (core.telegram.org/bots/api#sending-files).
"""

from collections.abc import AsyncIterator
from pathlib import PurePosixPath

import aiohttp

from simulators.telegram.errors import bad_request
from simulators.telegram.files import FileKind, FileStore, StoredFile

_MAX_BYTES = 20 * 1024 * 1024
_MAX_PHOTO_BYTES = 5 * 1024 * 1024
_TIMEOUT = aiohttp.ClientTimeout(total=20)
_TYPES = {
    FileKind.PHOTO: ("image/",),
    FileKind.VIDEO: ("video/mp4",),
    FileKind.AUDIO: ("audio/",),
    FileKind.VOICE: ("audio/",),
    FileKind.ANIMATION: ("image/gif", "video/mp4"),
    FileKind.DOCUMENT: ("image/gif", "application/pdf", "application/zip"),
}


class WebContent:
    """Fetches what a URL names into the file store."""

    def __init__(self, session: aiohttp.ClientSession, files: FileStore) -> None:
        self._session = session
        self._files = files

    async def fetch(self, url: str, kind: FileKind) -> StoredFile:
        """The file behind ``url``. Raises ApiError 400 when it cannot be had or is of the wrong kind."""
        limit_bytes = _MAX_PHOTO_BYTES if kind is FileKind.PHOTO else _MAX_BYTES
        try:
            async with self._session.get(url, timeout=_TIMEOUT) as response:
                if response.status != 200 or (response.content_length or 0) > limit_bytes:
                    raise bad_request("failed to get HTTP URL content")
                if not response.content_type.startswith(_TYPES[kind]):
                    raise bad_request("wrong type of the web page content")
                name = PurePosixPath(response.url.path).name or "file"
                return await self._files.receive(_limited(response, limit_bytes), name=name, mime=response.content_type)
        except aiohttp.InvalidURL:
            raise bad_request("wrong HTTP URL specified") from None
        except (TimeoutError, aiohttp.ClientError):
            raise bad_request("failed to get HTTP URL content") from None


async def _limited(response: aiohttp.ClientResponse, limit_bytes: int) -> AsyncIterator[bytes]:
    size_bytes = 0
    async for chunk in response.content.iter_chunked(256 * 1024):
        size_bytes += len(chunk)
        if size_bytes > limit_bytes:
            raise bad_request("failed to get HTTP URL content")
        yield chunk
