"""A TCP proxy that can do to a connection what networks and poolers do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

Tamper = Callable[[bytes], bytes]


class TcpProxy:
    """Forwards to one server, until asked to stall. A stalled connection stays open and silent, like a partition."""

    def __init__(self, host: str, port: int, *, tamper: Tamper | None = None) -> None:
        self._target = host, port
        self._tamper = tamper
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._loses: Callable[[], bool] = lambda: False
        self._loses_request: Callable[[], bool] = lambda: False
        self._connections: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def stall(self) -> None:
        """Forward nothing any more in either direction, not even the end of a connection. New ones are accepted."""
        self._flowing.clear()

    def resume(self) -> None:
        """Forward again, what was held back first."""
        self._flowing.set()

    def lose_answers(self, loses: Callable[[], bool]) -> None:
        """Break a connection off wherever ``loses`` says so: the server has done what it was asked, and no one hears of it."""
        self._loses = loses

    def lose_requests(self, loses: Callable[[], bool]) -> None:
        """Break a connection off wherever ``loses`` says so: the server is asked nothing."""
        self._loses_request = loses

    def drop(self) -> None:
        """Break off every connection there is; new ones are taken."""
        for connection in self._connections:
            connection.cancel()

    def _loses_now(self) -> bool:
        return self._loses()

    def _loses_request_now(self) -> bool:
        return self._loses_request()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)

    async def stop(self) -> None:
        """Close everything."""
        assert self._server is not None
        self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def _accept(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        connection = asyncio.create_task(self._serve(from_client, to_client))
        self._connections.add(connection)
        connection.add_done_callback(self._connections.discard)

    async def _serve(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        try:
            from_server, to_server = await asyncio.open_connection(*self._target)
        except (OSError, asyncio.CancelledError):
            to_client.transport.abort()
            return
        pumps = [
            asyncio.create_task(self._pump(from_client, to_server, None, self._loses_request_now)),
            asyncio.create_task(self._pump(from_server, to_client, self._tamper, self._loses_now)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            for writer in (to_client, to_server):
                writer.transport.abort()

    async def _pump(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        tamper: Tamper | None,
        loses: Callable[[], bool],
    ) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65_536):
                await self._flowing.wait()
                if loses():
                    return
                writer.write(tamper(data) if tamper else data)
                await writer.drain()
            await self._flowing.wait()


def as_a_pooler(answer: bytes) -> bytes:
    """A pooler has no server process yet when it greets the client, and makes up a number (BackendKeyData, protocol 3.0)."""
    head, key_data, tail = answer.partition(b"K\x00\x00\x00\x0c")
    return head + key_data + (b"\x00\x00\x00\x07" + tail[4:] if key_data else tail)


@asynccontextmanager
async def proxy_before(dsn: str, *, tamper: Tamper | None = None) -> AsyncIterator[tuple[TcpProxy, str]]:
    """A proxy in front of the server of ``dsn``, with the DSN that leads through it."""
    parts = urlsplit(dsn)
    proxy = TcpProxy(parts.hostname or "127.0.0.1", parts.port or 5432, tamper=tamper)
    await proxy.start()
    try:
        credentials, _, _ = parts.netloc.rpartition("@")
        yield proxy, urlunsplit(parts._replace(netloc=f"{credentials}@127.0.0.1:{proxy.port}"))
    finally:
        await proxy.stop()
