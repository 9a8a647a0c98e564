"""The whole service under load, beside a naive client and those of Replicate and fal: ``python -m bench.bench_service``.

Arguments are numbers of generations (100, 1,000 and 5,000 without any). Each subject is a process on one core; the
simulated KIE (for the two others: a server that speaks their protocol) and PostgreSQL are on the other.

A generation's end is known when the service has read it, delivered when its row is closed. The naive client does no
more than ask: no store, no queue, no delivery.
"""

import asyncio
import statistics
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Final

from attrs import frozen
from rich.table import Table

from bench.aims import Aim, at_least, at_most, console, run_alone
from bench.clients import naive, with_fal, with_replicate
from bench.load import Load
from bench.other_providers import other_providers
from bench.processes import OTHER_CORE, Child, pin, served
from bench.record import Record
from bench.service import follow_load
from bench.simulated_kie import Seen, simulated_kie
from bench.waiter import planned
from tests.support.postgres import FAST_AND_LOSE, cloned_database, create_template, own_server

NAIVE: Final = "every 3 s"
POLLING: Final = "mediabot, polling"
CALLBACKS: Final = "mediabot, callbacks"
WAITING: Final = "mediabot's waiting alone"
CLIENTS: Final = {NAIVE: naive, WAITING: planned}

LOADS: Final[Mapping[int, Load]] = {
    100: Load(tasks=100, starts_per_s=50),
    1000: Load(tasks=1000, starts_per_s=100),
    5000: Load(tasks=5000, starts_per_s=120, least_s=36.0),
}
"""The 5,000 take so long that nearly all of them are in flight at the same moment, and no longer: their starts and ends a
second are what the other core, with PostgreSQL and the simulated KIE, has to bear."""


@frozen(kw_only=True)
class Figures:
    """A subject's measures. Milliseconds after the true end; ``None`` where it did not get there."""

    known_p50: float
    known_p99: float
    delivered_p50: float | None
    reads: float
    cpu_ms: float
    kilobytes: float
    in_flight: int
    errors: Mapping[str, int]


