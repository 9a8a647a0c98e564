"""Where delivery gets the bytes of a result from."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from attrs import frozen

from application.ports.result_fetcher import ResultFetcher
from domain.generation import Generation
from domain.media import MediaFile


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
