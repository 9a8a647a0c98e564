"""A TCP relay in front of an HTTP server that spoils the connections a test names, one fault a connection.

For clients that open a connection for each request (``aiohttp.TCPConnector(force_close=True)``), so that a fault meets
exactly one request.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import Enum, auto

from attrs import frozen


class Fault(Enum):
    """What can happen to a connection."""

    RESET = auto()
    """Broken off once the request has come, before anybody saw it."""
    LOSE_ANSWER = auto()
    """The server gets the request and acts on it; its answer does not come through."""
    STALL = auto()
    """The request is taken, and then nothing happens."""


@frozen
class RawAnswer:
    """These bytes come back, and the server sees nothing."""

    content: bytes

    @classmethod
    def http(cls, status: int, body: str, *, content_type: str = "text/html", headers: str = "") -> "RawAnswer":
        """A whole HTTP response."""
        payload = body.encode()
        head = f"HTTP/1.1 {status} Simulated\r\nContent-Type: {content_type}\r\nContent-Length: {len(payload)}\r\n"
        return cls(f"{head}{headers}Connection: close\r\n\r\n".encode() + payload)


@frozen
class Slow:
    """The answer comes so many seconds late."""

    seconds: float


Trouble = Fault | RawAnswer | Slow


class FaultyServer:
    """The relay. ``spoil`` says what the next connections meet; the others are left alone. ``connections`` counts them."""

    def __init__(self, upstream_port: int) -> None:
        self._upstream_port = upstream_port
        self._troubles: deque[Trouble] = deque()
        self._server: asyncio.Server | None = None
        self._port = 0
        self._serving: set[asyncio.Task[None]] = set()
        self.connections = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def spoil(self, *troubles: Trouble) -> None:
        self._troubles.extend(troubles)

    async def start(self) -> None:
        """Listen, on the same port as before if there was one."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse connections, and break off those there are."""
        if self._server is not None:
            self._server.close()
        for connection in self._serving:
            connection.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def _accept(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        self.connections += 1
        trouble = self._troubles.popleft() if self._troubles else None
        connection = asyncio.create_task(self._serve(client, to_client, trouble))
        self._serving.add(connection)
        connection.add_done_callback(self._serving.discard)

    async def _serve(
        self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter, trouble: Trouble | None
    ) -> None:
        try:
            match trouble:
                case Fault.RESET:
                    await client.readuntil(b"\r\n\r\n")
                case Fault.STALL:
                    await asyncio.Event().wait()
                case RawAnswer(content):
                    await client.readuntil(b"\r\n\r\n")
                    to_client.write(content)
                    await to_client.drain()
                    to_client.write_eof()
                    await client.read()
                case _:
                    await self._relay(client, to_client, trouble)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away
        finally:
            to_client.transport.abort()

    async def _relay(
        self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter, trouble: Fault | Slow | None
    ) -> None:
        server, to_server = await asyncio.open_connection("127.0.0.1", self._upstream_port)
        upwards = asyncio.create_task(_pump(client, to_server))
        try:
            first = await server.read(65_536)  # by now the server has acted
            if trouble is Fault.LOSE_ANSWER:
                return
            if isinstance(trouble, Slow):
                await asyncio.sleep(trouble.seconds)
            to_client.write(first)
            await _pump(server, to_client)
        finally:
            upwards.cancel()
            to_server.transport.abort()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()


@asynccontextmanager
async def faulty(upstream_port: int) -> AsyncIterator[FaultyServer]:
    """A relay in front of the server on this port of loopback."""
    relay = FaultyServer(upstream_port)
    await relay.start()
    try:
        yield relay
    finally:
        await relay.stop()
