"""Port: the bytes behind a result's URL."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from domain.media import MediaFile


class ResultFetcher(Protocol):
    """Fetches what a provider says is a result, without trusting the URL."""

    def fetch(self, url: str, /, *, limit_bytes: int) -> AbstractAsyncContextManager[MediaFile]:
        """The file, on disk until the context ends. Passing faults are retried inside, within a bounded time.

        Entering raises:
            ResultGone: it does not exist any more.
            ResultTooLarge: larger than ``limit_bytes``, as announced or as counted while reading.
            ResultRefused: a host or scheme we do not fetch from, also behind a redirect.
            ResultUnavailable: not this time.
        """
        ...
