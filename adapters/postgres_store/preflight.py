"""What a database must be like, looked at before anything is written to it."""

from typing import Final

from asyncpg import Record

from adapters.postgres_store import faults
from adapters.postgres_store.listening import Connection
from application.errors import StoreUnavailable, StoreUnusable

_LOOK: Final = """
SELECT current_setting('server_version_num')::integer AS number, current_setting('server_version') AS version,
       current_setting('server_encoding') AS encoding, pg_backend_pid() AS pid, current_user AS role
"""

# A role may use a schema and still create nothing there: since PostgreSQL 15 no one but the owner may, in "public".
_LOOK_FOR_ROOM: Final = """
SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS read_only, current_schema() AS schema,
       coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create, current_user AS role
"""


async def check_server(connection: Connection) -> None:
    """Look at what no migration can change.

    Raises:
        StoreUnusable: an old server, another encoding than UTF-8, a pooler in between.
    """
    row = await _row(connection, _LOOK)
    if row["pid"] != connection.get_server_pid():  # a pooler invents the one it tells in the protocol
        raise StoreUnusable(faults.POOLER)
    if row["number"] < faults.OLDEST_VERSION:
        raise StoreUnusable(faults.OLD_SERVER.format(version=row["version"]))
    if row["encoding"] != "UTF8":
        raise StoreUnusable(faults.WRONG_ENCODING.format(encoding=row["encoding"]))


async def check_room(connection: Connection) -> None:
    """Look whether tables can be made. Asked only where some are lacking.

    Raises:
        StoreUnavailable: it takes no writes now.
        StoreUnusable: no schema, or no right to create in it.
    """
    row = await _row(connection, _LOOK_FOR_ROOM)
    if row["read_only"]:
        raise StoreUnavailable(faults.READ_ONLY)
    if row["schema"] is None:
        raise StoreUnusable(faults.NO_SCHEMA)
    if not row["may_create"]:
        raise StoreUnusable(faults.NO_CREATE.format(role=row["role"], schema=row["schema"]))


async def _row(connection: Connection, query: str) -> Record:
    row = await connection.fetchrow(query)
    if row is None:
        raise StoreUnavailable("The database gave no answer.")
    return row
