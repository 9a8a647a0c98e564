"""What people notice when whole instances take over from each other: ``python -m bench.bench_instances [FAULT …]``.

Three instances on a real PostgreSQL with the durations of production, simulators of Telegram and KIE, and eight people who
write 25 messages a second. The simulated Telegram sees who acts when. Takes about six minutes.
"""

import asyncio
import statistics
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from types import MappingProxyType
from typing import Final

from attrs import frozen
from rich.table import Table

from adapters.embedded_postgres import EmbeddedServer
from adapters.postgres_store import migrate
from bench.aims import Aim, at_most, console, run_alone
from domain.leadership import NORMAL_TIMING
from tests.support import fault_injection
from tests.support.fault_injection import Strike
from tests.support.fleet import Fleet, fleet
from tests.support.namespace import Namespace, can_make_namespaces, namespace
from tests.support.postgres import Shutdown, admit, own_server

NAMES: Final = ("first", "second", "third")
ROUNDS: Final = 3
DEPLOYS: Final = 20
SETTLE_S: Final = 4.0
"""Longer than a lease, so that each round starts from a settled leadership."""
PATIENCE_S: Final = 120.0
"""On a machine that is busy with other things. How long people waited is one of the figures."""
BEFORE_S: Final = 1.0
"""In which nothing happens: what people wait on this machine anyway."""


@frozen(kw_only=True)
class Round:
    """Seconds from the fault until another held the lock and until it acted; the longest wait of a person then, and before."""

    locked_s: float
    acting_s: float
    waited_s: float
    before_s: float


@frozen(kw_only=True)
class Outcome:
    """The rounds of one fault; acts of deposed leaders; messages unanswered, answered twice; polls answered with 409."""

    rounds: Sequence[Round]
    intrusions: int
    lost: int
    repeated: int
    conflicts: int


FAULTS: Final[Mapping[str, Callable[[EmbeddedServer], Strike]]] = {
    "deploy": lambda _: fault_injection.stopped,
    "kill": lambda _: fault_injection.killed,
    "freeze": lambda _: fault_injection.frozen,
    "blocked loop": lambda _: fault_injection.blocked,
    "partition": lambda _: fault_injection.cut_off,
    "partition in a network namespace": lambda _: fault_injection.out_of_reach,
    "pg_terminate_backend": lambda _: fault_injection.ended_by_the_server,
    "PostgreSQL restart, fast": lambda server: fault_injection.restarted(server, Shutdown.FAST),
    "PostgreSQL restart, immediate": lambda server: fault_injection.restarted(server, Shutdown.IMMEDIATE),
}
SLOWEST_LOCK_S: Final[Mapping[str, float]] = MappingProxyType(
    {"kill": 0.3, "freeze": 5.0, "blocked loop": 5.0, "partition": 5.0, "partition in a network namespace": 5.0}
)
"""From the fault to the next one's lock."""


async def measure(name: str) -> Outcome:
    """Fault after fault on one fleet, whose instances come back each time."""
    with_hosts = name == "partition in a network namespace"
    async with AsyncExitStack() as stack:
        hosts = {each: stack.enter_context(namespace()) for each in NAMES} if with_hosts else {}
        server = await stack.enter_async_context(listening(hosts))
        made = await stack.enter_async_context(fleet(server.dsn, NAMES, proxied=not with_hosts, hosts=hosts))
        async with made.crowd.writing():
            count = DEPLOYS if name == "deploy" else ROUNDS
            rounds = [await one_round(made, FAULTS[name](server)) for _ in range(count)]
        with suppress(TimeoutError):  # what is lost is counted
            await made.crowd.all_answered(within_s=PATIENCE_S)
        return Outcome(
            rounds=rounds,
            intrusions=len(made.intrusions()),
            lost=made.crowd.lost(),
            repeated=made.crowd.repeated(),
            conflicts=made.refused_polls(),
        )


@asynccontextmanager
async def listening(hosts: Mapping[str, Namespace]) -> AsyncIterator[EmbeddedServer]:
    """A migrated server that those hosts can reach."""
    cables = [host.to_database for host in hosts.values()]
    addresses = ",".join(["127.0.0.1", *(str(cable.outside) for cable in cables)])
    async with own_server(fsync="off", listen_addresses=addresses) as server:
        await migrate(server.dsn)
        await admit(server, [cable.inside for cable in cables])
        yield server


