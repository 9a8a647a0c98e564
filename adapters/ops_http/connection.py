"""One connection of the HTTP port, watched from outside the HTTP library: how long it may keep us waiting."""

import asyncio
from typing import Final, cast

from aiohttp import StreamReader
from attrs import define, field, frozen

HEAD_S: Final = 10.0
"""From the first byte of a request, or from the connection itself, to the end of its headers."""
KEEP_ALIVE_S: Final = 75.0
"""Between two requests of one connection. Longer than common proxies keep theirs (nginx: 60 s), so that they close first."""
BODY_START_S: Final = 20.0
BODY_BYTES_PER_S: Final = 4096.0
"""A body may take 20 s, and one second more for each 4 KB that has come: a phone's upload passes, a drip does not."""
READ_BYTES: Final = 16 * 1024
"""What one connection is given in one turn of the event loop; the transport's own 256 KB in chunks of one byte take the parser a quarter of
a second."""
WRITE_STALL_S: Final = 30.0
"""How long a reader may take nothing of an answer that waits for it."""


def _now() -> float:
    return asyncio.get_running_loop().time()


@frozen(kw_only=True)
class ConnectionLimits:
    """How long a connection may keep us waiting. Tests make it shorter."""

    head_s: float = HEAD_S
    keep_alive_s: float = KEEP_ALIVE_S
    body_start_s: float = BODY_START_S
    write_stall_s: float = WRITE_STALL_S


_ARRIVING: Final = memoryview(bytearray(READ_BYTES))
"""Shared by all: a read and the use of it are one step of the loop."""


@define(eq=False)
class WatchedConnection(asyncio.BufferedProtocol):
    """Passes everything on to the HTTP library's own protocol, and remembers when what came. What is left of a body after its
    answer is thrown away unread.

    ``began`` and ``ended`` frame each request; between them the connection works for us, otherwise we wait for it.
    """

    inner: asyncio.Protocol
    _limits: ConnectionLimits
    _transport: asyncio.Transport | None = field(default=None, init=False)
    _body: StreamReader | None = field(default=None, init=False)
    _is_serving: bool = field(default=False, init=False)
    _is_over: bool = field(default=False, init=False)
    _served: int = field(default=0, init=False)
    _received: int = field(default=0, init=False)
    _since: float = field(factory=_now, init=False)
    _stalled_since: float | None = field(default=None, init=False)
    closed: "asyncio.Future[None]" = field(factory=lambda: asyncio.get_running_loop().create_future(), init=False)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self.inner.connection_made(transport)

    def get_buffer(self, _sizehint: int) -> memoryview:
        return _ARRIVING

    def buffer_updated(self, nbytes: int) -> None:
        if self._is_over:
            return
        if not self._is_serving and self._served and not self._received:
            self._since = _now()  # the next request begins
        self._received += nbytes
        self.inner.data_received(bytes(_ARRIVING[:nbytes]))

    def eof_received(self) -> bool | None:
        return self.inner.eof_received()

    def pause_writing(self) -> None:
        self._stalled_since = _now()
        self.inner.pause_writing()

    def resume_writing(self) -> None:
        self._stalled_since = None
        self.inner.resume_writing()

    def connection_lost(self, error: Exception | None) -> None:
        self.inner.connection_lost(error)
        if not self.closed.done():
            self.closed.set_result(None)

    def began(self, body: StreamReader) -> None:
        """The headers of a request are here."""
        self._is_serving, self._body, self._since, self._received = True, body, _now(), 0

    def ended(self) -> None:
        """The request has its answer. The HTTP library closes the connection where a body is owed (``LINGERING_S``)."""
        self._is_over = self._owes_body
        self._is_serving, self._body, self._since, self._received = False, None, _now(), 0
        self._served += 1

    def abort(self) -> None:
        """Drop the connection without a word."""
        if self._transport:
            self._transport.abort()

    @property
    def waits_since(self) -> float | None:
        """Since when we wait for this connection's next request; None while one is answered, or before it is set up."""
        return None if self._is_serving or self._transport is None else self._since

    def is_overdue(self, now: float) -> bool:
        """Whether it has kept us waiting for longer than it may."""
        if self._stalled_since is not None and now - self._stalled_since > self._limits.write_stall_s:
            return True
        if self._is_serving:
            return self._owes_body and now - self._since > self._limits.body_start_s + self._received / BODY_BYTES_PER_S
        is_idle = self._served > 0 and self._received == 0
        return now - self._since > (self._limits.keep_alive_s if is_idle else self._limits.head_s)

    @property
    def _owes_body(self) -> bool:
        return self._body is not None and not self._body.is_eof()
