"""Previews that no one looks at."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from application.ports.preview_maker import LAST_FRAME, MadePreview
from domain.media import MediaFile, MediaKind


class InMemoryPreviewMaker:
    """``PreviewMaker`` for tests of what uses one: pictures and films look the same."""

    def make(self, file: MediaFile, /) -> AbstractAsyncContextManager[MadePreview]:
        return self._make(file)

    @asynccontextmanager
    async def _make(self, file: MediaFile) -> AsyncIterator[MadePreview]:
        if file.kind not in {MediaKind.IMAGE, MediaKind.VIDEO}:
            yield MadePreview()
            return
        with tempfile.TemporaryDirectory(prefix="mediabot-") as folder:
            picture = Path(folder) / "preview.webp"
            picture.write_bytes(b"preview of " + file.path.read_bytes()[:64])
            yield MadePreview(picture=picture, width=4, height=3)

    def last_frame(self, file: MediaFile, /) -> AbstractAsyncContextManager[MediaFile | None]:
        return self._last_frame(file)

    @asynccontextmanager
    async def _last_frame(self, file: MediaFile) -> AsyncIterator[MediaFile | None]:
        with tempfile.TemporaryDirectory(prefix="mediabot-") as folder:
            frame = Path(folder) / LAST_FRAME
            frame.write_bytes(b"last frame of " + file.path.read_bytes()[:64])
            yield MediaFile(path=frame, name=LAST_FRAME, mime="image/jpeg", size_bytes=frame.stat().st_size)
