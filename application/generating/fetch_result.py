"""Where delivery gets the bytes of a result from: its link, else the link that a fresh look-up of its task gives."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Protocol

import structlog
from attrs import evolve, frozen

from application.errors import ProviderError, ResultGone, ResultRefused, ResultUnavailable
from application.generating.bot_accounts import BotAccounts
from application.ports.media_provider import TaskSucceeded
from application.ports.model_catalog import ModelCatalog
from application.ports.result_fetcher import ResultFetcher
from domain.generation import Generation
from domain.media import MediaFile

log = structlog.get_logger()


class OpenResult(Protocol):
    """Opens one result of a generation."""

    def __call__(
        self, generation: Generation, index: int, /, *, limit_bytes: int
    ) -> AbstractAsyncContextManager[MediaFile]:
        """The file, on disk until the context ends. The result must have a URL.

        Entering raises:
            ResultGone, ResultTooLarge, ResultRefused, ResultUnavailable: as ``ResultFetcher``.
        """
        ...


@frozen
class FetchResult:
    """``OpenResult`` from the provider alone: for the command line, which keeps no files."""

    _fetcher: ResultFetcher

    def __call__(
        self, generation: Generation, index: int, /, *, limit_bytes: int
    ) -> AbstractAsyncContextManager[MediaFile]:
        """As ``OpenResult`` says."""
        return self._fetcher.fetch(generation.results[index].url or "", limit_bytes=limit_bytes)


@frozen
class LookUpAgain:
    """An ``OpenResult`` that reads the task once more before it gives a result up: the provider signs a new link each time."""

    _open_result: OpenResult
    _accounts: BotAccounts
    _catalog: ModelCatalog

    @asynccontextmanager
    async def __call__(self, generation: Generation, index: int, /, *, limit_bytes: int) -> AsyncIterator[MediaFile]:
        """As ``OpenResult`` says; what is raised is about the first link."""
        async with AsyncExitStack() as stack:
            try:
                opening = self._open_result(generation, index, limit_bytes=limit_bytes)
                file = await stack.enter_async_context(opening)
            except (ResultGone, ResultUnavailable) as error:
                fresh = await self._looked_up(generation, index)
                if fresh is None:
                    raise
                file = await self._by(fresh, index, limit_bytes, error, stack)
            yield file

    async def _looked_up(self, generation: Generation, index: int) -> Generation | None:
        """The generation with what its task has now, where that is another link for this result."""
        model, task_id = self._catalog.entry(generation.model_id), generation.task_id
        if model is None or task_id is None:
            return None
        submitted_at = generation.submitted_at or generation.created_at
        try:
            provider = self._accounts.of(generation.account)
            report = await provider.look_up(model, task_id, submitted_at=submitted_at)
        except ProviderError:
            return None
        if not isinstance(report, TaskSucceeded) or len(report.results) != len(generation.results):
            return None
        is_new = report.results[index].url not in (None, generation.results[index].url)
        return evolve(generation, results=report.results) if is_new else None

    async def _by(
        self,
        fresh: Generation,
        index: int,
        limit_bytes: int,
        error: ResultGone | ResultUnavailable,
        stack: AsyncExitStack,
    ) -> MediaFile:
        try:
            file = await stack.enter_async_context(self._open_result(fresh, index, limit_bytes=limit_bytes))
        except (ResultGone, ResultRefused, ResultUnavailable):
            raise error from None
        log.info("result.looked_up_again", generation_id=fresh.id, reason=str(error))
        return file
