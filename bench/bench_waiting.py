"""How soon the end of a task is known and what waiting costs: ``python -m bench.bench_waiting [TASKS]``.

Three waiters in processes of their own, at the same time, each with as many tasks in flight (1,000), on one simulated KIE in
a fourth process: a client that asks every 3 seconds, our planned ages, and our callbacks. Run times are drawn from a
lognormal with a median of 8 s, and the planner has seen 200 of them. Takes about half a minute.
"""

import asyncio
import math
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import aiohttp
from aiohttp import web
from attrs import define, field, frozen
from rich.console import Console
from rich.table import Table

from adapters.kie_http import KieHttpProvider
from adapters.kie_simulator import NO_LIMIT, KieSimulator, SimulatorOptions, serve
from adapters.system.clock import SystemClock
from application.ports.media_provider import Submission, TaskRunning
from domain.generation import TaskId
from domain.polling import NAIVE_INTERVAL_S, PollPlanner
from tests.support.kie_registry import raw_registry
from tests.support.registry import model

MEDIAN_S: Final = 8.0
SIGMA: Final = 0.35
STARTS_PER_S: Final = 200
PICTURE: Final = model("google/nano-banana")
OPTIONS: Final = SimulatorOptions(
    duration_s=0.0, credits=math.inf, creation_limit=NO_LIMIT, read_limit=NO_LIMIT, callback_retries=0
)
CLOCK: Final = SystemClock()


@define
class Record:
    """What one waiter saw: when it knew of each end (Unix seconds), and what that took."""

    found_at: dict[str, float] = field(factory=dict)
    reads: int = 0
    cpu_s: float = 0.0
    kilobytes: float = 0.0


@frozen
class Waiter:
    """One way to wait, for tasks on the KIE at ``base``."""

    base: str
    session: aiohttp.ClientSession
    record: Record

    def provider(self) -> KieHttpProvider:
        return KieHttpProvider(
            self.session, api_key=OPTIONS.api_key, api_base=self.base, upload_base=self.base, clock=CLOCK
        )

    async def look_up(self, provider: KieHttpProvider, task_id: TaskId, born: datetime) -> bool:
        self.record.reads += 1
        if isinstance(await provider.look_up(PICTURE, task_id, submitted_at=born), TaskRunning):
            return False
        self.record.found_at[task_id] = time.time()
        return True


Follow = Callable[[str], Coroutine[None, None, None]]
"""Create a task with this prompt and wait for its end."""


def run_times(count: int, seed: int) -> list[float]:
    drawn = random.Random(seed)
    return [drawn.lognormvariate(math.log(MEDIAN_S), SIGMA) for _ in range(count)]


def experienced(planner: PollPlanner) -> PollPlanner:
    for seconds in run_times(200, seed=1):
        planner.observe(PICTURE.id, seconds)
    return planner


async def naive(waiter: Waiter) -> Follow:
    """The least a client can do: create, then read every three seconds."""
    headers = {"Authorization": f"Bearer {OPTIONS.api_key}"}

    async def follow(prompt: str) -> None:
        body = {"model": PICTURE.id, "input": {"prompt": prompt}}
        async with waiter.session.post(f"{waiter.base}/api/v1/jobs/createTask", json=body, headers=headers) as response:
            task_id = (await response.json())["data"]["taskId"]
        url = f"{waiter.base}/api/v1/jobs/recordInfo?taskId={task_id}"
        state = "waiting"
        while state not in {"success", "fail"}:
            await asyncio.sleep(NAIVE_INTERVAL_S)
            waiter.record.reads += 1
            async with waiter.session.get(url, headers=headers) as response:
                state = (await response.json())["data"]["state"]
        waiter.record.found_at[task_id] = time.time()

    return follow


async def planned(waiter: Waiter) -> Follow:
    """Our adapter and our planner."""
    provider, planner = waiter.provider(), experienced(PollPlanner())

    async def follow(prompt: str) -> None:
        born, started = CLOCK.now(), CLOCK.monotonic()
        task_id = await provider.submit(Submission(model=PICTURE, input={"prompt": prompt}))
        while True:
            age_s = CLOCK.monotonic() - started
            await CLOCK.sleep(planner.next_delay(PICTURE.id, PICTURE.output, age_s))
            if await waiter.look_up(provider, task_id, born):
                return

    return follow


