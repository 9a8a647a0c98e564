"""The picture of a song, small enough for a chat."""

import asyncio
from contextlib import AsyncExitStack
from typing import Final

import structlog
from attrs import frozen

from application.errors import AttachmentUnavailable, MediaNotFitted, ResultGone, ResultRefused, ResultUnavailable
from application.ports.media_files import MediaFiles
from application.ports.result_fetcher import ResultFetcher
from domain.generation import Result
from domain.media import MediaFile
from domain.media_fit import MB, FitPlan

log = structlog.get_logger()

SIDE_PX: Final = 320
BYTES: Final = 200_000
"""What Telegram takes of a thumbnail: JPEG, at most so wide and high, so heavy (its Bot API, ``sendAudio``)."""
LARGEST_BYTES: Final = 10 * MB
PATIENCE_S: Final = 10.0
"""No song waits longer for its picture."""
WITHOUT_COVER: Final = (
    ResultGone,
    ResultRefused,
    ResultUnavailable,
    MediaNotFitted,
    AttachmentUnavailable,
    TimeoutError,
)
"""Why a song goes without its picture."""


@frozen(kw_only=True)
class OpenCover:
    """Fetches the cover that the provider made for a song, and makes it small. A song is never held up or lost for it."""

    _fetcher: ResultFetcher
    _files: MediaFiles | None

    async def __call__(self, result: Result, opened: AsyncExitStack) -> MediaFile | None:
        """Return the cover, on disk until ``opened`` ends; None where there is none, or it can't be fetched now."""
        if result.cover_url is None or self._files is None:
            return None
        try:
            async with asyncio.timeout(PATIENCE_S):
                fetching = self._fetcher.fetch(result.cover_url, limit_bytes=LARGEST_BYTES)
                cover = await opened.enter_async_context(fetching)
                facts = await self._files.inspect(cover)
                if not facts.width or not facts.height:
                    return None
                size = _small(facts.width, facts.height)
                return await opened.enter_async_context(
                    self._files.fit(cover, FitPlan(mime="image/jpeg", size=size, max_bytes=BYTES))
                )
        except WITHOUT_COVER as error:
            log.info("cover.not_fetched", reason=type(error).__name__)
            return None


def _small(width: int, height: int) -> tuple[int, int]:
    factor = min(1.0, SIDE_PX / max(width, height))
    return max(1, int(width * factor)), max(1, int(height * factor))
