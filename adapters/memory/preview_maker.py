"""Previews that no one looks at."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from application.ports.preview_maker import MadePreview
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
