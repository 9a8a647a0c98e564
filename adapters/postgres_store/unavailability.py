"""What the faults of the server and of the way to it mean to the use cases."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg
from asyncpg import exceptions as pg

from application.errors import StoreUnavailable

UNAVAILABLE: Final = (
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
    asyncpg.exceptions.UnknownPostgresError,  # an error without a code: of a proxy, not of a server
    pg.InternalServerError,  # what poolers and hosts say of their own ("MaxClientsInSessionMode"), and a damaged page
    pg.ObjectNotInPrerequisiteStateError,  # a lock was not to be had in time
    pg.IdleInTransactionSessionTimeoutError,
    pg.TransactionTimeoutError,
    pg.InvalidCachedStatementError,  # another instance has just migrated
    pg.UndefinedTableError,  # a restore is under way
)
"""Faults of the server or the way to it. Any other error is a fault of our own and is raised as it is."""


def broke_the_protocol(error: Exception) -> bool:
    """Whether the driver itself stumbled, as it does over a server or proxy that speaks no PostgreSQL: no error of its own,
    and raised in its code."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace is not None and str(trace.tb_frame.f_globals.get("__name__")).startswith("asyncpg.")


@contextmanager
def unavailability() -> Iterator[None]:
    """Turns faults of the server into ``StoreUnavailable``, without the DSN or a statement's values in its words."""
    try:
        yield
    except UNAVAILABLE as error:
        if isinstance(error, ValueError):  # asyncpg's word for an argument or a DSN of the wrong form
            raise
        if (task := asyncio.current_task()) and task.cancelling():
            # The driver met the fault while it was being cancelled, and its error has taken the cancellation's place.
            # Anyone who was asked to stop must not take it for a reason to try again.
            raise asyncio.CancelledError from error
        raise StoreUnavailable(f"{type(error).__name__}: {error}") from error
    except (AttributeError, LookupError, ValueError) as error:
        if not broke_the_protocol(error):
            raise
        raise StoreUnavailable(f"the server speaks no PostgreSQL: {type(error).__name__}") from error