async def one_round(made: Fleet, strike: Strike) -> Round:
    """Strike, wait until someone answers, fix, and wait until everybody is back."""
    victim, epoch = await made.settled()
    await asyncio.sleep(SETTLE_S if strike is not fault_injection.stopped else 2 * BEFORE_S)
    struck_at = made.telegram.clock()
    before_s = max(made.crowd.waits_s(since=struck_at - BEFORE_S), default=BEFORE_S)  # at least: no one has an answer
    async with strike(made, victim):
        successor, _ = await made.leader(after=epoch)
        await made.crowd.answered_since(struck_at, within_s=PATIENCE_S)
        waited_s = max(made.crowd.waits_s(since=struck_at - BEFORE_S))
    if strike in {fault_injection.stopped, fault_injection.killed}:
        await made.instances[victim].wait()
        made.instances[victim].start()
    await made.settled(after=epoch)
    locked_at = granted_at(made, after=epoch)
    acting_at = next(act.at for act in made.acts() if act.at >= locked_at and act.instance == successor)
    return Round(
        locked_s=locked_at - struck_at,
        acting_s=acting_at - struck_at,
        waited_s=waited_s,
        before_s=before_s,
    )


def granted_at(made: Fleet, *, after: int) -> float:
    """When the lock was given for the first epoch after that one."""
    grants = (
        event
        for instance in made.instances.values()
        for event in instance.events
        if event["event"] == "leader_lock.granted" and event["epoch"] > after
    )
    return min(datetime.fromisoformat(event["timestamp"]).timestamp() for event in grants)


def row(name: str, outcome: Outcome) -> list[str]:
    """Of the table."""
    columns = (
        spread(each.locked_s for each in outcome.rounds),
        spread(each.acting_s for each in outcome.rounds),
        spread(each.waited_s for each in outcome.rounds),
        spread(each.before_s for each in outcome.rounds),
    )
    counts = (outcome.intrusions, outcome.lost, outcome.repeated, outcome.conflicts)
    return [name, *columns, *(str(count) for count in counts)]


def spread(seconds: Iterable[float]) -> str:
    """Minimum, median, maximum in milliseconds."""
    figures = sorted(seconds)
    return " / ".join(f"{value * 1000:.0f}" for value in (figures[0], statistics.median(figures), figures[-1]))


def aims_of(name: str, outcome: Outcome) -> list[Aim]:
    """What is promised of this fault."""
    aims = []
    if name == "deploy":
        acting_ms = max(each.acting_s for each in outcome.rounds) * 1000
        waited_ms = statistics.median(each.waited_s for each in outcome.rounds) * 1000
        aims += [
            at_most(
                f"deploys, {DEPLOYS} under load: until the next one acts, slowest", acting_ms, 100, unit=" ms", digits=0
            ),
            at_most("deploys: longest wait for an answer, median", waited_ms, 100, unit=" ms", digits=0),
            at_most("deploys: messages answered twice", outcome.repeated, 0, digits=0),
        ]
    if limit_s := SLOWEST_LOCK_S.get(name):
        locked_ms = max(each.locked_s for each in outcome.rounds) * 1000
        aims.append(at_most(f"{name}: lock taken over", locked_ms, limit_s * 1000, unit=" ms", digits=0))
    wait_s = max(each.acting_s - each.locked_s for each in outcome.rounds)
    aims.append(at_most(f"{name}: acting after the lock", wait_s, NORMAL_TIMING.lease_s + 0.2, unit=" s"))
    unwanted = outcome.intrusions + outcome.lost + outcome.conflicts
    aims.append(at_most(f"{name}: acts of a deposed leader, messages lost, 409s", unwanted, 0, digits=0))
    return aims


def main(arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the table, of the faults named or of all."""
    names = list(arguments) or [name for name in FAULTS if "namespace" not in name or can_make_namespaces()]
    table = Table(
        *(
            "fault",
            "lock taken over",
            "acting again",
            "longest wait",
            "in the second before",
            "both acted",
            "lost",
            "twice",
            "409",
        ),
        title="min / median / max, ms; counts",
    )
    aims: list[Aim] = []
    for name in names:
        outcome = asyncio.run(measure(name))
        table.add_row(*row(name, outcome))
        aims += aims_of(name, outcome)
    console().print(table)
    return aims


if __name__ == "__main__":
    run_alone(main)
