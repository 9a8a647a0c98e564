"""What waiting alone costs, and how soon the end of a task is known: ``python -m bench.bench_waiting [TASKS]``.

Three waiters in processes of their own, at the same time on one core, on one simulated KIE on the other: a client that asks
every 3 seconds, our adapter at our planned ages, and our adapter woken by callbacks. Nothing is stored and nothing delivered,
which ``bench_service`` adds.
"""

import asyncio
import statistics
from collections.abc import Callable, Sequence
from typing import Final

import aiohttp
from aiohttp import web
from attrs import frozen
from rich.table import Table

from adapters.kie_http import KieHttpProvider
from adapters.system.clock import SystemClock
from application.ports.media_provider import Submission, TaskRunning
from bench.aims import Aim, at_most, console, run_alone
from bench.clients import naive
from bench.load import PICTURE, Load, prompt_of
from bench.processes import Child, served
from bench.record import Record, follow_all
from bench.simulated_kie import API_KEY, Seen, simulated_kie
from domain.polling import PollPlanner

TASKS: Final = 1000
STARTS_PER_S: Final = 200
CLOCK: Final = SystemClock()


@frozen
class Waiter:
    """Our adapter and our planner, which has seen tasks of this kind before."""

    session: aiohttp.ClientSession
    base: str
    load: Load
    callbacks: bool

    async def follow_all(self, ring: Callable[[], tuple[str | None, asyncio.Event]]) -> Record:
        """``ring`` gives each task's callback URL and what is set when it comes."""
        planner = PollPlanner(callbacks=self.callbacks)
        for seconds in self.load.experience():
            planner.observe(PICTURE.id, seconds)
        provider = KieHttpProvider(
            self.session, api_key=API_KEY, api_base=self.base, upload_base=self.base, clock=CLOCK
        )

        async def follow(seconds: float) -> str:
            born, started = CLOCK.now(), CLOCK.monotonic()
            url, rung = ring()
            task_id = await provider.submit(
                Submission(model=PICTURE, input={"prompt": prompt_of(seconds)}, callback_url=url)
            )
            while True:
                age_s = CLOCK.monotonic() - started
                await CLOCK.wait(rung, planner.next_delay(PICTURE.id, PICTURE.output, age_s))
                rung.clear()
                if not isinstance(await provider.look_up(PICTURE, task_id, submitted_at=born), TaskRunning):
                    return task_id

        return await follow_all(self.load, follow)


def planned(base: str, load: Load) -> Record:
    """Asking at planned ages."""

    async def run() -> Record:
        async with aiohttp.ClientSession() as session:
            return await Waiter(session, base, load, callbacks=False).follow_all(lambda: (None, asyncio.Event()))

    return asyncio.run(run())


def called_back(base: str, load: Load) -> Record:
    """Asking when a callback says so."""
    rung: dict[str, asyncio.Event] = {}

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        rung[request.match_info["name"]].set()
        return web.Response()

    async def run() -> Record:
        app = web.Application()
        app.router.add_post("/{name}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]

        def ring() -> tuple[str, asyncio.Event]:
            name = str(len(rung))
            rung[name] = asyncio.Event()
            return f"http://127.0.0.1:{port}/{name}", rung[name]

        async with aiohttp.ClientSession() as session:
            return await Waiter(session, base, load, callbacks=True).follow_all(ring)

    return asyncio.run(run())


NAIVE: Final = "every 3 s"
PLANNED: Final = "planned ages"
CALLED_BACK: Final = "callbacks"
WAYS: Final = {NAIVE: naive, PLANNED: planned, CALLED_BACK: called_back}


@frozen(kw_only=True)
class Figures:
    """What a waiter came to, each for one task."""

    p50_ms: float
    p99_ms: float
    reads: float
    cpu_ms: float
    kilobytes: float

    def cells(self, base: "Figures") -> list[str]:
        """Each figure and its ratio to the base's."""
        names = ("p50_ms", "p99_ms", "reads", "cpu_ms", "kilobytes")
        return [f"{getattr(self, name):.2f}  ×{getattr(self, name) / getattr(base, name):.3f}" for name in names]


def figures(record: Record, seen: Seen) -> Figures:
    delays = sorted(1000 * (at - seen.tasks[task_id].ended_at) for task_id, at in record.found_at.items())
    return Figures(
        p50_ms=statistics.median(delays),
        p99_ms=delays[len(delays) * 99 // 100],
        reads=sum(seen.tasks[task_id].reads for task_id in record.found_at) / len(delays),
        cpu_ms=1000 * record.cpu_s / len(delays),
        kilobytes=record.kilobytes / record.most_in_flight,
    )


def measure(load: Load) -> dict[str, Figures]:
    """All ways at the same time: what is slow for one is slow for all."""
    with served(simulated_kie) as kie:
        children = {name: Child(way, kie.base, load) for name, way in WAYS.items()}
        records = {name: child.result() for name, child in children.items()}
        seen = kie.report()
    return {name: figures(record, seen) for name, record in records.items()}


def report(load: Load, found: dict[str, Figures]) -> Table:
    table = Table(title=f"waiting alone for {load.tasks:,} tasks, and the ratio to asking every 3 s")
    for heading in ("", "known after p50 ms", "p99 ms", "reads each", "CPU ms each", "KB each"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, one in found.items():
        table.add_row(name, *one.cells(found[NAIVE]))
    return table


def main(arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the table."""
    load = Load(tasks=int(arguments[0]) if arguments else TASKS, starts_per_s=STARTS_PER_S)
    found = measure(load)
    console().print(report(load, found))
    asked, ours, rung = found[NAIVE], found[PLANNED], found[CALLED_BACK]
    return [
        at_most("waiting: planned ages, p50 × naive", ours.p50_ms / asked.p50_ms, 0.55),
        at_most("waiting: planned ages, p99 × naive", ours.p99_ms / asked.p99_ms, 1.1),
        at_most("waiting: planned ages, reads × naive", ours.reads / asked.reads, 1.0),
        at_most("waiting: planned ages, CPU × naive", ours.cpu_ms / asked.cpu_ms, 1.25),
        at_most("waiting: callbacks, CPU × naive", rung.cpu_ms / asked.cpu_ms, 1.25),
    ]


if __name__ == "__main__":
    run_alone(main)
