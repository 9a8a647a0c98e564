"""Accepting connections: on IPv4 and IPv6, never more than the process has descriptors for."""

import asyncio
import errno
import resource
import socket
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Final, Self

import structlog
from attrs import define, field

from adapters.ops_http.connection import ConnectionLimits, WatchedConnection

log = structlog.get_logger(__name__)

SHARE_OF_DESCRIPTORS: Final = 4
"""A quarter of the process's descriptors is for strangers; the database, the provider and Telegram need the others."""
FEWEST: Final = 8
MOST: Final = 2048
"""Each open page of the studio holds one. An unread body holds 32 KB (``READ_BUFFER_BYTES``), so strangers can take 64 MB."""
BACKLOG: Final = 128
SWEEP_S: Final = 1.0
EXHAUSTED: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
EXHAUSTED_PAUSE_S: Final = 0.5
ANY_V4: Final = "0.0.0.0"  # noqa: S104 - the platform's router must reach the port
ANY_V6: Final = "::"


def descriptors_to_spare() -> int:
    """How many connections this process can bear at the same time."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return MOST
    return max(FEWEST, min(MOST, soft // SHARE_OF_DESCRIPTORS))


def bound_sockets(host: str, port: int) -> Sequence[socket.socket]:
    """Listening sockets on ``host``; for ``0.0.0.0`` also one for IPv6, where the machine has it.

    Raises:
        OSError: the port is taken, or not our own to take.
    """
    first = _bound(socket.AF_INET6 if ":" in host else socket.AF_INET, host, port)
    if host != ANY_V4 or not socket.has_ipv6:
        return [first]
    try:
        return [first, _bound(socket.AF_INET6, ANY_V6, first.getsockname()[1])]
    except OSError as error:
        log.info("ops_http.no_ipv6", reason=error.strerror)
        return [first]


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family is socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.setblocking(False)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except BaseException:
        listening.close()
        raise
    return listening


@define(kw_only=True)
class Listener:
    """Accepts while it is entered. A new connection is always taken: where there are too many, the one that has kept us
    waiting longest goes. Only when all of them are being answered, new ones wait in the kernel's queue.

    asyncio's own server has no such bound; without descriptors it writes 128 lines for each line before.
    """

    _sockets: Sequence[socket.socket]
    _protocol: Callable[[], asyncio.Protocol]
    _limits: ConnectionLimits = field(factory=ConnectionLimits)
    _most: int = field(factory=descriptors_to_spare)
    _connections: dict[asyncio.Protocol, WatchedConnection] = field(factory=dict, init=False)
    _tasks: list["asyncio.Task[None]"] = field(factory=list, init=False)

    async def __aenter__(self) -> Self:
        self._tasks = [
            asyncio.create_task(self._sweep(), name="ops_http.sweep"),
            *(asyncio.create_task(self._accept(each), name="ops_http.accept") for each in self._sockets),
        ]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for listening in self._sockets:
            listening.close()
        for connection in self._connections.values():
            if connection.waits_since is not None:  # a body that is never finished must not hold the exit up
                connection.abort()

    def __len__(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    def of(self, inner: asyncio.Protocol) -> WatchedConnection | None:
        """The connection that the HTTP library's protocol speaks through; None when it is gone."""
        return self._connections.get(inner)

    async def _accept(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._have_room()
            try:
                accepted, _ = await loop.sock_accept(listening)
            except OSError as error:
                await self._wait_out(error)
                continue
            await self._serve(accepted)

    async def _serve(self, accepted: socket.socket) -> None:
        inner = self._protocol()
        connection = WatchedConnection(inner, self._limits)
        self._connections[inner] = connection
        connection.closed.add_done_callback(lambda _: self._connections.pop(inner, None))
        try:
            accepted.setblocking(False)
            await asyncio.get_running_loop().connect_accepted_socket(lambda: connection, accepted)
        except OSError:  # it went away again
            accepted.close()
            self._connections.pop(inner, None)

    async def _have_room(self) -> None:
        while len(self._connections) >= self._most:
            if (longest := longest_waiting(self._connections.values())) is not None:
                log.warning("ops_http.crowded", most=self._most)
                longest.abort()
                await asyncio.wait({longest.closed})
            else:
                closing = {connection.closed for connection in self._connections.values()}
                await asyncio.wait(closing, timeout=SWEEP_S, return_when=asyncio.FIRST_COMPLETED)

    async def _wait_out(self, error: OSError) -> None:
        """Pause instead of asking again at once: the kernel keeps the waiting ones in its queue."""
        if error.errno in EXHAUSTED:
            log.warning("ops_http.exhausted", reason=errno.errorcode[error.errno], open=len(self))
            if longest := longest_waiting(self._connections.values()):
                longest.abort()
            await asyncio.sleep(EXHAUSTED_PAUSE_S)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(min(SWEEP_S, self._limits.head_s / 4))
            now = asyncio.get_running_loop().time()
            for connection in list(self._connections.values()):
                if connection.is_overdue(now):
                    connection.abort()


def longest_waiting(connections: Iterable[WatchedConnection]) -> WatchedConnection | None:
    """The connection that has kept us waiting for its next request longest; None where all are being answered."""
    waiting = [(since, each) for each in connections if (since := each.waits_since) is not None]
    return min(waiting, key=lambda pair: pair[0])[1] if waiting else None
