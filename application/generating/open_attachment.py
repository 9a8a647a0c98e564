"""Opens the file of an input, also where the front end that kept it does not know it any more."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import structlog
from attrs import frozen

from application.errors import (
    AttachmentLost,
    AttachmentUnavailable,
    LinkUnreachable,
    ResultGone,
    ResultRefused,
    ResultTooLarge,
    ResultUnavailable,
)
from application.generating.fetch_result import OpenResult
from application.ports.attachment_source import AttachmentSource
from application.ports.generation_store import GenerationStore
from application.ports.result_fetcher import ResultFetcher
from domain.generation import Generation, UserId
from domain.media import Attachment, MediaFile

LOOKED_BACK: Final = 200
"""Generations of the person; the file of an older one is lost."""
LARGEST_BYTES: Final = 200 << 20

log = structlog.get_logger()


@frozen
class OpenAttachment:
    """A draft or a preset may be older than what it names. Where that is a result of the person's own, our copy of it, or the
    provider's, takes its place. A link that is measured is fetched, as a result is: without trust in it."""

    _attachments: AttachmentSource
    _store: GenerationStore
    _open_result: OpenResult
    _links: ResultFetcher

    @asynccontextmanager
    async def __call__(self, attachment: Attachment, user: UserId) -> AsyncIterator[MediaFile]:
        """The file, on disk until the context ends. Entering raises as ``AttachmentSource``, and StoreUnavailable."""
        async with AsyncExitStack() as stack:
            if attachment.link:
                yield await self._fetched(attachment.link, stack)
                return
            try:
                file = await stack.enter_async_context(self._attachments.open(attachment))
            except AttachmentLost:
                found = await self._result(attachment, user)
                if found is None:
                    raise
                file = await self._opened(*found, stack)
                log.info("attachment.opened_elsewhere", generation_id=found[0].id, user=user)
            yield file

    async def _fetched(self, url: str, stack: AsyncExitStack) -> MediaFile:
        try:
            return await stack.enter_async_context(self._links.fetch(url, limit_bytes=LARGEST_BYTES))
        except (ResultGone, ResultRefused, ResultTooLarge, ResultUnavailable) as error:
            raise LinkUnreachable(error.code) from error

    async def _result(self, attachment: Attachment, user: UserId) -> tuple[Generation, int] | None:
        """Which result this file is, by what the receipts say."""
        for generation in await self._store.history(user, limit=LOOKED_BACK):
            for receipt in generation.receipts:
                for index, file_id in zip(receipt.indexes, receipt.file_ids, strict=False):
                    if file_id == attachment.reference and generation.results[index].url:
                        return generation, index
        return None

    async def _opened(self, generation: Generation, index: int, stack: AsyncExitStack) -> MediaFile:
        opening = self._open_result(generation, index, limit_bytes=LARGEST_BYTES)
        try:
            return await stack.enter_async_context(opening)
        except ResultUnavailable as error:
            raise AttachmentUnavailable(str(error)) from error
        except (ResultGone, ResultRefused, ResultTooLarge) as error:
            raise AttachmentLost(error.code) from error
