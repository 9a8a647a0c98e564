"""The connections to PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Final, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy
from attrs import field, frozen

from adapters.postgres_store.listening import Connection, ListenHub
from adapters.postgres_store.unavailability import UNAVAILABLE, unavailability

PooledConnection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"

CONNECT_TIMEOUT_S: Final = 5.0
STATEMENT_TIMEOUT_S: Final = 10.0

PLANS: Final = {"enable_seqscan": "off", "jit": "off"}
"""A statement keeps the plan of the day it was prepared, when its table may have had ten rows; then reading the table through
looks cheap, and is not a month later. Where there is no index it is read through all the same."""


@frozen
class Database:
    """A pool of connections that come back by themselves. Made by ``open_database``."""

    _pool: "asyncpg.Pool[asyncpg.Record]" = field(repr=False)
    _hub: ListenHub

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[PooledConnection]:
        """One connection of the pool, each statement its own transaction.

        Anyone who is cancelled inside leaves at once and costs the pool this connection: to hand it back takes an answer of
        the server, which a leader that has lost the server can't wait for.

        Raises:
            StoreUnavailable: entering, or raised inside by the server.
        """
        with unavailability():
            connection = await self._pool.acquire(timeout=CONNECT_TIMEOUT_S)
            try:
                yield connection
            except asyncio.CancelledError:
                connection.terminate()
                raise
            finally:
                with suppress(*UNAVAILABLE):  # it is broken, the pool drops it; what was done with it is done
                    await self._pool.release(connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[PooledConnection]:
        """Several statements that are done together or not at all. Raises like ``connection``."""
        async with self.connection() as connection:
            transaction = connection.transaction()
            await transaction.start()
            try:
                yield connection
            except asyncio.CancelledError:  # the connection ends with us, and the transaction with it
                raise
            except BaseException:
                await transaction.rollback()
                raise
            else:
                await transaction.commit()

    def listening(
        self, channel: str, name: str, hear: Callable[[str], None], missed: Callable[[], None]
    ) -> AbstractAsyncContextManager[None]:
        """As ``ListenHub.listening``, on the one connection that all share."""
        return self._hub.listening(channel, name, hear, missed)


async def _nothing_to_reset(_connection: Connection) -> None:
    """No one changes a pooled session: no settings, no listening, locks of transactions alone; the pool itself rolls back.

    The driver's own reset would be a second round trip for each statement, and where the line breaks in it, a statement
    that was done and answered would look as if it had failed.
    """


@asynccontextmanager
async def open_database(dsn: str, *, pool_size: int = 8) -> AsyncIterator[Database]:
    """The database behind ``dsn``, at most ``pool_size`` connections and one that listens.

    Nothing is connected before it is needed, so entering never fails because the server is away.
    """
    pool = await asyncpg.create_pool(
        dsn,
        min_size=0,
        max_size=pool_size,
        timeout=CONNECT_TIMEOUT_S,
        command_timeout=STATEMENT_TIMEOUT_S,
        reset=_nothing_to_reset,
        server_settings=PLANS,
    )

    async def connect() -> Connection:
        return await asyncpg.connect(dsn, timeout=CONNECT_TIMEOUT_S, command_timeout=STATEMENT_TIMEOUT_S)

    hub = ListenHub(connect)
    try:
        yield Database(pool, hub)
    finally:
        await hub.close()
        pool.terminate()  # all that used it has ended; a silent server must not hold the exit up
