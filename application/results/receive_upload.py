"""Use case: take a file in pieces, as a page or a program sends it, and keep it."""

import tempfile
from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from attrs import frozen

from application.errors import MediaUnavailable, UploadRefused
from application.results.keep_upload import LARGEST_BYTES, KeepUpload
from domain.file_signatures import HEAD_BYTES, mime_of
from domain.generation import UserId
from domain.kept_media import KeptMedia
from domain.media import MediaFile

NAME_LIMIT: Final = 100


@frozen
class ReceiveUpload:
    """The file is counted while it comes, and what it is its first bytes say. What is refused is not read to its end."""

    _keep: KeepUpload

    async def __call__(
        self, user: UserId, pieces: AsyncIterable[bytes], *, name: str, announced_bytes: int | None = None
    ) -> KeptMedia:
        """The kept file. ``name`` and ``announced_bytes`` are the sender's word. What ``pieces`` raises is passed on.

        Raises:
            UploadRefused, LimitReached, StoreUnavailable: as ``KeepUpload``.
            MediaUnavailable: not this time, also where the temporary folder is full or gone.
        """
        if (announced_bytes or 0) > LARGEST_BYTES:
            raise UploadRefused("too_large")
        with _disk_trouble():
            folder = tempfile.TemporaryDirectory(prefix="mediabot-upload-", ignore_cleanup_errors=True)
        with folder as path:
            return await self._keep(user, await _received(pieces, Path(path) / "upload", harmless(name)))


def harmless(name: str) -> str:
    """A name that can be shown and offered when the file is saved: no path, at most ``NAME_LIMIT`` characters."""
    kept = "".join(letter if letter.isprintable() and letter not in '/\\:*?"<>|' else "_" for letter in name)
    return kept.strip(". ")[-NAME_LIMIT:] or "file"


async def _received(pieces: AsyncIterable[bytes], path: Path, name: str) -> MediaFile:
    head, size = b"", 0
    with _disk_trouble():
        file = path.open("wb", buffering=0)  # what the disk refuses, it refuses at the write and not at the close
    with file:
        async for piece in pieces:
            size += len(piece)
            if size > LARGEST_BYTES:
                raise UploadRefused("too_large")
            head += piece[: HEAD_BYTES - len(head)]
            with _disk_trouble():
                file.write(piece)
    return MediaFile(path=path, name=name, mime=mime_of(head), size_bytes=size)


@contextmanager
def _disk_trouble() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MediaUnavailable(type(error).__name__) from error
