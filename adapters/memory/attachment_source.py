"""Attachments of a front end that keeps them in a dict."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from adapters.memory.trouble import Script
from application.errors import AttachmentLost
from application.ports.clock import Clock
from domain.media import Attachment, MediaFile


class InMemoryAttachmentSource:
    """``AttachmentSource`` for tests of what uses one: ``files`` holds the bytes by reference."""

    def __init__(self, clock: Clock) -> None:
        self.files: dict[str, bytes] = {}
        self.on_open = Script(clock)

    def open(self, attachment: Attachment, /) -> AbstractAsyncContextManager[MediaFile]:
        return self._open(attachment)

    @asynccontextmanager
    async def _open(self, attachment: Attachment) -> AsyncIterator[MediaFile]:
        async with self.on_open.around():
            content = self.files.get(attachment.reference)
        if content is None:
            raise AttachmentLost("no such attachment")
        with tempfile.TemporaryDirectory(prefix="mediabot-") as folder:
            path = Path(folder) / "attachment"
            path.write_bytes(content)
            yield MediaFile(path=path, name=attachment.name, mime=attachment.mime, size_bytes=len(content))
