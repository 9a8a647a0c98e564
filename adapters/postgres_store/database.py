"""The connections to PostgreSQL, and what its faults mean to the use cases."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Final, TypeAlias

import asyncpg
from asyncpg import exceptions as pg
from asyncpg.pool import PoolConnectionProxy
from attrs import field, frozen

from application.errors import StoreUnavailable

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
PooledConnection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"

CONNECT_TIMEOUT_S: Final = 5.0
STATEMENT_TIMEOUT_S: Final = 10.0

PLANS: Final = {"enable_seqscan": "off", "jit": "off"}
"""A statement keeps the plan of the day it was prepared, when its table may have had ten rows; then reading the table through
looks cheap, and is not a month later. Where there is no index it is read through all the same."""

_UNAVAILABLE: Final = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,  # the connection closed under us
    asyncpg.InternalClientError,
    pg.PostgresConnectionError,
    pg.InvalidAuthorizationSpecificationError,
    pg.InvalidCatalogNameError,
    pg.ReadOnlySQLTransactionError,  # a replica, since the last failover
    pg.TransactionRollbackError,  # deadlock: nothing was written
    pg.InsufficientResourcesError,  # disk full, too many connections
    pg.OperatorInterventionError,  # shutdown, crash, statement cancelled
    pg.PostgresSystemError,  # I/O error
    pg.InsufficientPrivilegeError,  # a right was taken away; the migrator says which
    pg.DuplicatePreparedStatementError,  # a pooler in transaction mode
    pg.InvalidSQLStatementNameError,
)
"""Faults of the server or the way to it. Any other error is a fault of our own and is raised as it is."""


@contextmanager
def unavailability() -> Iterator[None]:
    """Turns faults of the server into ``StoreUnavailable``, without the DSN or a statement's values in its words."""
    try:
        yield
    except _UNAVAILABLE as error:
        if isinstance(error, ValueError):  # asyncpg's word for an argument or a DSN of the wrong form
            raise
        if (task := asyncio.current_task()) and task.cancelling():
            # The driver met the fault while it was being cancelled, and its error has taken the cancellation's place.
            # Anyone who was asked to stop must not take it for a reason to try again.
            raise asyncio.CancelledError from error
        raise StoreUnavailable(f"{type(error).__name__}: {error}") from error


@frozen
class Database:
    """A pool of connections that come back by themselves. Made by ``open_database``."""

    _pool: "asyncpg.Pool[asyncpg.Record]" = field(repr=False)
    _dsn: str = field(repr=False)

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
                with suppress(*_UNAVAILABLE):  # it is broken, the pool drops it; what was done with it is done
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

    async def dedicated(self) -> Connection:
        """A connection outside the pool, for its owner to close. Raises the driver's errors."""
        return await asyncpg.connect(self._dsn, timeout=CONNECT_TIMEOUT_S, command_timeout=STATEMENT_TIMEOUT_S)


async def _nothing_to_reset(_connection: Connection) -> None:
    """No one changes a pooled session: no settings, no listening, locks of transactions alone; the pool itself rolls back.

    The driver's own reset would be a second round trip for each statement, and where the line breaks in it, a statement
    that was done and answered would look as if it had failed.
    """


@asynccontextmanager
async def open_database(dsn: str, *, pool_size: int = 8) -> AsyncIterator[Database]:
    """The database behind ``dsn``, at most ``pool_size`` connections and one for each stream of changes.

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
    try:
        yield Database(pool, dsn)
    finally:
        pool.terminate()  # anyone who used it has ended; a silent server must not hold the exit up