async def called_back(waiter: Waiter) -> Follow:
    """Our adapter, woken by callbacks, with the planner as backstop."""
    provider, planner = waiter.provider(), experienced(PollPlanner(callbacks=True))
    rung: dict[str, asyncio.Event] = {}

    async def ring(request: web.Request) -> web.Response:
        await request.read()
        rung[request.match_info["name"]].set()
        return web.Response()

    app = web.Application()
    app.router.add_post("/{name}", ring)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]

    async def follow(prompt: str) -> None:
        born, started = CLOCK.now(), CLOCK.monotonic()
        name = str(len(rung))
        rung[name] = asyncio.Event()
        task_id = await provider.submit(
            Submission(model=PICTURE, input={"prompt": prompt}, callback_url=f"http://127.0.0.1:{port}/{name}")
        )
        while True:
            age_s = CLOCK.monotonic() - started
            await CLOCK.wait(rung[name], planner.next_delay(PICTURE.id, PICTURE.output, age_s))
            rung[name].clear()
            if await waiter.look_up(provider, task_id, born):
                return

    return follow


WAYS: Final = {"every 3 s": naive, "planned ages": planned, "callbacks": called_back}


async def wait_for_all(way: str, base: str, tasks: int) -> Record:
    record = Record()
    async with aiohttp.ClientSession() as session:
        follow = await WAYS[way](Waiter(base, session, record))
        memory, cpu_s = resident_kilobytes(), time.process_time()
        async with asyncio.TaskGroup() as group:
            for seconds in run_times(tasks, seed=2):
                group.create_task(follow(f"!slow {seconds:.3f}"))
                await asyncio.sleep(1 / STARTS_PER_S)
            record.kilobytes = resident_kilobytes() - memory
        record.cpu_s = time.process_time() - cpu_s
    return record


def resident_kilobytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024


def waiter_process(way: str, base: str, tasks: int, parent: Connection) -> None:
    parent.send(asyncio.run(wait_for_all(way, base, tasks)))


def simulator_process(parent: Connection) -> None:
    """Serve until the parent asks when the tasks really ended."""

    async def run() -> None:
        simulator = KieSimulator(raw_registry(), OPTIONS)
        async with serve(simulator) as base:
            parent.send(base)
            await asyncio.to_thread(parent.recv)
            parent.send({task.id: task.ends_at for task in simulator.account.tasks.values()})

    asyncio.run(run())


def measure(tasks: int) -> tuple[dict[str, Record], dict[str, float]]:
    """Every waiter's record, and the true end of every task."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    simulator = spawn.Process(target=simulator_process, args=(theirs,))
    simulator.start()
    base = ours.recv()
    pipes = {way: spawn.Pipe() for way in WAYS}
    waiters = [
        spawn.Process(target=waiter_process, args=(way, base, tasks, child)) for way, (_, child) in pipes.items()
    ]
    for waiter in waiters:
        waiter.start()
    records = {way: parent.recv() for way, (parent, _) in pipes.items()}
    ours.send("done")
    ends = ours.recv()
    for process in (*waiters, simulator):
        process.join()
    return records, ends


def report(tasks: int, records: dict[str, Record], ends: dict[str, float]) -> Table:
    table = Table(title=f"Waiting for {tasks} tasks, and the ratio to asking every 3 s")
    for heading in ("way", "found after p50 ms", "p99 ms", "reads a task", "CPU ms a task", "KB a task"):
        table.add_column(heading, justify="left" if heading == "way" else "right")
    first: list[float] = []
    for way, record in records.items():
        delays = sorted(1000 * (found - ends[task_id]) for task_id, found in record.found_at.items())
        figures = [
            delays[len(delays) // 2],
            delays[len(delays) * 99 // 100],
            record.reads / tasks,
            1000 * record.cpu_s / tasks,
            record.kilobytes / tasks,
        ]
        first = first or figures
        table.add_row(way, *(f"{now:.2f}  ×{now / then:.3f}" for now, then in zip(figures, first, strict=True)))
    return table


def main() -> None:
    tasks = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    Console(width=120).print(report(tasks, *measure(tasks)))


if __name__ == "__main__":
    main()
