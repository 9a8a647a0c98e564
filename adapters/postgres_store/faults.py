"""What the database's refusals mean to the operator: one sentence each, and whether waiting may help."""

import asyncio
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

import asyncpg
from asyncpg import exceptions as pg

from adapters.postgres_store.unavailability import broke_the_protocol
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
    "The role {role} may not create tables in the schema {schema} (since PostgreSQL 15 only the owner may, unless"
    " allowed): GRANT CREATE ON SCHEMA {schema} TO {role};"
)
NOT_ALONE: Final = (
    "The schema holds tables of another program that are named like the bot's. Give the bot a database of its own, or a schema"
    " (?schema=…)."
)
NO_POSTGRES: Final = "What listens at the host and port of DATABASE_URL answers as no PostgreSQL does. Check both, and what stands between."
CLOSED: Final = "The database closed the connection while it was opened."

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
        pg.ConnectionDoesNotExistError: CLOSED,
        asyncpg.TargetServerAttributeNotMatched: (
            "No host of DATABASE_URL is now what its target_session_attrs asks for."
        ),
        pg.DuplicateTableError: NOT_ALONE,
        pg.DuplicateObjectError: NOT_ALONE,
        pg.UndefinedColumnError: NOT_ALONE,
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
    return _of_the_server(error) if isinstance(error, asyncpg.PostgresError) else _of_the_way(error)


def _of_the_server(error: asyncpg.PostgresError) -> str:
    words = _in_a_line(error)
    match error:
        case pg.UndefinedObjectError() | pg.CantChangeRuntimeParamError() if "configuration parameter" in words:
            return f"The database does not know a parameter of DATABASE_URL: {words}. Remove it from the URL."
        case pg.ProtocolViolationError() if "startup parameter" in words:
            return POOLER
        case pg.InsufficientPrivilegeError():
            return f"The role of DATABASE_URL lacks a right: {words}."
        case _:
            return f"The database refuses: {words} ({type(error).__name__})."


def _of_the_way(error: BaseException) -> str:
    """Of the driver, TLS and the network."""
    match error:
        case ssl.SSLCertVerificationError():
            return (
                "The database shows a certificate that is not trusted here. Name its authority in DATABASE_URL with"
                " sslrootcert=FILE, or sslrootcert=system."
            )
        case ssl.SSLError() if _is_in_file(error):
            return "A TLS file that DATABASE_URL names holds no certificate or key."
        case ssl.SSLError():
            return (
                "The database and we can't agree on TLS. Check the host and port of DATABASE_URL, what stands between, and"
                f" ?sslmode=. ({_in_a_line(error)})"
            )
        case FileNotFoundError():
            return "There is no socket of PostgreSQL in the folder that DATABASE_URL names as its host."
        case ConnectionError() if "rejected SSL upgrade" in str(error):
            return (
                "What listens at the host and port of DATABASE_URL speaks no TLS, and the URL asks for it, or it is no"
                " PostgreSQL. Use sslmode=prefer, or turn TLS on there."
            )
        case asyncpg.InterfaceError() | asyncpg.InternalClientError() if "authentication" in str(error).lower():
            return "The database asks for a way of signing in that our driver does not speak. Use a password (scram-sha-256)."
        case ValueError():  # asyncpg's word for what it can't use; its own text may quote the password
            return "DATABASE_URL can't be used: the URL, or a TLS file or setting that it names, is not valid."
        case ConnectionRefusedError():
            return "Nothing listens at the host and port of DATABASE_URL."
        case OSError() if "Name or service not known" in str(error) or "getaddrinfo" in str(error):
            return "The host of DATABASE_URL has no address: it is misspelt, or its name can't be looked up now."
        case TimeoutError():
            return "The database does not answer in time."
        case ConnectionError():
            return CLOSED
        case _:
            return f"The database is away: {type(error).__name__}: {_in_a_line(error)}"


def unusable(error: BaseException) -> StoreUnusable | None:
    """The refusal that waiting does not end; None for a passing fault, and for an error that is no refusal."""
    if isinstance(error, PASSING):
        return None
    wrong_address = isinstance(error, ValueError | pg.UndefinedObjectError | pg.CantChangeRuntimeParamError)
    if wrong_address or _is_in_file(error):
        return StoreUnusable(sentence(error), in_address=True)
    if isinstance(error, asyncpg.PostgresError) or "rejected SSL upgrade" in str(error):
        return StoreUnusable(sentence(error))
    return None


def _is_in_file(error: BaseException) -> bool:
    """Whether it is about a file of certificates or keys, and not about what the server shows."""
    return isinstance(error, ssl.SSLError) and ("NO_CERTIFICATE" in str(error) or "PEM" in str(error))


def _in_a_line(error: BaseException) -> str:
    """The server's words with their details and hints."""
    return " ".join(str(error).split()).rstrip(".")


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
        AttributeError,
        LookupError,
    ) as error:
        if isinstance(error, AttributeError | LookupError | UnicodeDecodeError):
            if not broke_the_protocol(error):
                raise
            raise StoreUnavailable(NO_POSTGRES) from None
        if (task := asyncio.current_task()) and task.cancelling():
            raise asyncio.CancelledError from error
        raise unusable(error) or StoreUnavailable(sentence(error)) from None
