"""How long the commands take to be there: ``python -m bench.bench_startup``.

`mediabot run` up to the moment when the platform may send it requests (``/readyz``), on a database that is migrated, and with
it the whole of aiogram; `mediabot models` to its last line, which needs neither aiogram nor the network.
"""

import asyncio
import os
import resource
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from attrs import frozen
from rich.table import Table

from bench.aims import Aim, at_most, console, run_alone
from tests.support.postgres import FAST_AND_LOSE, cloned_database, create_template, own_server

ROUNDS: Final = 3
MODELS: Final = "mediabot models"
RUN: Final = "mediabot run, ready"
MEDIABOT: Final = Path(sys.executable).with_name("mediabot")
NOT_NEEDED: Final = ("aiogram", "aiohttp", "asyncpg")
LOADED: Final = f"""
import sys
from config.main import dispatch
dispatch(["models"])
sys.stderr.write(" ".join(name for name in {NOT_NEEDED} if name in sys.modules))
"""


def bare() -> None:
    """The interpreter itself."""
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def models() -> None:
    """The registry on the terminal."""
    subprocess.run([MEDIABOT, "models"], stdout=subprocess.DEVNULL, check=True)


def run_until_ready(dsn: str) -> None:
    """The service, with no one to talk to, up to its first 200."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {
        "TELEGRAM_BOT_TOKEN": "1234567890:" + "a" * 35,
        "TELEGRAM_API_BASE": "http://127.0.0.1:9",
        "KIE_API_KEY": "bench",
        "ACCESS": "everyone",
        "DATABASE_URL": dsn,
        "PORT": str(port),
    }
    process = subprocess.Popen([MEDIABOT, "run"], env=environment, stderr=subprocess.DEVNULL)
    try:
        while not is_ready(port):
            time.sleep(0.005)
    finally:
        process.kill()
        process.wait()


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


@frozen
class Spent:
    """Seconds by the clock, and of CPU in the process that was started."""

    wall_s: float
    cpu_s: float


def spent_by(work: Callable[[], None]) -> Spent:
    """The medians of some rounds."""
    walls, cpus = [], []
    for _ in range(ROUNDS):
        began_at, used_s = time.monotonic(), _cpu_of_children_s()
        work()
        walls.append(time.monotonic() - began_at)
        cpus.append(_cpu_of_children_s() - used_s)
    return Spent(statistics.median(walls), statistics.median(cpus))


def _cpu_of_children_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


async def measure() -> dict[str, Spent]:
    async with own_server(**FAST_AND_LOSE) as server:
        await create_template(server.dsn)
        async with cloned_database(server.dsn) as dsn:
            ready = await asyncio.to_thread(spent_by, lambda: run_until_ready(dsn))
    return {"python -c pass": spent_by(bare), MODELS: spent_by(models), RUN: ready}


def main(_arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the table."""
    found = asyncio.run(measure())
    table = Table("", "s", "s of CPU", title=f"from the start, median of {ROUNDS}")
    for name, spent in found.items():
        table.add_row(name, f"{spent.wall_s:.2f}", f"{spent.cpu_s:.2f}")
    console().print(table)
    loaded = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True).stderr
    return [
        Aim("start: what `mediabot models` loads of the network", "nothing", loaded or "nothing", held=not loaded),
        at_most("start: `mediabot models`, CPU", found[MODELS].cpu_s, 1, unit=" s"),
        at_most("start: `mediabot run` until it is ready, CPU", found[RUN].cpu_s, 4, unit=" s"),
    ]


if __name__ == "__main__":
    run_alone(main)
