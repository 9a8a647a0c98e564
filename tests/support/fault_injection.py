"""What befalls the leader of a fleet. Each strikes when its context is entered, and is over when it is left."""

import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg

from adapters.embedded_postgres import EmbeddedServer
from tests.support.fleet import Fleet
from tests.support.forkserver import BLOCKING
from tests.support.postgres import Shutdown, restart

Strike = Callable[[Fleet, str], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def stopped(fleet: Fleet, victim: str) -> AsyncIterator[None]:
    """SIGTERM, as a platform stops an instance."""
    fleet.instances[victim].send_signal(signal.SIGTERM)
    yield


@asynccontextmanager
async def killed(fleet: Fleet, victim: str) -> AsyncIterator[None]:
    """SIGKILL."""
    fleet.instances[victim].send_signal(signal.SIGKILL)
    yield


@asynccontextmanager
async def frozen(fleet: Fleet, victim: str) -> AsyncIterator[None]:
    """SIGSTOP, and SIGCONT afterwards."""
    fleet.instances[victim].send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        fleet.instances[victim].send_signal(signal.SIGCONT)


@asynccontextmanager
async def blocked(fleet: Fleet, victim: str) -> AsyncIterator[None]:
    """Its event loop stands still for longer than an idle time, by a fault of our own. It comes back by itself."""
    fleet.instances[victim].send_signal(BLOCKING)
    yield


@asynccontextmanager
async def cut_off(fleet: Fleet, victim: str) -> AsyncIterator[None]:
    """From the database alone and without a sound: Telegram still takes what it sends."""
    fleet.ways[victim].stall()
    try:
        yield
    finally:
        fleet.ways[victim].resume()


@asynccontextmanager
async def out_of_reach(fleet: Fleet, victim: str) -> AsyncIterator[None]:
    """As ``cut_off``, for an instance on a host of its own: the packets vanish between the kernels."""
    fleet.hosts[victim].cut()
    try:
        yield
    finally:
        fleet.hosts[victim].repair()


@asynccontextmanager
async def ended_by_the_server(fleet: Fleet, _victim: str) -> AsyncIterator[None]:
    """The session that holds the lock, by pg_terminate_backend."""
    connection = await asyncpg.connect(fleet.dsn)
    try:
        ended = await connection.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND application_name LIKE 'mediabot lock %'"
            " AND datname = current_database()"
        )
    finally:
        await connection.close()
    assert len(ended) == 1
    yield


def restarted(server: EmbeddedServer, how: Shutdown) -> Strike:
    """The database goes down in that way and comes back."""

    @asynccontextmanager
    async def strike(_fleet: Fleet, _victim: str) -> AsyncIterator[None]:
        await restart(server, how)
        yield

    return strike