def figures(record: Record, seen: Seen, tasks: int) -> Figures:
    """What the subject saw beside what was true. A task that no one found counts as an error."""
    known = _delays(record.found_at, seen)
    delivered = _delays(record.delivered_at, seen)
    missing = tasks - len(known)
    return Figures(
        known_p50=statistics.median(known),
        known_p99=known[len(known) * 99 // 100],
        delivered_p50=statistics.median(delivered) if delivered else None,
        reads=sum(seen.tasks[task_id].reads for task_id in record.found_at) / len(known),
        cpu_ms=1000 * record.cpu_s / tasks,
        kilobytes=record.kilobytes / max(record.most_in_flight, 1),
        in_flight=record.most_in_flight,
        errors={**record.troubles, **({"not found": missing} if missing and not record.troubles else {})},
    )


def _delays(moments: Mapping[str, float], seen: Seen) -> list[float]:
    return sorted(1000 * (at - seen.tasks[task_id].ended_at) for task_id, at in moments.items())


async def measure(load: Load, names: Sequence[str]) -> dict[str, Figures]:
    """These subjects at the same time, each service on a database of its own."""
    async with own_server(**FAST_AND_LOSE) as server, AsyncExitStack() as databases:
        await create_template(server.dsn)
        with served(simulated_kie) as kie:
            children: dict[str, Child[Record]] = {}
            for name in names:
                if name in CLIENTS:
                    children[name] = Child(CLIENTS[name], kie.base, load)
                else:
                    dsn = await databases.enter_async_context(cloned_database(server.dsn))
                    children[name] = Child(follow_load, kie.base, dsn, load, name == CALLBACKS)
            records = {name: child.result() for name, child in children.items()}
            seen = kie.report()
    return {name: figures(record, seen, load.tasks) for name, record in records.items()}


def measure_others(load: Load) -> dict[str, Figures]:
    """The clients of other providers, at the same time."""
    clients = {"replicate": with_replicate, "fal-client": with_fal}
    with served(other_providers) as provider:
        children = {name: Child(client, provider.base, load) for name, client in clients.items()}
        records = {name: child.result() for name, child in children.items()}
        seen = provider.report()
    return {name: figures(record, seen, load.tasks) for name, record in records.items()}


def report(load: Load, found: Mapping[str, Figures]) -> Table:
    table = Table(title=f"{load.tasks:,} generations, {load.starts_per_s:g} started a second")
    for heading in (
        "", "in flight", "known p50 ms", "p99 ms", "delivered p50 ms", "reads each", "CPU ms each", "KB each", "errors",
    ):  # fmt: skip
        table.add_column(heading, justify="right" if heading else "left")
    for name, one in found.items():
        table.add_row(
            name,
            f"{one.in_flight:,}",
            f"{one.known_p50:,.1f}",
            f"{one.known_p99:,.1f}",
            "" if one.delivered_p50 is None else f"{one.delivered_p50:,.1f}",
            f"{one.reads:.2f}",
            f"{one.cpu_ms:.2f}",
            f"{one.kilobytes:.1f}",
            ", ".join(f"{count} {what}" for what, count in one.errors.items()) or "0",
        )
    return table


def timing_aims(size: str, found: Mapping[str, Figures]) -> list[Aim]:
    asked, polled, rung = found[NAIVE], found[POLLING], found[CALLBACKS]
    return [
        at_most(f"{size} by callback: known after the end, p50", rung.known_p50, 5, unit=" ms"),
        at_most(f"{size} by callback: known after the end, p99", rung.known_p99, 20, unit=" ms"),
        at_most(f"{size} by callback: confirming reads", rung.reads, 1),
        at_most(f"{size} by polling: known after the end, p50 × naive", polled.known_p50 / asked.known_p50, 0.55),
        at_most(f"{size} by polling: known after the end, p99 × naive", polled.known_p99 / asked.known_p99, 1.1),
    ]


def undisturbed(size: str, found: Mapping[str, Figures]) -> Aim:
    """A client that asks every 3 s learns of an end 1.5 s late. Where it does not, something else had the cores."""
    late_s = found[NAIVE].known_p50 / 1000
    return Aim(
        f"{size}: machine idle (the naive client is late by)", "1.4-1.6 s", f"{late_s:.2f} s", 1.4 <= late_s <= 1.6
    )


def hundred() -> list[Aim]:
    """Few at a time: what waiting adds when nothing is busy, and what the other clients add."""
    load = LOADS[100]
    found = asyncio.run(measure(load, (NAIVE, POLLING, CALLBACKS)))
    console().print(report(load, found | measure_others(load)))
    return [undisturbed("100", found), *timing_aims("100", found)]


def thousand() -> list[Aim]:
    """As many as an account has in flight that creates 20 in 10 s of tasks that take eight minutes."""
    load = LOADS[1000]
    found = asyncio.run(measure(load, (NAIVE, WAITING, POLLING, CALLBACKS)))
    console().print(report(load, found))
    cpu = found[WAITING].cpu_ms / found[NAIVE].cpu_ms
    reads = found[POLLING].reads / found[NAIVE].reads  # of a hundred tasks one has too much weight to say
    return [
        undisturbed("1,000", found),
        *timing_aims("1,000", found),
        at_most("1,000 by polling: reads × naive", reads, 1.0),
        at_most("1,000: CPU of waiting alone, × naive", cpu, 1.25),
    ]


def five_thousand() -> list[Aim]:
    """As many as one process promises to carry; each subject has the core to itself."""
    load = LOADS[5000]
    found = asyncio.run(measure(load, (NAIVE,))) | asyncio.run(measure(load, (CALLBACKS,)))
    console().print(report(load, found))
    mediabot = found[CALLBACKS]
    return [
        undisturbed("5,000", found),
        at_least("5,000: in flight at the same moment", mediabot.in_flight, 4500, digits=0),
        at_most("5,000: errors", sum(mediabot.errors.values()), 0, digits=0),
        at_most("5,000 by callback: known after the end, p50", mediabot.known_p50, 5, unit=" ms"),
        at_most("5,000 by callback: known after the end, p99", mediabot.known_p99, 20, unit=" ms"),
        at_most("5,000: memory for each in flight", mediabot.kilobytes, 8, unit=" KB"),
        at_most("5,000: CPU of the whole service, × naive", mediabot.cpu_ms / found[NAIVE].cpu_ms, 1.25),
    ]


SIZES: Final = {"100": hundred, "1000": thousand, "5000": five_thousand}


def main(arguments: Sequence[str] = ()) -> list[Aim]:
    """Print a table for each load."""
    pin(OTHER_CORE)  # what this process starts itself is PostgreSQL
    return [aim for size in arguments or SIZES for aim in SIZES[size]()]


if __name__ == "__main__":
    run_alone(main)
