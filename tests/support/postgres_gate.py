"""A proxy in front of PostgreSQL that holds a statement before it is sent, or its answer after it has taken effect.

It reads as much of protocol 3.0 as that needs: the frames, Parse, Bind, Query and ReadyForQuery.
https://www.postgresql.org/docs/15/protocol-message-formats.html, read 2026-11.
"""

import asyncio
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from attrs import define, field

from tests.support.crash_gate import CrashGate, Side

_NO_ENCRYPTION: Final = {80877103, 80877104}
"""SSLRequest and GSSENCRequest."""

Parameters = Sequence[bytes | None]
"""As the client sent them, encoded."""

NameStatement = Callable[[str, Parameters], Awaitable[tuple[str | None, str | None]]]
"""The effect of a statement, None where nothing of it outlives the session; and whom it is about where that can be known."""


@define(eq=False)
class _Session:
    """One connection of the client."""

    gate: CrashGate
    name_of: NameStatement
    from_client: asyncio.StreamReader
    to_client: asyncio.StreamWriter
    from_server: asyncio.StreamReader
    to_server: asyncio.StreamWriter
    _statements: dict[bytes, str] = field(factory=dict, init=False)
    _awaited: tuple[str, str | None] | None = field(default=None, init=False)

    async def run(self) -> None:
        pumps = [asyncio.create_task(self._statements_go()), asyncio.create_task(self._answers_come())]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            self.to_client.transport.abort()
            self.to_server.transport.abort()

    async def _statements_go(self) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._greet()
            while True:
                kind, body = await self.from_client.readexactly(1), await _body(self.from_client)
                effect, subject = await self._effect(kind, body)
                if effect:
                    await self.gate.passes(effect, Side.BEFORE, subject=subject)
                    self._awaited = effect, subject
                await _send(self.to_server, kind + body)

    async def _answers_come(self) -> None:
        held = b""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                kind, body = await self.from_server.readexactly(1), await _body(self.from_server)
                held += kind + body
                if self._awaited and kind == b"Z":
                    (effect, subject), self._awaited = self._awaited, None
                    await self.gate.passes(effect, Side.AFTER, subject=subject)
                if not self._awaited:
                    await _send(self.to_client, held)
                    held = b""

    async def _greet(self) -> None:
        while struct.unpack("!i", (body := await _body(self.from_client))[4:8])[0] in _NO_ENCRYPTION:
            await _send(self.to_client, b"N")
        await _send(self.to_server, body)

    async def _effect(self, kind: bytes, body: bytes) -> tuple[str | None, str | None]:
        match kind:
            case b"P":
                name, query, _ = body[4:].split(b"\0", 2)
                self._statements[name] = query.decode()
            case b"B":
                _, name, rest = body[4:].split(b"\0", 2)
                return await self.name_of(self._statements[name], _parameters(rest))
            case b"Q":
                return await self.name_of(body[4:-1].decode(), ())
        return None, None


def _parameters(rest: bytes) -> Parameters:
    """The values of a Bind message, from its count of parameter formats on."""
    (formats,) = struct.unpack_from("!h", rest)
    at = 2 + 2 * formats
    (count,) = struct.unpack_from("!h", rest, at)
    at += 2
    values: list[bytes | None] = []
    for _ in range(count):
        (size,) = struct.unpack_from("!i", rest, at)
        at += 4
        values.append(None if size < 0 else rest[at : at + size])
        at += max(size, 0)
    return values


async def _body(reader: asyncio.StreamReader) -> bytes:
    """The length of a message and what it counts."""
    length = await reader.readexactly(4)
    return length + await reader.readexactly(struct.unpack("!i", length)[0] - 4)


async def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await writer.drain()


@asynccontextmanager
async def postgres_gate(dsn: str, gate: CrashGate, name_of: NameStatement) -> AsyncIterator[str]:
    """The DSN that leads through the gate while the context is open."""
    parts = urlsplit(dsn)
    sessions: set[asyncio.Task[None]] = set()

    async def serve(from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        sessions.add(task)
        task.add_done_callback(sessions.discard)
        from_server, to_server = await asyncio.open_connection(parts.hostname, parts.port)
        await _Session(gate, name_of, from_client, to_client, from_server, to_server).run()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        port = server.sockets[0].getsockname()[1]
        credentials, _, _ = parts.netloc.rpartition("@")
        yield urlunsplit(parts._replace(netloc=f"{credentials}@127.0.0.1:{port}"))
    finally:
        server.close()
        for session in sessions:
            session.cancel()
        await asyncio.gather(*sessions, return_exceptions=True)
