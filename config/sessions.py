"""What a command opens before it builds its objects: the HTTP sessions."""

from collections.abc import Callable
from typing import Final

import aiohttp

from adapters.result_http import anywhere, guarded_session, is_public
from config.settings import Settings

CONNECTIONS: Final = 200
"""To the provider; more requests wait for one of them."""


def http_session() -> aiohttp.ClientSession:
    """The one session to the provider. It keeps no cookies, and every request brings its own time limit."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS), cookie_jar=aiohttp.DummyCookieJar())


def result_session(settings: Settings) -> aiohttp.ClientSession:
    """The session that fetches results, from public hosts only unless simulators are in use."""
    return guarded_session(may_connect=judge_of_addresses(settings))


def judge_of_addresses(settings: Settings) -> Callable[[str], bool]:
    """Whether a result may be fetched from an address: a public one, or any for simulators and tests."""
    return anywhere if settings.allow_private_hosts else is_public
