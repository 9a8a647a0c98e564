"""What PostgreSQL and the way to it do to us: restarts, kills, cut lines, lost answers, refusals."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import asyncpg

from tests.support.fault_scene import Scene
from tests.support.fault_service import WITNESS
from tests.support.faults import Fault, Strike
from tests.support.postgres import Shutdown, restart
from tests.support.verdict import Excuses

LASTS_S: Final = 0.4

SQLSTATES: Final = {
    "disk-full": "53100",
    "out-of-memory": "53200",
    "io-error": "58030",
    "serialization": "40001",
    "deadlock": "40P01",
    "cancelled": "57014",
}

_TRIGGERED: Final = (
    "generations",
    "generation_results",
    "generation_receipts",
    "handled_updates",
    "drafts",
    "chat_sessions",
)

_INSTALL: Final = """
SELECT pg_advisory_xact_lock(53100);
CREATE TABLE IF NOT EXISTS trouble (code text, chance float);
CREATE OR REPLACE FUNCTION make_trouble() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
    SELECT code INTO found FROM trouble WHERE random() < chance LIMIT 1;
    IF found IS NOT NULL THEN RAISE EXCEPTION 'simulated' USING ERRCODE = found; END IF;
    RETURN NEW;
END $$;
"""

_TERMINATE: Final = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
   AND (application_name = '' OR $1 AND application_name <> 'witness')
"""

MAY_REFUSE: Final = Excuses(refused=True)
MAY_LEAVE_NO_LEADER: Final = Excuses(refused=True, errors=frozenset({"leadership.unusable"}))
"""Where the lock's session ends meanwhile, no new one can be taken, of which the operator hears."""


@asynccontextmanager
async def _administrator(scene: Scene) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(f"{scene.dsn}&application_name={WITNESS}")
    try:
        yield connection
    finally:
        connection.terminate()


def _restarted(how: Shutdown) -> Strike:
    async def strike(scene: Scene) -> None:
        assert scene.server is not None
        await scene.until(lambda: len(scene.kie.account.tasks) > 2)
        await restart(scene.server, how)

    return strike


def _raising(code: str, chance: float = 0.3) -> Strike:
    """For a while every write meets this with some probability. A full disk is raised by a trigger: a disk of our own
    to fill needs the right to mount one."""

    async def strike(scene: Scene) -> None:
        async with _administrator(scene) as connection:
            async with connection.transaction():
                await connection.execute(_INSTALL)
                for table in _TRIGGERED:
                    await connection.execute(
                        f"CREATE OR REPLACE TRIGGER trouble BEFORE INSERT OR UPDATE ON {table}"
                        " FOR EACH ROW EXECUTE FUNCTION make_trouble()"
                    )
            await connection.execute("INSERT INTO trouble VALUES ($1, $2)", code, chance)
        await asyncio.sleep(LASTS_S)
        await _heal(scene, code)

    return strike


async def _heal(scene: Scene, code: str) -> None:
    """Whatever else befalls the server."""
    while True:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            async with _administrator(scene) as connection:
                await connection.execute("DELETE FROM trouble WHERE code = $1", code)
                return
        await asyncio.sleep(LASTS_S / 10)


def _terminated(*, everybody: bool) -> Strike:
    """The server ends sessions, three times: the store's, or the lock's and the listener's as well."""

    async def strike(scene: Scene) -> None:
        async with _administrator(scene) as connection:
            for _ in range(3):
                await asyncio.sleep(LASTS_S / 4)
                await connection.execute(_TERMINATE, everybody)

    return strike


async def _stalled(scene: Scene) -> None:
    """The line to the store goes silent and comes back."""
    await asyncio.sleep(LASTS_S / 4)
    scene.store_line.stall()
    await asyncio.sleep(1.0)
    scene.store_line.resume()


async def _dropped(scene: Scene) -> None:
    """The line to the store breaks, again and again."""
    for _ in range(5):
        await asyncio.sleep(LASTS_S / 5)
        scene.store_line.drop()


async def _answer_lost(scene: Scene) -> None:
    """The server does as asked, and in one case of ten its answer does not come."""
    scene.store_line.lose_answers(lambda: scene.chance.random() < 0.1)
    await asyncio.sleep(2 * LASTS_S)
    scene.store_line.lose_answers(lambda: False)


async def _crowded(scene: Scene) -> None:
    """Every connection that the server allows is someone else's when our own have ended."""
    held = []
    others = f"{scene.dsn}&application_name=others"
    await asyncio.sleep(LASTS_S / 4)
    async with _administrator(scene) as connection:
        for _ in range(2):
            with suppress(asyncpg.TooManyConnectionsError):
                while True:
                    held.append(await asyncpg.connect(others))
            await connection.execute(_TERMINATE, False)
        await asyncio.sleep(LASTS_S)
        for other in held:
            other.terminate()


async def _read_only(scene: Scene) -> None:
    """The server is set to reading alone, as hosts do when its disk is full, and set back."""
    async with _administrator(scene) as connection:
        await connection.execute("SET default_transaction_read_only = off")
        await asyncio.sleep(LASTS_S / 4)
        await connection.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        await connection.execute("SELECT pg_reload_conf()")
        await asyncio.sleep(LASTS_S)
        await connection.execute("ALTER SYSTEM RESET default_transaction_read_only")
        await connection.execute("SELECT pg_reload_conf()")


async def _deadlocked(scene: Scene) -> None:
    """Someone takes what a save takes, the other way round."""
    await scene.until(lambda: scene.kie.account.tasks)
    async with _administrator(scene) as connection:
        with suppress(asyncpg.DeadlockDetectedError):
            async with connection.transaction():
                await connection.execute("SELECT FROM generations FOR UPDATE")
                await asyncio.sleep(LASTS_S / 4)
                await connection.execute("SELECT FROM leadership FOR UPDATE")


POSTGRES_TROUBLES: Final = (
    Fault(name="postgres:restarted", strike=_restarted(Shutdown.FAST), excuses=MAY_REFUSE, own_server=True),
    Fault(name="postgres:crashed", strike=_restarted(Shutdown.IMMEDIATE), excuses=MAY_REFUSE, own_server=True),
    Fault(name="postgres:killed", strike=_restarted(Shutdown.KILL), excuses=MAY_REFUSE, own_server=True),
    Fault(name="postgres:terminated", strike=_terminated(everybody=False), excuses=MAY_REFUSE),
    Fault(name="postgres:all-terminated", strike=_terminated(everybody=True), excuses=MAY_REFUSE),
    Fault(name="postgres:stalled", strike=_stalled, excuses=MAY_REFUSE),
    Fault(name="postgres:dropped", strike=_dropped, excuses=MAY_REFUSE),
    Fault(name="postgres:answer_lost", strike=_answer_lost, excuses=MAY_REFUSE),
    Fault(name="postgres:crowded", strike=_crowded, excuses=MAY_REFUSE, own_server=True),
    Fault(name="postgres:read-only", strike=_read_only, excuses=MAY_LEAVE_NO_LEADER, own_server=True),
    Fault(name="postgres:deadlocked", strike=_deadlocked, excuses=MAY_REFUSE),
    *(Fault(name=f"postgres:{name}", strike=_raising(code), excuses=MAY_REFUSE) for name, code in SQLSTATES.items()),
)
