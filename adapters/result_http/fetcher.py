"""Results over HTTP, with nothing taken on trust: not the host, not the size, not the time."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp
import stamina
from attrs import frozen

from adapters.result_http.file_types import is_in_place_of_media, mime_of, name_of
from adapters.result_http.proxied import Proxied
from adapters.result_http.public_hosts import PrivateAddress
from application.errors import ResultGone, ResultRefused, ResultTooLarge, ResultUnavailable
from domain.file_types import HEAD_BYTES
from domain.media import MediaFile

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
GONE: Final = frozenset({404, 410})
HEADERS: Final = {"User-Agent": "curl/8 (mediabot)", "Accept-Encoding": "identity"}
"""KIE's files are behind Cloudflare like its API; media is compressed already."""


@frozen(kw_only=True)
class FetchLimits:
    """Seconds and counts. ``total_s`` is for everything together; ``silence_s`` is how long a server may say nothing."""

    total_s: float = 180.0
    connect_s: float = 10.0
    silence_s: float = 30.0
    attempts: int = 3
    first_wait_s: float = 0.3
    redirects: int = 3


class _Passing(ResultUnavailable):
    """A fault that may be gone in a moment."""


class HttpResultFetcher:
    """``ResultFetcher`` over http and https. ``session`` comes from ``guarded_session``, which refuses private addresses."""

    def __init__(
        self, session: aiohttp.ClientSession, *, limits: FetchLimits = FetchLimits(), proxied: Proxied | None = None
    ) -> None:
        self._session = session
        self._proxied = proxied
        self._limits = limits
        self._repeat = stamina.AsyncRetryingCaller(
            attempts=limits.attempts, timeout=None, wait_initial=limits.first_wait_s, wait_jitter=limits.first_wait_s
        ).on(_Passing)

    def fetch(self, url: str, /, *, limit_bytes: int) -> AbstractAsyncContextManager[MediaFile]:
        return self._fetch(url, limit_bytes)

    @asynccontextmanager
    async def _fetch(self, url: str, limit_bytes: int) -> AsyncIterator[MediaFile]:
        with _folder() as folder:

            async def attempt() -> MediaFile:
                return await self._follow(url, Path(folder) / "result", limit_bytes)

            try:
                async with asyncio.timeout(self._limits.total_s):
                    file = await self._repeat(attempt)
            except TimeoutError:
                raise ResultUnavailable("took too long") from None
            yield file

    async def _follow(self, url: str, path: Path, limit_bytes: int) -> MediaFile:
        """Redirects are followed by hand, since each goes to a URL that someone else chose."""
        for _ in range(self._limits.redirects + 1):
            _check(url)
            outcome = await self._request(url, path, limit_bytes)
            if isinstance(outcome, MediaFile):
                return outcome
            url = _joined(url, outcome)
        raise ResultRefused("too many redirects")

    async def _request(self, url: str, path: Path, limit_bytes: int) -> MediaFile | str:
        """The file, or where the server says it is."""
        timeout = aiohttp.ClientTimeout(sock_connect=self._limits.connect_s, sock_read=self._limits.silence_s)
        session, proxy = self._session, None
        if self._proxied and (proxy := self._proxied.proxy_for(url)):
            await self._proxied.check(url)
            session = self._proxied.session
        try:
            async with session.get(
                url, allow_redirects=False, headers=HEADERS, timeout=timeout, proxy=proxy
            ) as response:
                if response.status in REDIRECTS and "Location" in response.headers:
                    return response.headers["Location"]
                _check_status(response.status)
                return await _save(response, url, path, limit_bytes)
        except (aiohttp.InvalidURL, UnicodeError):  # UnicodeError: a host with an empty part, or one of 64 letters
            raise ResultRefused("not a URL") from None
        except aiohttp.ClientConnectorError as fault:
            if isinstance(fault.os_error, PrivateAddress):
                raise ResultRefused("a private host") from None
            raise _Passing(type(fault).__name__) from None
        except (aiohttp.ClientError, TimeoutError) as fault:
            raise _Passing(type(fault).__name__) from None
        except OSError as fault:  # our own disk
            raise ResultUnavailable(type(fault).__name__) from fault


def _folder() -> "tempfile.TemporaryDirectory[str]":
    try:
        return tempfile.TemporaryDirectory(prefix="mediabot-")
    except OSError as fault:  # our own disk is full, or has no such folder any more
        raise ResultUnavailable(type(fault).__name__) from fault


async def _save(response: aiohttp.ClientResponse, url: str, path: Path, limit_bytes: int) -> MediaFile:
    if (response.content_length or 0) > limit_bytes:
        raise ResultTooLarge(f"{response.content_length} bytes announced, limit {limit_bytes}")
    head, size = b"", 0
    with path.open("wb") as file:
        async for chunk in response.content.iter_any():
            size += len(chunk)
            if size > limit_bytes:
                raise ResultTooLarge(f"more than {limit_bytes} bytes")
            head += chunk[: HEAD_BYTES - len(head)]
            file.write(chunk)
    if size == 0:
        raise _Passing("an empty file")
    header = response.headers.get("Content-Type", "")
    mime = mime_of(header, head, url)
    if is_in_place_of_media(mime, header, url):
        raise _Passing("a page in place of the file")
    return MediaFile(path=path, name=name_of(url, mime), mime=mime, size_bytes=size)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise ResultRefused("not a URL") from None


def _check_status(status: int) -> None:
    if status in GONE:
        raise ResultGone(f"HTTP {status}")
    if status == 429 or status >= 500:
        raise _Passing(f"HTTP {status}")
    if status != 200:
        raise ResultUnavailable(f"HTTP {status}")


def _check(url: str) -> None:
    """Only http(s), and no name and password for a host we do not know."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ResultRefused("only http and https")
    if parts.username is not None or parts.password is not None:
        raise ResultRefused("a URL with credentials")
