"""How long the bot is without a leader, fault by fault, and whether two ever acted: ``python -m bench.bench_leadership``.

Two instances as processes of their own on a real PostgreSQL, with the durations of production. For each fault: when the
standby had the lock, when it acted, and for how long both acted. Takes about five minutes.
"""

import asyncio
import signal
import statistics
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from attrs import define, frozen
from rich.table import Table

from adapters.embedded_postgres import EmbeddedServer
from adapters.postgres_store import migrate
from adapters.system.clock import SystemClock
from bench.aims import Aim, at_most, console, run_alone
from tests.support.contender import Contender, contender
from tests.support.leadership import end_session
from tests.support.postgres import Shutdown, own_server, restart
from tests.support.tcp_proxy import TcpProxy, proxy_before

ROUNDS: Final = 3
SETTLE_S: Final = 4.0
"""Longer than a lease, so that each round starts from a settled leadership."""


@define
class Scene:
    """A leader behind a proxy, and a standby in the queue."""

    server: EmbeddedServer
    proxy: TcpProxy
    leader: Contender
    standby: Contender


@frozen
class Outcome:
    """Seconds from the fault: until the standby held the lock, until it acted; and for how long both did."""

    locked_s: float
    answered_s: float
    both_s: float


Fault = Callable[[Scene], Awaitable[None]]


async def deploy(scene: Scene) -> None:
    scene.leader.send(signal.SIGTERM)


async def kill(scene: Scene) -> None:
    scene.leader.send(signal.SIGKILL)


async def freeze(scene: Scene) -> None:
    scene.leader.send(signal.SIGSTOP)


async def partition(scene: Scene) -> None:
    scene.proxy.stall()


async def terminate(scene: Scene) -> None:
    await end_session(scene.server.dsn, "leader")


async def restart_fast(scene: Scene) -> None:
    await restart(scene.server, Shutdown.FAST)


async def restart_immediate(scene: Scene) -> None:
    await restart(scene.server, Shutdown.IMMEDIATE)


FAULTS: Final[dict[str, Fault]] = {
    "deploy (SIGTERM)": deploy,
    "kill (SIGKILL)": kill,
    "freeze (SIGSTOP)": freeze,
    "partition": partition,
    "pg_terminate_backend": terminate,
    "PostgreSQL restart, fast": restart_fast,
    "PostgreSQL restart, immediate": restart_immediate,
}


async def measure(server: EmbeddedServer, fault: Fault) -> Outcome:
    """One round with fresh processes."""
    clock = SystemClock()
    async with proxy_before(server.dsn) as (proxy, dsn), contender(dsn, "leader", timing="normal") as leader:
        await leader.first("act")
        async with contender(server.dsn, "standby", timing="normal") as standby:
            await standby.first("leader_lock.connected")
            await asyncio.sleep(SETTLE_S)
            struck_at = clock.monotonic()
            await fault(Scene(server, proxy, leader, standby))
            return await _watch(leader, standby, struck_at)


async def _watch(leader: Contender, standby: Contender, struck_at: float) -> Outcome:
    """Who was first again is the new leader: after a restart it may be the old one."""
    waits = [asyncio.create_task(one.first("leader_lock.granted", after=struck_at)) for one in (leader, standby)]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    winner = standby if waits[1].done() else leader
    granted = next(wait for wait in waits if wait.done()).result()
    for wait in waits:
        wait.cancel()
    acted_at = (await winner.first("act", after=granted["at"]))["at"]
    if winner is standby and leader.process.returncode is None:
        leader.send(signal.SIGCONT)
        await asyncio.sleep(1)
    both_s = max(0.0, max(leader.acts()) - acted_at) if winner is standby else 0.0
    return Outcome(granted["at"] - struck_at, acted_at - struck_at, both_s)


async def _measure() -> list[Aim]:
    table = Table("fault", "lock taken over, ms", "acting again, ms", "both acted, ms", title="min / median / max")
    overlaps = 0.0
    async with own_server(fsync="off") as server:
        await migrate(server.dsn)
        for name, fault in FAULTS.items():
            outcomes = [await measure(server, fault) for _ in range(ROUNDS)]
            overlaps += sum(outcome.both_s for outcome in outcomes)
            table.add_row(
                name,
                _spread([outcome.locked_s for outcome in outcomes]),
                _spread([outcome.answered_s for outcome in outcomes]),
                _spread([outcome.both_s for outcome in outcomes]),
            )
    console().print(table)
    return [at_most("leadership: time that two instances acted, all faults", overlaps * 1000, 0, unit=" ms")]


def main(_arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the table."""
    return asyncio.run(_measure())


def _spread(seconds: list[float]) -> str:
    return " / ".join(f"{value * 1000:.0f}" for value in (min(seconds), statistics.median(seconds), max(seconds)))


if __name__ == "__main__":
    run_alone(main)
