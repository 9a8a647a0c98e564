"""A result whose link does not work any more, through a link that the provider makes for it."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import structlog
from attrs import frozen

from application.errors import ProviderError, ResultGone, ResultRefused, ResultUnavailable
from application.ports.media_provider import MediaProvider
from application.ports.result_fetcher import ResultFetcher
from domain.media import MediaFile

log = structlog.get_logger()


@frozen
class RenewedLinks:
    """A ``ResultFetcher`` that asks the provider for a download link before it gives a result up: links are signed for a
    time, and a host refuses them (403) or says that nothing is there while the provider still has the file."""

    _fetcher: ResultFetcher
    _provider: MediaProvider

    def fetch(self, url: str, /, *, limit_bytes: int) -> AbstractAsyncContextManager[MediaFile]:
        """As ``ResultFetcher`` says; what is raised is about the first link."""
        return self._fetch(url, limit_bytes)

    @asynccontextmanager
    async def _fetch(self, url: str, limit_bytes: int) -> AsyncIterator[MediaFile]:
        async with AsyncExitStack() as stack:
            try:
                file = await stack.enter_async_context(self._fetcher.fetch(url, limit_bytes=limit_bytes))
            except (ResultGone, ResultUnavailable) as error:
                file = await self._renewed(url, limit_bytes, error, stack)
            yield file

    async def _renewed(
        self, url: str, limit_bytes: int, error: ResultGone | ResultUnavailable, stack: AsyncExitStack
    ) -> MediaFile:
        try:
            link = await self._provider.download_link(url)
            file = await stack.enter_async_context(self._fetcher.fetch(link, limit_bytes=limit_bytes))
        except (ProviderError, ResultGone, ResultRefused, ResultUnavailable):
            raise error from None
        log.info("result.link_renewed", reason=str(error))
        return file
