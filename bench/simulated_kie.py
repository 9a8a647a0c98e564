"""The simulated KIE as a server for subjects, and the truth about what they asked of it."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from attrs import frozen

from bench.processes import Report
from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions, serve

API_KEY: Final = SimulatorOptions().api_key


@frozen(kw_only=True)
class Truth:
    """When a task really ended (Unix seconds), and how often it was looked up."""

    ended_at: float
    reads: int


@frozen(kw_only=True)
class Creation:
    """One create request: when it came (Unix seconds), and KIE's code for it (200: taken)."""

    at: float
    code: int


@frozen(kw_only=True)
class Seen:
    """Everything the simulator knows: each task by its id, each create request in its order."""

    tasks: dict[str, Truth]
    creations: list[Creation]


@asynccontextmanager
async def simulated_kie(creations_per_10_s: int = NO_LIMIT) -> AsyncIterator[tuple[str, Report]]:
    """A server for ``bench.processes.served``: instant tasks, unless the prompt says how slow."""
    simulator = KieSimulator(
        SimulatorOptions(
            duration_s=0.0,
            credits=math.inf,
            creation_limit=creations_per_10_s,
            read_limit=NO_LIMIT,
        ),
    )

    def report() -> Seen:
        return Seen(
            tasks={
                task.id: Truth(ended_at=task.ends_at, reads=len(task.reads))
                for task in simulator.account.tasks.values()
            },
            creations=[Creation(at=call.at, code=call.code) for call in simulator.account.creates],
        )

    async with serve(simulator) as base:
        yield base, report
