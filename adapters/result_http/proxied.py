"""Fetching through a proxy, which hides the address that is connected to: the host is judged before it is named."""

import asyncio
import socket
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from attrs import field, frozen

from application.errors import ResultRefused
from domain.validation.urls import url_fault

PATIENCE_S: Final = 5.0


@frozen(kw_only=True)
class Proxied:
    """``session`` reaches the proxy, which may stand in a private network; ``may_connect`` judges the hosts behind it."""

    session: aiohttp.ClientSession = field(repr=False)
    proxy_for: Callable[[str], str | None]
    may_connect: Callable[[str], bool]

    async def check(self, url: str) -> None:
        """Look the host up here, as far as that is possible. Names that only the proxy can look up must look public.

        Raises:
            ResultRefused: a private host.
        """
        parts = urlsplit(url)
        try:
            async with asyncio.timeout(PATIENCE_S):
                found = await asyncio.get_running_loop().getaddrinfo(
                    parts.hostname, parts.port or 443, type=socket.SOCK_STREAM
                )
        except (OSError, TimeoutError, UnicodeError):  # UnicodeError: a host that no name service is asked for
            allowed = self.may_connect("127.0.0.1") or url_fault(url, allow_private_hosts=False) is None
        else:
            allowed = all(self.may_connect(str(info[4][0])) for info in found)
        if not allowed:
            raise ResultRefused("a private host")
