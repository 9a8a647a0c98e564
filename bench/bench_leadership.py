"""How long the bot is without a leader, fault by fault, and whether two ever acted: ``python -m bench.bench_leadership``.

Two instances as processes of their own on a real PostgreSQL, with the durations of production. For each fault: when the
standby had the lock, when it acted, and for how long both acted. Three rounds at the same time take less than a minute.
"""

import asyncio
import signal
import statistics
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Final

from attrs import astuple, define, frozen
from rich.table import Table

from adapters.embedded_postgres import EmbeddedServer
from adapters.postgres_store import migrate
from adapters.system.machine import SystemClock
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


DEPLOY: Final = "deploy (SIGTERM)"
KILL: Final = "kill (SIGKILL)"
FREEZE: Final = "freeze (SIGSTOP)"
PARTITION: Final = "partition"
OF_POSTGRESQL: Final[dict[str, Fault]] = {
    "pg_terminate_backend": terminate,
    "PostgreSQL restart, fast": restart_fast,
    "PostgreSQL restart, immediate": restart_immediate,
}
"""What ends the leader's session without the leader's doing: it learns of it a moment after the standby."""

FAULTS: Final[dict[str, Fault]] = {
    DEPLOY: deploy,
    KILL: kill,
    FREEZE: freeze,
    PARTITION: partition,
    **OF_POSTGRESQL,
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


async def _one_after_another(faults: Sequence[str]) -> dict[str, Outcome]:
    """Each of them once, on a server of their own."""
    async with own_server(fsync="off") as server:
        await migrate(server.dsn)
        return {name: await measure(server, FAULTS[name]) for name in faults}


async def _measure() -> dict[str, list[Outcome]]:
    """Three rounds, each in two halves, at the same time: they mostly wait."""
    halves = (list(FAULTS)[::2], list(FAULTS)[1::2])
    done = await asyncio.gather(*(_one_after_another(half) for half in halves for _ in range(ROUNDS)))
    return {name: [one[name] for one in done if name in one] for name in FAULTS}


def report(found: Mapping[str, list[Outcome]]) -> Table:
    table = Table(
        "fault",
        "lock taken over, ms",
        "acting again, ms",
        "both acted, ms",
        title="changes of leader: min / median / max of three",
    )
    for name, outcomes in found.items():
        columns = zip(*map(astuple, outcomes), strict=True)
        table.add_row(name, *map(_spread, columns))
    return table


def aims(found: Mapping[str, list[Outcome]]) -> list[Aim]:
    both_ms = {name: 1000 * max(outcome.both_s for outcome in outcomes) for name, outcomes in found.items()}
    return [
        at_most(
            "leader: deploy, acting again after",
            _median_ms(one.answered_s for one in found[DEPLOY]),
            100,
            unit=" ms",
            digits=0,
        ),
        at_most("leader: kill, lock after", _median_ms(one.locked_s for one in found[KILL]), 100, unit=" ms", digits=0),
        at_most(
            "leader: freeze, lock after", _median_ms(one.locked_s for one in found[FREEZE]), 5000, unit=" ms", digits=0
        ),
        at_most(
            "leader: partition, lock after",
            _median_ms(one.locked_s for one in found[PARTITION]),
            5000,
            unit=" ms",
            digits=0,
        ),
        at_most("leader: two acted", max(both_ms[name] for name in found if name not in OF_POSTGRESQL), 0, unit=" ms"),
        at_most(
            "leader: two acted, PostgreSQL ended the session",
            max(both_ms[name] for name in OF_POSTGRESQL),
            5,
            unit=" ms",
        ),
    ]


def main(_arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the table."""
    found = asyncio.run(_measure())
    console().print(report(found))
    return aims(found)


def _median_ms(seconds: Iterable[float]) -> float:
    return 1000 * statistics.median(seconds)


def _spread(seconds: Sequence[float]) -> str:
    return " / ".join(f"{value * 1000:.0f}" for value in (min(seconds), statistics.median(seconds), max(seconds)))


if __name__ == "__main__":
    run_alone(main)
