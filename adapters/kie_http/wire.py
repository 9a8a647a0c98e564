"""One request to KIE and what came of it, as a value: an answer, or the certainty that there is none we can read.

Faults are values and not exceptions here because aiohttp's exceptions carry the request's headers, and with them the
key: none of them leaves this module, not even as the context of another.
"""

import json
from collections.abc import Mapping
from enum import Enum, auto
from typing import Any

import aiohttp
from attrs import field, frozen
from yarl import URL

from adapters.kie_http.clock_check import ClockCheck
from adapters.kie_http.numbers import code_of

USER_AGENT = "curl/8 (mediabot)"
"""KIE's upload host is behind Cloudflare, which turns unknown libraries away; ``curl/8`` passes (kie/API.md §1)."""

MAX_MESSAGE = 300

LONGEST_RETRY_AFTER_S = 300.0


@frozen(kw_only=True)
class Answer:
    """KIE's own verdict: ``code`` of the body's envelope, whatever the HTTP status said."""

    code: int
    message: str = field(default="", repr=False)
    data: object = field(default=None, repr=False)
    retry_after_s: float | None = None


@frozen(kw_only=True)
class Document:
    """An answer without the envelope, as the chat endpoints give it (kie/CHAT.md §1)."""

    content: Mapping[str, Any] = field(repr=False)


class Cause(Enum):
    """Why there is no answer."""

    NOT_SENT = auto()
    """No connection came about, so no byte of the request left us."""
    STATUS = auto()
    """Something answered without KIE's envelope: a gateway, a firewall, another server. ``status`` says what."""
    LOST = auto()
    """The request left, or part of it; the answer did not come, or broke off."""
    TOO_LARGE = auto()
    """The answer is larger than we read."""


@frozen(kw_only=True)
class NoAnswer:
    """No verdict of KIE's. ``reason`` is for logs: the fault's name, never its text."""

    cause: Cause
    reason: str
    status: int = 0
    retry_after_s: float | None = None


@frozen(kw_only=True)
class _Answered:
    """What came back over HTTP, unread."""

    status: int
    body: bytes = field(repr=False)
    retry_after_s: float | None

    def without_envelope(self) -> NoAnswer:
        reason = f"Http{self.status}WithoutEnvelope"
        return NoAnswer(cause=Cause.STATUS, reason=reason, status=self.status, retry_after_s=self.retry_after_s)


@frozen(kw_only=True)
class Wire:
    """Sends requests to one of KIE's hosts and nowhere else: a redirect is an answer without verdict, not a way to go.

    Nothing is repeated in here. ``session`` is shared and stays open.
    """

    session: aiohttp.ClientSession = field(repr=False)
    base: URL
    api_key: str = field(repr=False)
    connect_timeout_s: float
    max_answer_bytes: int
    clocks: ClockCheck | None = None
    proxy: str | None = field(default=None, repr=False)

    async def get(self, path: str, params: Mapping[str, str] | None = None, *, timeout_s: float) -> Answer | NoAnswer:
        """Read ``path``, within ``timeout_s`` seconds in total."""
        return await self._request("GET", path, timeout_s=timeout_s, params=params)

    async def post(self, path: str, body: object, *, timeout_s: float) -> Answer | NoAnswer:
        """Send ``body``: a form as it is, anything else as JSON."""
        content = {"data": body} if isinstance(body, aiohttp.FormData) else {"json": body}
        return await self._request("POST", path, timeout_s=timeout_s, **content)

    async def post_document(self, path: str, body: object, *, timeout_s: float) -> Answer | Document | NoAnswer:
        """Send ``body`` to an endpoint whose success has no envelope; a fault of it may have one."""
        answered = await self._answered("POST", path, timeout_s=timeout_s, json=body)
        if isinstance(answered, NoAnswer):
            return answered
        if (answer := self._parse(answered.body, answered.retry_after_s)) is not None:
            return answer
        document = _document(answered.body) if answered.status == 200 else None
        return Document(content=document) if document is not None else answered.without_envelope()

    async def _request(self, method: str, path: str, *, timeout_s: float, **content: Any) -> Answer | NoAnswer:
        answered = await self._answered(method, path, timeout_s=timeout_s, **content)
        if isinstance(answered, NoAnswer):
            return answered
        return self._parse(answered.body, answered.retry_after_s) or answered.without_envelope()

    async def _answered(self, method: str, path: str, *, timeout_s: float, **content: Any) -> "_Answered | NoAnswer":
        try:
            async with self.session.request(
                method,
                self.base / path.lstrip("/"),
                headers={"Authorization": f"Bearer {self.api_key}", "User-Agent": USER_AGENT},
                allow_redirects=False,
                proxy=self.proxy,
                timeout=aiohttp.ClientTimeout(total=timeout_s, connect=min(self.connect_timeout_s, timeout_s / 2)),
                **content,
            ) as response:
                return await self._read(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as fault:
            return NoAnswer(cause=Cause.NOT_SENT, reason=type(fault).__name__)
        except (TimeoutError, aiohttp.ClientError, OSError) as fault:
            return NoAnswer(cause=Cause.LOST, reason=type(fault).__name__)

    async def _read(self, response: aiohttp.ClientResponse) -> "_Answered | NoAnswer":
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > self.max_answer_bytes:
                return NoAnswer(cause=Cause.TOO_LARGE, reason="AnswerTooLarge", status=response.status)
        if self.clocks:
            self.clocks.see(response.headers.get("Date"))
        retry_after_s = _seconds(response.headers.get("Retry-After"))
        return _Answered(status=response.status, body=bytes(body), retry_after_s=retry_after_s)

    def _parse(self, body: bytes, retry_after_s: float | None) -> Answer | None:
        try:
            envelope = json.loads(body)
        except (ValueError, RecursionError):
            return None
        match envelope:
            case {"code": said, **rest} if (code := code_of(said)) is not None:
                message = rest.get("msg") or rest.get("message")  # the pages say "message", real answers "msg"
                return Answer(
                    code=code,
                    message=self._presentable(message),
                    data=rest.get("data"),
                    retry_after_s=retry_after_s,
                )
        return None

    def _presentable(self, message: object) -> str:
        """KIE's words in short and, should they echo it, without the key."""
        return in_short(str(message or "").replace(self.api_key, "…"))


def _document(body: bytes) -> Mapping[str, Any] | None:
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def in_short(message: str) -> str:
    """Someone else's words on one line, and not too many of them."""
    return " ".join(sendable(message[: 4 * MAX_MESSAGE]).split())[:MAX_MESSAGE]


def sendable(text: str) -> str:
    """The text without halves of surrogate pairs, which JSON may hold and no one can be sent."""
    return text.encode("utf-8", "replace").decode()


def _seconds(retry_after: str | None) -> float | None:
    """A ``Retry-After`` header in its form of whole seconds; the form with a date is not worth a clock.

    At most ``LONGEST_RETRY_AFTER_S``: the header may be a gateway's, and its number any number.
    """
    if not retry_after or not retry_after.isascii() or not retry_after.isdigit():
        return None
    return min(float(retry_after), LONGEST_RETRY_AFTER_S)
