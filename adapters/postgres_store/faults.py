"""What the database's refusals mean to the operator: one sentence each, and whether waiting may help."""

import asyncio
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

import asyncpg
from asyncpg import exceptions as pg

from application.errors import StoreUnavailable, StoreUnusable

POOLER: Final = (
    "DATABASE_URL leads through a connection pooler (PgBouncer or the like), which mixes the sessions of different"
    " clients. Set DATABASE_URL to the direct connection string of the database (on Render:"
    " connectionString, not connectionPoolString)."
)
OLDEST_VERSION: Final = 140000
OLD_SERVER: Final = (
    "The database is PostgreSQL {version}; 14 or later is needed. Upgrade it, or set DATABASE_URL to a newer server."
)
WRONG_ENCODING: Final = (
    "The database keeps text as {encoding}, which has no room for most of what people write. Create one with"
    " ENCODING 'UTF8' TEMPLATE template0 and set DATABASE_URL to it."
)
READ_ONLY: Final = "The database takes no writes: it is a replica, or default_transaction_read_only is on. Set DATABASE_URL to the primary."
NO_SCHEMA: Final = (
    "No schema of the search path exists or may be used, so there is no place for our tables. Create it and set it with"
    " ALTER ROLE … SET search_path, or leave the search path alone."
)
NO_CREATE: Final = (
    "The role {role} may not create tables in the schema {schema} (since PostgreSQL 15 nobody but the owner may, unless"
    " allowed): GRANT CREATE ON SCHEMA {schema} TO {role};"
)

_WORDS: Final[Mapping[type[Exception], str]] = MappingProxyType(
    {
        pg.InvalidPasswordError: "The database refuses the password in DATABASE_URL. Set the current one.",
        pg.InvalidAuthorizationSpecificationError: (
            "The database refuses the role in DATABASE_URL, or connections without TLS. Check the role, and ?sslmode=."
        ),
        pg.InvalidCatalogNameError: "The database named in DATABASE_URL does not exist. Create it, or correct the name.",
        pg.DuplicatePreparedStatementError: POOLER,
        pg.InvalidSQLStatementNameError: POOLER,
        pg.ReadOnlySQLTransactionError: READ_ONLY,
        pg.TooManyConnectionsError: (
            "The database has no connection left for us: close others, or raise max_connections. Each instance needs up to"
            " ten."
        ),
        pg.ConnectionDoesNotExistError: "The database closed the connection while it was opened.",
    }
)

PASSING: Final = (
    pg.ReadOnlySQLTransactionError,
    pg.PostgresConnectionError,
    pg.TransactionRollbackError,
    pg.InsufficientResourcesError,
    pg.OperatorInterventionError,
    pg.ObjectNotInPrerequisiteStateError,  # a lock was not to be had
    pg.PostgresSystemError,
)
"""Refusals that may be over in a minute; the others wait for a person."""


def sentence(error: BaseException) -> str:
    """What to do about an error of the database or the way to it, without values of statements."""
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return words
    match error:
        case pg.UndefinedObjectError() | pg.CantChangeRuntimeParamError() if "configuration parameter" in str(error):
            return f"The database does not know a parameter of DATABASE_URL: {error}. Remove it from the URL."
        case pg.ProtocolViolationError() if "startup parameter" in str(error):
            return POOLER
        case pg.InsufficientPrivilegeError():
            return f"The role of DATABASE_URL lacks a right: {error}."
        case ssl.SSLCertVerificationError():
            return (
                "The database shows a certificate that is not trusted here. Name its authority in DATABASE_URL with"
                " sslrootcert=FILE, or sslrootcert=system."
            )
        case ConnectionError() if "rejected SSL upgrade" in str(error):
            return "The database speaks no TLS, and DATABASE_URL asks for it. Use sslmode=prefer, or turn TLS on there."
        case ValueError():  # asyncpg's word for what it can't use; its own text may quote the password
            return "DATABASE_URL can't be used: the URL, or a TLS file or setting that it names, is not valid."
        case asyncpg.PostgresError():
            return f"The database refuses: {error} ({type(error).__name__})."
        case ConnectionRefusedError():
            return "Nothing listens at the host and port of DATABASE_URL."
        case OSError() if "Name or service not known" in str(error) or "getaddrinfo" in str(error):
            return "The host of DATABASE_URL has no address: it is misspelt, or its name can't be looked up now."
        case TimeoutError():
            return "The database does not answer in time."
        case _:
            return f"The database is away: {type(error).__name__}: {error}"


def unusable(error: BaseException) -> StoreUnusable | None:
    """The refusal that waiting does not end; None for a passing fault, and for an error that is no refusal."""
    if isinstance(error, PASSING):
        return None
    if isinstance(error, ValueError | pg.UndefinedObjectError | pg.CantChangeRuntimeParamError):
        return StoreUnusable(sentence(error), in_address=True)
    if isinstance(error, asyncpg.PostgresError) or "rejected SSL upgrade" in str(error):
        return StoreUnusable(sentence(error))
    return None


@contextmanager
def refusals() -> Iterator[None]:
    """Turns all that opening and preparing the database can raise into ``StoreUnusable`` or ``StoreUnavailable``, both
    with a sentence for the operator."""
    try:
        yield
    except (
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,
        OSError,
        TimeoutError,
        ValueError,
    ) as error:
        if (task := asyncio.current_task()) and task.cancelling():
            raise asyncio.CancelledError from error
        raise unusable(error) or StoreUnavailable(sentence(error)) from None
