"""How long people wait for an answer of the chat: ``python -m bench.bench_answers``.

The whole of `mediabot run`, with its PostgreSQL, beside a bare aiogram bot that echoes, each at fifty updates a second: texts
(which search the registry, or change a card) and presses. The subject has one core; the simulated Telegram, the people and
PostgreSQL are on the other. An answer is the first thing a person sees: a message, an edit, the end of a press.
"""

import asyncio
import os
import statistics
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Final

from attrs import frozen
from rich.table import Table

from bench.aims import Aim, at_most, console, run_alone
from bench.processes import OTHER_CORE, SUBJECT_CORE, pin
from bench.telegram_crowd import Crowd
from simulators.telegram import TelegramWorld, serve
from tests.support.postgres import FAST_AND_LOSE, cloned_database, create_template, own_server
from tests.support.service import TOKEN, free_port, service_environment

PER_S: Final = 50.0
WARM_UP: Final = 200
ACTS: Final = 1000
NO_ONE: Final = "http://127.0.0.1:9"
"""Where KIE would be: nothing is run here."""
MEDIABOT: Final = "mediabot run"
ECHO: Final = "aiogram, an echo"

Subject = Callable[[str], AbstractAsyncContextManager[None]]
"""A bot on the Bot API at this address, for as long as the context is open."""


@frozen
class Waits:
    """Milliseconds from an act to its answer."""

    p50: float
    p99: float
    worst: float


@asynccontextmanager
async def mediabot(telegram: str) -> AsyncIterator[None]:
    """The service as it is deployed, on a database of its own."""
    async with own_server(**FAST_AND_LOSE) as postgres:
        await create_template(postgres.dsn)
        async with cloned_database(postgres.dsn) as dsn:
            environment = service_environment(dsn=dsn, telegram=telegram, kie=NO_ONE, port=free_port())
            async with running(str(Path(sys.executable).with_name("mediabot")), "run", environment=environment):
                yield


@asynccontextmanager
async def echo(telegram: str) -> AsyncIterator[None]:
    """The least a bot on aiogram can do."""
    async with running(sys.executable, "-m", "bench.echo_bot", telegram, TOKEN):
        yield


@asynccontextmanager
async def running(*command: str, environment: Mapping[str, str] = os.environ) -> AsyncIterator[None]:
    """A process on the subject's core, stopped in the end."""
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    os.sched_setaffinity(process.pid, {SUBJECT_CORE})
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


async def waits(subject: Subject) -> Waits:
    """Start it, let it warm up, measure."""
    telegram = TelegramWorld(tokens=[TOKEN])
    async with serve(telegram) as url, subject(url):
        await Crowd(telegram=telegram).act(times=1, per_s=1)
        await Crowd(telegram=telegram).act(times=WARM_UP, per_s=PER_S)
        crowd = Crowd(telegram=telegram)
        await crowd.act(times=ACTS, per_s=PER_S)
    found = [1000 * wait_s for wait_s in crowd.waits_s]
    return Waits(statistics.median(found), statistics.quantiles(found, n=100)[98], max(found))


def main(_: Sequence[str]) -> list[Aim]:
    """One subject after the other, the same acts for both."""
    pin(OTHER_CORE)
    measured = {name: asyncio.run(waits(subject)) for name, subject in ((ECHO, echo), (MEDIABOT, mediabot))}
    bare, service = measured[ECHO], measured[MEDIABOT]
    table = Table("subject", "p50", "p99", "worst", title=f"From an update to its answer, ms, at {PER_S:.0f} updates/s")
    for name, each in measured.items():
        table.add_row(name, f"{each.p50:.1f}", f"{each.p99:.1f}", f"{each.worst:.1f}")
    table.add_row(
        "ratio",
        f"{service.p50 / bare.p50:.2f}",
        f"{service.p99 / bare.p99:.2f}",
        f"{service.worst / bare.worst:.2f}",
    )
    console().print(table)
    return [at_most("an answer of the chat at 50 updates/s, p99", service.p99, 100.0, unit=" ms", digits=0)]


if __name__ == "__main__":
    run_alone(main)
