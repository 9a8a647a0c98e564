"""A real PostgreSQL for the suite: one server, databases cloned from a template, servers to be mistreated."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from enum import Enum
from ipaddress import IPv4Address
from itertools import count
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from adapters.embedded_postgres import EmbeddedServer, embedded_postgres
from adapters.postgres_store import migrate

TEMPLATE: Final = f"mediabot_template_{os.getpid()}"
FAST_AND_LOSE: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""Settings for tests that never pull the plug. A test about durability starts its server without them."""

_PREFIX: Final = "mediabot-tests-"
_ROOM_BYTES: Final = 2_000_000_000
_numbers = count(1)


class Shutdown(Enum):
    """How a server is brought down, and the signal for it."""

    FAST = signal.SIGINT
    IMMEDIATE = signal.SIGQUIT
    KILL = signal.SIGKILL


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that any user can pass, since root's server runs as another one."""
    place = _roomy_memory()
    _remove_what_killed_runs_left(place or Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _roomy_memory() -> Path | None:
    """A clone is hundreds of new files: on a disk most of a test's time goes into them. None: wherever temporary files go."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > _ROOM_BYTES else None


def _remove_what_killed_runs_left(place: Path) -> None:
    for folder in place.glob(f"{_PREFIX}*-*"):
        try:
            os.kill(int(folder.name.removeprefix(_PREFIX).partition("-")[0]), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            continue  # another user's, and running


@asynccontextmanager
async def own_server(**settings: str) -> AsyncIterator[EmbeddedServer]:
    """A server that belongs to one test alone, durable unless ``settings`` say otherwise."""
    with open_folder() as folder:
        async with embedded_postgres(folder, settings=settings) as server:
            yield server


async def restart(server: EmbeddedServer, how: Shutdown) -> None:
    """Bring the server down in that way and wait until it answers again, on the same port."""
    pid = postmaster(server)
    os.kill(pid, how.value)
    async with asyncio.timeout(30):
        while not await _answers_as_another(server, pid):
            await asyncio.sleep(0.02)


def postmaster(server: EmbeddedServer) -> int:
    """The process id of the server."""
    return int(server.pid_file.read_text().split()[0])


async def _answers_as_another(server: EmbeddedServer, pid: int) -> bool:
    try:
        if postmaster(server) == pid:
            return False
        connection = await asyncpg.connect(server.dsn)
    except (OSError, IndexError, asyncpg.PostgresError):
        return False
    await connection.close()
    return True


@asynccontextmanager
async def cloned_database(server_dsn: str, *, template: str = TEMPLATE) -> AsyncIterator[str]:
    """The DSN of a fresh copy of ``template`` (``template0`` is bare), dropped afterwards anyone who is still connected."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    await _execute(server_dsn, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield dsn_of(server_dsn, name)
    finally:
        await _execute(server_dsn, f"DROP DATABASE {name} WITH (FORCE)")


def dsn_of(server_dsn: str, database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(server_dsn)._replace(path=f"/{database}"))


def dsn_at(server_dsn: str, host: str) -> str:
    """The same server, by another of its addresses."""
    parts = urlsplit(server_dsn)
    credentials, _, _ = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{credentials}@{host}:{parts.port}"))


async def admit(server: EmbeddedServer, clients: Iterable[IPv4Address]) -> None:
    """Let clients from these addresses in, as initdb lets those of this machine in."""
    with (server.pid_file.parent / "pg_hba.conf").open("a") as rules:
        rules.writelines(f"host all all {client}/32 scram-sha-256\n" for client in clients)
    await _execute(server.dsn, "SELECT pg_reload_conf()")


async def create_template(server_dsn: str) -> None:
    """The database all others are cloned from: migrated, empty."""
    await _execute(server_dsn, f"CREATE DATABASE {TEMPLATE}")
    await migrate(dsn_of(server_dsn, TEMPLATE))


async def drop_template(server_dsn: str) -> None:
    """Leave a server that is not of this run as it was."""
    await _execute(server_dsn, f"DROP DATABASE {TEMPLATE} WITH (FORCE)")


def running_server() -> EmbeddedServer | None:
    """The server that ``TEST_POSTGRES`` names (a DSN of a superuser), whose process and files are out of reach."""
    dsn = os.environ.get("TEST_POSTGRES")
    if not dsn:
        return None
    return EmbeddedServer(dsn=dsn, port=urlsplit(dsn).port or 5432, pid_file=Path("/nowhere"), log=Path("/nowhere"))


async def _execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
