"""One request of a person who is signed in."""

import hmac
import json
from collections.abc import Mapping
from typing import Final

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from attrs import frozen
from multidict import MultiDictProxy

from adapters.web.messenger import destination_of
from adapters.web.services import Services
from adapters.web.trouble import UnreadableBody
from adapters.web.words import PageWords
from domain.generation import Destination, UserId
from domain.preferences import Preferences
from domain.web_session import WebSession

STUDIO: Final = "/studio"
MINI_APP: Final = "/app"
"""The same pages, inside Telegram: other cookies, and frames of Telegram's allowed."""
FURTHER_BOT: Final = "/{bot:[0-9]{1,20}}"
"""Stands before both for a further bot of the deployment."""
CSRF_HEADER: Final = "X-CSRF-Token"
CSRF_FIELD: Final = "csrf"
UNREADABLE: Final = (ValueError, LookupError, AssertionError, RecursionError, HttpProcessingError)
"""What reading a body raises that is not what its header says (aiohttp 3.14)."""


@frozen(kw_only=True)
class Visit:
    """``prefix`` is where the pages of this visit are: ``/studio`` or ``/app``, behind the bot's id where it is a further one."""

    request: web.Request
    prefix: str
    services: Services
    session: WebSession
    words: PageWords
    preferences: Preferences
    is_admin: bool = False
    is_secure: bool = False

    @property
    def user(self) -> UserId:
        return self.session.user

    @property
    def destination(self) -> Destination:
        """Where what is asked for here is answered."""
        return destination_of(self.user)

    @property
    def wants_data(self) -> bool:
        """Whether a script of our own asks, which takes JSON; else a browser does, which takes a page."""
        return wants_data(self.request)

    def part(self, name: str) -> str:
        """A part of the path."""
        return self.request.match_info[name]

    def query(self, name: str) -> str:
        """What the address says under this name, without what no text holds; empty where it says nothing."""
        said = self.request.query.get(name, "")
        return said.replace("\0", "").encode("utf-8", "replace").decode().strip()

    async def form(self) -> MultiDictProxy[str | bytes | bytearray | web.FileField]:
        """The form that was sent, empty where none was. Raises ``UnreadableBody``."""
        try:
            return await self.request.post()
        except UNREADABLE as error:
            raise UnreadableBody from error

    async def field(self, name: str) -> str:
        """A field of the form that was sent, empty where there is none. Raises ``UnreadableBody``."""
        value = (await self.form()).get(name, "")
        return value.strip() if isinstance(value, str) else ""

    async def json(self) -> Mapping[str, object]:
        """The JSON object that was sent. Raises ``UnreadableBody``."""
        try:
            asked = json.loads(await self.request.text())
            json.dumps(asked, allow_nan=False, ensure_ascii=False).encode()  # no halves of letters, no infinite numbers
        except UNREADABLE as error:
            raise UnreadableBody from error
        if not isinstance(asked, dict):
            raise UnreadableBody
        return asked

    def has_csrf(self, said: str) -> bool:
        """Whether this is the token of the session's own pages."""
        return hmac.compare_digest(said.encode("utf-8", "replace"), self.session.csrf.encode())


def is_mini_app(prefix: str) -> bool:
    """Whether the pages are those inside Telegram."""
    return prefix.endswith(MINI_APP)


def in_browser(prefix: str) -> str:
    """Where the same bot's pages are outside Telegram."""
    return prefix.removesuffix(MINI_APP) + STUDIO if is_mini_app(prefix) else prefix


def wants_data(request: web.Request) -> bool:
    """Whether a script of our own asks."""
    return "application/json" in request.headers.get("Accept", "")


def is_same_site(request: web.Request) -> bool:
    """Whether a request that changes something comes from a page of our own, as far as the browser tells."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host
