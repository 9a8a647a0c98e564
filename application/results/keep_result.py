"""A result's bytes are kept by us as soon as anything needs them: the provider deletes its own after 14 days."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import structlog
from attrs import frozen

from application.errors import MediaGone, MediaUnavailable, ResultTooLarge, StoreUnavailable
from application.ports.media_index import MediaIndex
from application.ports.media_store import MediaStore
from application.ports.result_fetcher import ResultFetcher
from application.results.file_away import FileAway, NewMedia
from domain.generation import Generation
from domain.kept_media import KeptMedia, MediaOrigin
from domain.media import MediaFile

log = structlog.get_logger()

LARGEST_BYTES: Final = 200 << 20
"""Of one result; a film of 30 s in 4K takes about 100 MB."""


@frozen(kw_only=True)
class KeepResult:
    """Open a result: our own where it is kept, else the provider's, which is kept on the way. It is an ``OpenResult``.

    That a file can't be kept never costs anyone the result.
    """

    _fetcher: ResultFetcher
    _store: MediaStore
    _index: MediaIndex
    _file_away: FileAway

    @asynccontextmanager
    async def __call__(self, generation: Generation, index: int, /, *, limit_bytes: int) -> AsyncIterator[MediaFile]:
        """As ``OpenResult`` says."""
        async with AsyncExitStack() as stack:
            file = await self._kept(generation, index, stack)
            if file is None:
                url = generation.results[index].url or ""
                fetch = self._fetcher.fetch(url, limit_bytes=max(limit_bytes, LARGEST_BYTES))
                file = await stack.enter_async_context(fetch)
                await self._keep(generation, index, file)
            if file.size_bytes > limit_bytes:
                raise ResultTooLarge(f"{file.size_bytes} bytes, limit {limit_bytes}")
            yield file

    async def _kept(self, generation: Generation, index: int, stack: AsyncExitStack) -> MediaFile | None:
        try:
            rows = [media for media in await self._index.of_generations([generation.id]) if media.index == index]
            return await stack.enter_async_context(open_kept(self._store, rows[0])) if rows else None
        except (MediaGone, MediaUnavailable, StoreUnavailable) as error:
            log.info("media.not_opened", generation_id=generation.id, error=error.code)
            return None

    async def _keep(self, generation: Generation, index: int, file: MediaFile) -> None:
        try:
            await self._file_away(
                NewMedia(
                    owner=generation.user,
                    origin=MediaOrigin.RESULT,
                    file=file,
                    generation=generation.id,
                    index=index,
                    makes_room=True,
                )
            )
        except (MediaUnavailable, StoreUnavailable) as error:
            log.warning("media.not_kept", generation_id=generation.id, error=error.code)
        except Exception:  # a full disk, a decoder's fault: the person gets the result all the same
            log.exception("media.not_kept", generation_id=generation.id)


@asynccontextmanager
async def open_kept(store: MediaStore, media: KeptMedia) -> AsyncIterator[MediaFile]:
    """The bytes of a kept file. Entering raises MediaGone and MediaUnavailable."""
    async with store.open(media.key) as path:
        yield MediaFile(path=path, name=media.name, mime=media.mime, size_bytes=media.size_bytes)
