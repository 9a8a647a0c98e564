"""Starting the server, or joining the one that runs already."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

import structlog

from adapters.embedded_postgres.errors import EmbeddedPostgresError
from adapters.embedded_postgres.home import Home, prepare_home
from adapters.embedded_postgres.launch import start_unless_running
from adapters.embedded_postgres.locks import FileLock
from adapters.embedded_postgres.running import EmbeddedServer, Keeper, size_of, until_up, words_since

log = structlog.get_logger(__name__)

_START_ATTEMPTS: Final = 3
_STOP_WITHIN_S: Final = 30.0


@asynccontextmanager
async def embedded_postgres(
    data_dir: Path,
    *,
    binaries: Path | None = None,
    settings: Mapping[str, str] = MappingProxyType({}),
    start_timeout_s: float = 60.0,
) -> AsyncIterator[EmbeddedServer]:
    """A PostgreSQL server with its data in ``<data_dir>/postgres``, up until the last process using it is gone.

    A second process (or a second call) with the same ``data_dir`` gets the same server. The data stays. A server that dies
    comes back by itself on the same port; one whose users are killed stops within a moment. Linux and macOS; only Linux
    also stops the server when its keeper process is killed.

    ``binaries`` is the folder with ``postgres`` and ``initdb``, where not to search for it. ``settings`` are options of
    ``postgresql.conf``, used by the call that starts the server.

    Raises:
        EmbeddedPostgresError: it can't be had; the message says why and what to do.
    """
    with ExitStack() as stack:
        home = prepare_home(data_dir)
        try:
            async with asyncio.timeout(start_timeout_s):
                users = stack.enter_context(FileLock(home.lock("users")))
                server, keeper = await _enter(home, users, binaries=binaries, settings=settings)
        except TimeoutError as error:
            raise EmbeddedPostgresError(
                f"PostgreSQL in {home.path} was not up within {start_timeout_s:g} s. Its own log is {home.log}."
            ) from error
        except OSError as error:
            raise EmbeddedPostgresError(f"PostgreSQL in {home.path} could not be started: {error}.") from error
        try:
            yield server
        finally:
            await _leave(home, users, keeper)


async def _enter(
    home: Home, users: FileLock, *, binaries: Path | None, settings: Mapping[str, str]
) -> tuple[EmbeddedServer, Keeper | None]:
    """Count ourselves among the users; one process at a time passes this door, in or out. The keeper, if it is our child."""
    with FileLock(home.lock("door")) as door:
        await door.exclusive()
        await users.shared()
        for _ in range(_START_ATTEMPTS):
            log_start = size_of(home.log)
            keeper = await start_unless_running(home, binaries=binaries, settings=settings)
            if server := await until_up(home, keeper):
                return server, keeper
            words = words_since(home.log, log_start)
            if keeper and "Address already in use" not in words:  # else someone took the port we had chosen
                break
        raise EmbeddedPostgresError(f"PostgreSQL could not start on {home.cluster}. It said: {words}")


async def _leave(home: Home, users: FileLock, keeper: Keeper | None) -> None:
    """Go; as the last one, wait until the server has stopped."""
    try:
        async with asyncio.timeout(_STOP_WITHIN_S):
            with FileLock(home.lock("door")) as door:
                await door.exclusive()
                users.close()
                if not _others_remain(home):
                    with FileLock(home.lock("server")) as server:
                        await server.exclusive()
                    if keeper:
                        await asyncio.to_thread(keeper.wait)
    except TimeoutError:
        log.warning("postgres.stop_timed_out", home=str(home.path))


def _others_remain(home: Home) -> bool:
    """Whether someone uses the server besides us. If the lock is taken alone, its keeper found no one and is stopping it."""
    with FileLock(home.lock("users")) as users:
        return not users.try_exclusive() and users.try_shared()
