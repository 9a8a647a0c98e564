"""Looks at media in a thread, one after another: decoding is heavy, and no one waits for a preview."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Final, TypeVar

import structlog
from attrs import field, frozen

from application.ports.preview_maker import LAST_FRAME, MadePreview
from domain.media import MediaFile, MediaKind

T = TypeVar("T")

log = structlog.get_logger(__name__)

AT_ONCE: Final = 2
TAKES_AT_MOST_S: Final = 30.0


def _look_at_image(file: Path, picture: Path) -> MadePreview:
    from adapters.media_preview.images import look  # noqa: PLC0415 - half a second and 20 MB that many processes never need

    return look(file, picture)


def _look_at_video(file: Path, picture: Path) -> MadePreview:
    from adapters.media_preview.films import look  # noqa: PLC0415 - as above

    return look(file, picture)


def _last_of_film(file: Path, picture: Path) -> bool:
    from adapters.media_preview.films import last  # noqa: PLC0415 - as above

    return last(file, picture)


def _listen(file: Path, _picture: Path) -> MadePreview:
    from adapters.media_preview.films import length  # noqa: PLC0415 - as above

    return length(file)


_LOOKS: Final[Mapping[MediaKind, Callable[[Path, Path], MadePreview]]] = {
    MediaKind.IMAGE: _look_at_image,
    MediaKind.VIDEO: _look_at_video,
    MediaKind.AUDIO: _listen,
}


@frozen
class MediaPreviewMaker:
    """``PreviewMaker`` that bounds what it decodes: pixels, frames, seconds."""

    _turns: asyncio.Semaphore = field(factory=lambda: asyncio.Semaphore(AT_ONCE), init=False)

    def make(self, file: MediaFile, /) -> AbstractAsyncContextManager[MadePreview]:
        return self._make(file)

    @asynccontextmanager
    async def _make(self, file: MediaFile) -> AsyncIterator[MadePreview]:
        if (look := _LOOKS.get(file.kind)) is None:
            yield MadePreview()
            return
        if (folder := _new_folder()) is None:
            yield MadePreview()
            return
        with folder:
            yield await self._bounded(look, file.path, Path(folder.name) / "preview.webp") or MadePreview()

    def last_frame(self, file: MediaFile, /) -> AbstractAsyncContextManager[MediaFile | None]:
        return self._last_frame(file)

    @asynccontextmanager
    async def _last_frame(self, file: MediaFile) -> AsyncIterator[MediaFile | None]:
        if (folder := _new_folder()) is None:
            yield None
            return
        with folder:
            frame = Path(folder.name) / LAST_FRAME
            if await self._bounded(_last_of_film, file.path, frame):
                yield MediaFile(path=frame, name=LAST_FRAME, mime="image/jpeg", size_bytes=frame.stat().st_size)
            else:
                yield None

    async def _bounded(self, look: Callable[[Path, Path], T], file: Path, picture: Path) -> T | None:
        """None where it can't be read. A thread that takes too long goes on and is not waited for; what it writes goes with the
        folder."""
        try:
            async with self._turns, asyncio.timeout(TAKES_AT_MOST_S):
                return await asyncio.to_thread(look, file, picture)
        except Exception as error:  # whatever a hostile file makes of a decoder
            log.info("preview.not_made", reason=type(error).__name__)
            return None


def _new_folder() -> "tempfile.TemporaryDirectory[str] | None":
    """None where our own disk is full, or has no such folder any more."""
    try:
        return tempfile.TemporaryDirectory(prefix="mediabot-preview-", ignore_cleanup_errors=True)
    except OSError as error:
        log.info("preview.not_made", reason=type(error).__name__)
        return None
