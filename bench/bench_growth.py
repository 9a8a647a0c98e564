"""Whether the 10,000th generation costs what the 100th did: ``python -m bench.bench_growth``.

One service lives through 10,000 tasks that end at once, in a store that keeps them all; what 500 of them cost in CPU and in
time is taken at the beginning and at the end.
"""

import asyncio
import statistics
import time
from collections.abc import Sequence
from typing import Final

from attrs import frozen
from rich.table import Table

from bench.aims import Aim, at_most, console, run_alone
from bench.load import PICTURE
from bench.processes import OTHER_CORE, Child, pin, served
from bench.service import running_service
from bench.simulated_kie import simulated_kie
from tests.support.postgres import FAST_AND_LOSE, cloned_database, create_template, own_server

BLOCK: Final = 100
BLOCKS: Final = 100
AT_ONCE: Final = 25
COMPARED: Final = 5
"""So many blocks make the figure at either end: the 101st to the 600th generation, and the last 500."""


@frozen
class Cost:
    """Milliseconds for one generation of a block."""

    cpu_ms: float
    wall_ms: float


def live(kie: str, dsn: str) -> list[Cost]:
    """The subject: what each block cost."""

    async def run() -> list[Cost]:
        async with running_service(kie, dsn, callbacks=True) as service:
            costs = []
            for _ in range(BLOCKS):
                cpu_s, wall_s = time.process_time(), time.monotonic()
                for _ in range(BLOCK // AT_ONCE):
                    await asyncio.gather(*(service.wish(PICTURE.id, "a red fox in snow") for _ in range(AT_ONCE)))
                    await service.idle()
                wall_s, cpu_s = time.monotonic() - wall_s, time.process_time() - cpu_s
                costs.append(Cost(1000 * cpu_s / BLOCK, 1000 * wall_s / BLOCK))
            return costs

    return asyncio.run(run())


async def measure() -> list[Cost]:
    async with own_server(**FAST_AND_LOSE) as server:
        await create_template(server.dsn)
        async with cloned_database(server.dsn) as dsn:
            with served(simulated_kie) as kie:
                return Child(live, kie.base, dsn).result()


def typical(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(one.cpu_ms for one in costs), statistics.median(one.wall_ms for one in costs))


def main(_arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the table."""
    pin(OTHER_CORE)
    costs = asyncio.run(measure())
    first, last = typical(costs[1 : 1 + COMPARED]), typical(costs[-COMPARED:])
    table = Table(
        "generation", "CPU ms", "ms", title=f"{BLOCK * BLOCKS:,} generations one after another, {AT_ONCE} at a time"
    )
    table.add_row("about the 100th", f"{first.cpu_ms:.2f}", f"{first.wall_ms:.2f}")
    table.add_row("about the 10,000th", f"{last.cpu_ms:.2f}", f"{last.wall_ms:.2f}")
    console().print(table)
    return [
        at_most("10,000th generation: CPU, × the 100th", last.cpu_ms / first.cpu_ms, 1.1),
        at_most("10,000th generation: time, × the 100th", last.wall_ms / first.wall_ms, 1.1),
    ]


if __name__ == "__main__":
    run_alone(main)
