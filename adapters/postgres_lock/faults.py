"""Which refusals of PostgreSQL waiting can't heal, and what the operator should set instead."""

from collections.abc import Mapping
from typing import Final

from asyncpg import exceptions as pg

from application.errors import LeadershipUnusable

POOLER: Final = (
    "DATABASE_URL leads through a connection pooler (PgBouncer or the like), which can give two instances the same lock."
    " Set DATABASE_URL to the direct connection string of the database (on Render: connectionString, not"
    " connectionPoolString)."
)
REPLICA: Final = "DATABASE_URL leads to a read-only replica, whose locks exclude no one on the primary. Set DATABASE_URL to the primary."
UNREADABLE_URL: Final = (
    "DATABASE_URL can't be read as a PostgreSQL URL (postgresql://user:password@host:port/database). Special characters"
    " in the password must be percent-encoded."
)
OLD_SERVER: Final = (
    "The server knows no idle_session_timeout: leadership needs PostgreSQL 14 or later. Upgrade it, or set DATABASE_URL"
    " to a newer server."
)

_WORDS: Final[Mapping[type[Exception], str]] = {
    pg.UndefinedObjectError: OLD_SERVER,
    pg.UndefinedTableError: 'The tables "leadership" and "leader_heartbeats" are missing. Run "mediabot migrate" on this database.',
    pg.InsufficientPrivilegeError: (
        "The role of DATABASE_URL may not use the lock or its table. Give it SELECT, INSERT and UPDATE on leadership"
        " and leader_heartbeats."
    ),
    pg.ReadOnlySQLTransactionError: (
        "The database takes no writes (default_transaction_read_only?). Set DATABASE_URL to a writable primary."
    ),
    pg.InvalidPasswordError: "The server refuses the password in DATABASE_URL. Set the current one.",
    pg.InvalidAuthorizationSpecificationError: (
        "The server refuses the role in DATABASE_URL, or connections without TLS. Check the role, and ?sslmode=."
    ),
    pg.InvalidCatalogNameError: "The database named in DATABASE_URL does not exist. Create it, or correct the name.",
}


def unusable(error: Exception) -> LeadershipUnusable | None:
    """The advice for an error that will come again until someone changes the configuration; None for passing ones."""
    if isinstance(error, pg.ProtocolViolationError) and "startup parameter" in str(error):
        return LeadershipUnusable(POOLER)
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return LeadershipUnusable(words)
    return None


def settings_refused(names: list[str]) -> LeadershipUnusable:
    """The server took the connection but not its settings, as a pooler asked to ignore them does."""
    return LeadershipUnusable(f"The server did not apply {', '.join(names)} to the session. {POOLER}")
