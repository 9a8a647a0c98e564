"""Attachments that are files of our own."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from attrs import frozen

from application.errors import (
    AttachmentLost,
    AttachmentUnavailable,
    MediaGone,
    MediaUnavailable,
)
from application.ports.media_index import MediaIndex
from application.ports.media_store import MediaStore
from application.results.keep_result import open_kept
from domain.kept_media import media_id_of
from domain.media import Attachment, MediaFile


@frozen
class KeptAttachments:
    """``AttachmentSource`` for references that begin with ``media:``."""

    _store: MediaStore
    _index: MediaIndex

    def open(self, attachment: Attachment, /) -> AbstractAsyncContextManager[MediaFile]:
        """As the port says."""
        return self._open(attachment)

    @asynccontextmanager
    async def _open(self, attachment: Attachment) -> AsyncIterator[MediaFile]:
        media_id = media_id_of(attachment)
        media = await self._index.get(media_id) if media_id else None
        if media is None:
            raise AttachmentLost("the file is not kept any more")
        opened = open_kept(self._store, media)
        try:
            file = await opened.__aenter__()
        except MediaGone:
            raise AttachmentLost("its bytes are gone") from None
        except MediaUnavailable as error:
            raise AttachmentUnavailable(str(error)) from error
        try:
            yield file
        finally:
            await opened.__aexit__(None, None, None)
