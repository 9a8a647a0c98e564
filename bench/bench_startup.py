"""How long the commands take to be there: ``python -m bench.bench_startup``.

`mediabot run` up to the moment when the platform may send it requests (``/readyz``), on a database that is migrated, and with
it the whole of aiogram; `mediabot models` to its last line, which needs neither aiogram nor the network.
"""

import asyncio
import os
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

from rich.table import Table

from bench.aims import Aim, at_most, console, run_alone
from tests.support.postgres import FAST_AND_LOSE, cloned_database, create_template, own_server

ROUNDS: Final = 3
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
    """The service, with nobody to talk to, up to its first 200."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {
        "TELEGRAM_BOT_TOKEN": "1234567890:" + "a" * 35,
        "TELEGRAM_API_BASE": "http://127.0.0.1:9",
        "KIE_API_KEY": "bench",
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


def median_s(work: Callable[[], None]) -> float:
    spent = []
    for _ in range(ROUNDS):
        began_at = time.monotonic()
        work()
        spent.append(time.monotonic() - began_at)
    return statistics.median(spent)


async def measure() -> dict[str, float]:
    async with own_server(**FAST_AND_LOSE) as server:
        await create_template(server.dsn)
        async with cloned_database(server.dsn) as dsn:
            ready = await asyncio.to_thread(median_s, lambda: run_until_ready(dsn))
    return {"python -c pass": median_s(bare), "mediabot models": median_s(models), "mediabot run, ready": ready}


def main(_arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the table."""
    found = asyncio.run(measure())
    table = Table("", "s, median", title=f"from the start, {ROUNDS} times")
    for name, seconds in found.items():
        table.add_row(name, f"{seconds:.2f}")
    console().print(table)
    loaded = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True).stderr
    return [
        Aim("start: what `mediabot models` loads of the network", "nothing", loaded or "nothing", held=not loaded),
        at_most("start: `mediabot models`", found["mediabot models"], 1, unit=" s"),
        at_most("start: `mediabot run` until it is ready", found["mediabot run, ready"], 5, unit=" s"),
    ]


if __name__ == "__main__":
    run_alone(main)
