"""One dedicated connection to PostgreSQL on which a session-level advisory lock can be trusted."""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from adapters.postgres_lock.faults import POOLER, REPLICA, UNREADABLE_URL, settings_refused
from application.errors import LeadershipUnusable
from domain.leadership import LeaseTiming

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
AnyConnection: TypeAlias = "asyncpg.Connection[Any] | PoolConnectionProxy[Any]"
"""What the driver says that a listener is called with."""

SESSION_TROUBLE: Final = (
    TimeoutError,
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the server has ended the session, and the driver is just hearing of it
)
"""What any use of a session may raise: the server refused, or the network did."""

CONNECT_TIMEOUT_S: Final = 5.0
_KEEPALIVE_INTERVAL_S: Final = 1
_KEEPALIVE_COUNT: Final = 3


async def open_session(dsn: str, timing: LeaseTiming, *, holder: str) -> Connection:
    """A connection whose server process, role and settings have been checked.

    Raises:
        LeadershipUnusable: a pooler, a read-only replica, a server that did not take the settings, an unreadable URL.
        SESSION_TROUBLE: no connection this time.
    """
    settings = server_settings(timing, holder=holder)
    try:
        with _speaking_postgresql():
            connection = await asyncpg.connect(dsn, timeout=CONNECT_TIMEOUT_S, server_settings=settings)
    except (ValueError, OverflowError):  # the message may quote a piece of the password
        raise LeadershipUnusable(UNREADABLE_URL) from None
    try:
        with _speaking_postgresql():
            await _check_server(connection)
            await _check_settings(connection, _vital_settings(timing))
    except BaseException:
        connection.terminate()
        raise
    return connection


@contextmanager
def _speaking_postgresql() -> Iterator[None]:
    """The driver stumbles over what does not: a fault of the way like others."""
    try:
        yield
    except (AttributeError, LookupError, UnicodeDecodeError) as error:
        raise ConnectionError(f"the server speaks no PostgreSQL: {type(error).__name__}") from error


def server_settings(timing: LeaseTiming, *, holder: str) -> dict[str, str]:
    """What the server must apply to the lock's session, whatever the role, the database or the server say.

    The keepalives free the lock of a vanished host. They may not be quicker than the idle time, or the server would free
    it while the lease still runs; for the same reason ``tcp_user_timeout`` is off.
    """
    keepalive_idle_s = max(1, math.ceil(timing.idle_s) - _KEEPALIVE_INTERVAL_S * _KEEPALIVE_COUNT)
    return _vital_settings(timing) | {
        "application_name": f"mediabot lock {holder}"[:63],
        "tcp_keepalives_idle": str(keepalive_idle_s),
        "tcp_keepalives_interval": str(_KEEPALIVE_INTERVAL_S),
        "tcp_keepalives_count": str(_KEEPALIVE_COUNT),
        "tcp_user_timeout": "0",
    }


def _vital_settings(timing: LeaseTiming) -> dict[str, str]:
    """In milliseconds, as pg_settings shows them: what keeps two from leading."""
    return {"idle_session_timeout": str(round(timing.idle_s * 1000))}


async def _check_server(connection: Connection) -> None:
    row = await connection.fetchrow(
        "SELECT pg_backend_pid() AS pid, pg_is_in_recovery() AS replica", timeout=CONNECT_TIMEOUT_S
    )
    # A pooler invents the pid it tells in the protocol (PgBouncer 1.18, seen), since it has no server process yet.
    if row is None or row["pid"] != connection.get_server_pid():
        raise LeadershipUnusable(POOLER)
    if row["replica"]:
        raise LeadershipUnusable(REPLICA)


async def _check_settings(connection: Connection, wanted: Mapping[str, str]) -> None:
    rows = await connection.fetch(
        "SELECT name, setting FROM pg_settings WHERE name = ANY($1)", list(wanted), timeout=CONNECT_TIMEOUT_S
    )
    applied = {row["name"]: row["setting"] for row in rows}
    if refused := [name for name, setting in wanted.items() if applied.get(name) != setting]:
        raise settings_refused(refused)
