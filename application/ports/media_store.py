"""Port: the bytes of results and uploads, kept by us."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from domain.kept_media import MediaKey


def media_key_of(file: Path) -> MediaKey:
    """The key of a file's bytes. It reads the whole file: call it off the event loop."""
    with file.open("rb") as source:
        return MediaKey(hashlib.file_digest(source, "sha256").hexdigest())


class MediaStore(Protocol):
    """Files by the SHA-256 of their bytes. Who owns them is written in the ``MediaIndex``.

    Any call may raise ``MediaUnavailable``: not this time.
    """

    async def put(self, file: Path, /) -> MediaKey:
        """Keep the bytes of this file, durable when it returns. Keeping the same bytes twice is harmless."""
        ...

    def open(self, key: MediaKey, /) -> AbstractAsyncContextManager[Path]:
        """The file on disk until the context ends; it is not to be changed.

        Entering raises:
            MediaGone: there is none.
        """
        ...

    def read(
        self, key: MediaKey, /, *, start: int = 0, end: int | None = None
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """The bytes from ``start`` to before ``end`` (None: to the last one), in pieces of 64 KB or about so.

        Entering raises:
            MediaGone: there is none.
        """
        ...

    async def delete(self, key: MediaKey, /) -> None:
        """It is gone. Deleting what is not there is fine."""
        ...
