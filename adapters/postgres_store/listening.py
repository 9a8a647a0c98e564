"""One connection that hears every announcement, for all the bots and pages of this process."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final, TypeAlias

import asyncpg
import stamina
import structlog
from asyncpg.pool import PoolConnectionProxy
from attrs import define, field, frozen

from adapters.postgres_store.unavailability import unavailability

log = structlog.get_logger(__name__)

PROVE_EVERY_S: Final = 5.0

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
_AnyConnection: TypeAlias = "asyncpg.Connection[Any] | PoolConnectionProxy[Any]"


@frozen(eq=False)
class _Listener:
    hear: Callable[[str], None]
    missed: Callable[[], None]


@define(eq=False)
class ListenHub:
    """Connects when the first listens, and stays connected until ``close``, over breaks of the connection.

    A channel's payloads end with a blank and a name, so that each is given to those alone who listen to that name.
    """

    _connect: Callable[[], Awaitable[Connection]]
    _listeners: defaultdict[str, defaultdict[str, set[_Listener]]] = field(
        factory=lambda: defaultdict(lambda: defaultdict(set)), init=False
    )
    _connection: "asyncpg.Connection[asyncpg.Record] | None" = field(default=None, init=False)
    _broken: asyncio.Event = field(factory=asyncio.Event, init=False)
    _in_use: asyncio.Lock = field(factory=asyncio.Lock, init=False)
    _keeping: "asyncio.Task[None] | None" = field(default=None, init=False)

    @asynccontextmanager
    async def listening(
        self, channel: str, name: str, hear: Callable[[str], None], missed: Callable[[], None]
    ) -> AsyncIterator[None]:
        """Give ``hear`` each payload that ends with ``name``; an empty one means all. After a break ``missed`` is called.

        Raises:
            StoreUnavailable: the server does not let us listen now.
        """
        listener = _Listener(hear, missed)
        is_new = channel not in self._listeners
        self._listeners[channel][name].add(listener)
        try:
            await self._listen(channel, listener, is_new=is_new)
            yield
        finally:
            self._listeners[channel][name].discard(listener)
            if not self._listeners[channel][name]:
                del self._listeners[channel][name]

    async def close(self) -> None:
        """End the connection. Those that listen have ended."""
        if self._keeping:
            self._keeping.cancel()
            await asyncio.wait({self._keeping})
        self._part()

    async def _listen(self, channel: str, listener: _Listener, *, is_new: bool) -> None:
        async with self._in_use:
            if self._connection is None or self._broken.is_set():
                await self._open()
                self._tell_all(besides=listener)
            elif is_new:
                await self._guarded(self._connection.add_listener(channel, self._hear))
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep(), name="listening")

    async def _open(self) -> None:
        self._part()
        with unavailability():
            connection = self._connection = await self._connect()
        self._broken.clear()
        connection.add_termination_listener(self._note_end)
        for channel in self._listeners:
            await self._guarded(connection.add_listener(channel, self._hear))

    async def _guarded(self, use: Awaitable[object]) -> None:
        """A statement that is left half done leaves a connection that is of no use."""
        try:
            with unavailability():
                await use
        except BaseException:
            self._part()
            raise

    def _part(self) -> None:
        connection, self._connection = self._connection, None
        self._broken.set()
        if connection is not None:
            connection.terminate()

    def _note_end(self, ended: object) -> None:
        if ended is self._connection:
            self._broken.set()

    async def _keep(self) -> None:
        """Prove the connection now and then, since a network that swallows everything closes nothing, and renew it."""
        while True:
            try:
                # Not wait_for: before Python 3.12 it loses a cancellation that comes with the end of what it waits for, and
                # the end of this session comes with that of the leader's lock whenever the server goes down.
                async with asyncio.timeout(PROVE_EVERY_S):
                    await self._broken.wait()
            except TimeoutError:
                await self._prove()
            if self._broken.is_set():
                await self._listen_again()

    async def _prove(self) -> None:
        async with self._in_use:
            if self._connection is None:
                return
            try:
                await self._guarded(self._connection.execute("SELECT 1"))
            except Exception as error:
                log.warning("changes.interrupted", error=str(error))

    async def _listen_again(self) -> None:
        """Repeat after any error: nothing else opens again what all of the process hear by."""
        async for attempt in stamina.retry_context(
            on=Exception, attempts=None, timeout=None, wait_initial=0.1, wait_max=5.0, wait_jitter=0.1
        ):
            with attempt:
                async with self._in_use:
                    if self._broken.is_set():
                        await self._open()
                        self._tell_all()

    def _tell_all(self, *, besides: _Listener | None = None) -> None:
        """Tell those that may have missed something."""
        for names in self._listeners.values():
            for listeners in names.values():
                for listener in listeners - {besides}:
                    listener.missed()

    def _hear(self, _connection: _AnyConnection, _pid: int, channel: str, payload: object) -> None:
        text = str(payload)
        names = self._listeners[channel]
        for name in (text.rpartition(" ")[2], ""):
            for listener in names.get(name, ()):
                listener.hear(text)
