"""Fifty bots on three instances, and what befalls these: ``python -m bench fleet``.

A real PostgreSQL, the durations of production, simulators of Telegram and KIE, and a person who asks all the bots in turn. The
simulated Telegram sees which instance acts for which bot. ``FLEET_BOTS`` and ``FLEET_DEPLOYS`` set other numbers.
"""

import asyncio
import os
import signal
import statistics
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Final

from attrs import define, field
from rich.table import Table

from adapters.postgres_store import migrate
from bench.aims import Aim, at_most, console, run_alone
from tests.support.many_bots import ManyBots, many_bots
from tests.support.postgres import own_server

BOTS: Final = int(os.environ.get("FLEET_BOTS", "50"))
NAMES: Final = ("first", "second", "third", "fourth")
QUESTIONS_PER_S: Final = 10.0
DEPLOYS: Final = int(os.environ.get("FLEET_DEPLOYS", "20"))
PATIENCE_S: Final = 600.0
"""For opening all bots on every instance, on a machine that does other things as well."""
SETTLE_S: Final = 4.0
"""Longer than a lease, so that each event starts from settled leaderships."""


@define
class Figures:
    """What was measured: seconds until each bot was led again, by event; and of all of them together."""

    led_again_s: dict[str, list[float]] = field(factory=dict)
    connections: float = 0.0
    bot_mb: float = 0.0
    intrusions: int = 0
    lost: int = 0
    repeated: int = 0
    hand_overs: int = 0


Event = Callable[[ManyBots, str], Awaitable[list[float]]]


async def deploy(made: ManyBots, name: str) -> list[float]:
    """Stopped in order and started again."""
    tokens, struck_at = await made.led_by(name), made.telegram.clock()
    made.instances[name].ask_to_stop()
    again_s = await made.led_again_s(tokens, name, struck_at)
    await made.instances[name].wait()
    made.instances[name].start()
    return again_s


async def kill(made: ManyBots, name: str) -> list[float]:
    """SIGKILL, and a new start."""
    tokens, struck_at = await made.led_by(name), made.telegram.clock()
    await made.instances[name].kill()
    again_s = await made.led_again_s(tokens, name, struck_at)
    made.instances[name].start()
    return again_s


async def freeze(made: ManyBots, name: str) -> list[float]:
    """SIGSTOP, and SIGCONT once others lead."""
    tokens, struck_at = await made.led_by(name), made.telegram.clock()
    made.instances[name].send_signal(signal.SIGSTOP)
    again_s = await made.led_again_s(tokens, name, struck_at)
    made.instances[name].send_signal(signal.SIGCONT)
    return again_s


EVENTS: Final[Mapping[str, Event]] = {"kill": kill, "freeze": freeze}


async def measure() -> Figures:
    """Idle memory first, then event after event while people write."""
    figures = Figures()
    async with own_server(fsync="off") as server:
        await migrate(server.dsn)
        figures.bot_mb = await memory_of_a_bot(server.dsn)
        console().print(f"{figures.bot_mb:.2f} MB an idle bot")
    async with own_server(fsync="off") as server:
        await migrate(server.dsn)
        async with many_bots(server.dsn, bots=BOTS, names=NAMES, start=NAMES[:3]) as made:
            await made.evenly_led(within_s=PATIENCE_S)
            async with made.writing(QUESTIONS_PER_S):
                for event, strike in EVENTS.items():
                    await asyncio.sleep(SETTLE_S)
                    figures.led_again_s[event] = await strike(made, "first")
                    console().print(f"{event}: {spread(figures.led_again_s[event])} ms until led again")
                    await made.evenly_led(within_s=PATIENCE_S)
                made.instances["fourth"].start()
                await made.evenly_led(within_s=PATIENCE_S)
                figures.connections = await made.connections()
                await made.instances["fourth"].terminate()
                await made.evenly_led(within_s=PATIENCE_S)
                figures.led_again_s["deploy"] = []
                for number in range(DEPLOYS):
                    figures.led_again_s["deploy"] += await deploy(made, NAMES[number % 3])
                    await made.evenly_led(within_s=PATIENCE_S)
            await made.all_answered()
            figures.intrusions, figures.lost = len(made.intrusions()), made.lost()
            figures.repeated, figures.hand_overs = made.repeated(), made.hand_overs()
    return figures


async def memory_of_a_bot(dsn: str) -> float:
    """Megabytes that each further bot adds to a process that does nothing."""
    sizes = []
    for bots in (2, 2 + BOTS):
        async with many_bots(dsn, bots=bots, names=("alone",)) as made:
            await made.evenly_led(within_s=PATIENCE_S)
            await asyncio.sleep(SETTLE_S)
            sizes.append(made.memory_mb("alone"))
    return (sizes[1] - sizes[0]) / BOTS


def spread(seconds: Iterable[float]) -> str:
    """Minimum, median, maximum in milliseconds."""
    figures = sorted(seconds)
    return " / ".join(f"{value * 1000:.0f}" for value in (figures[0], statistics.median(figures), figures[-1]))


def main(_arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the table and return the aims."""
    figures = asyncio.run(measure())
    table = Table("event", "bots", "led again, ms: min / median / max", title=f"{BOTS} bots, 3 instances")
    for event, seconds in figures.led_again_s.items():
        table.add_row(event, str(len(seconds)), spread(seconds))
    console().print(table)
    console().print(f"{figures.hand_overs} hand-overs; {figures.repeated} answers repeated; {figures.lost} lost")
    slowest_s = max(max(seconds) for seconds in figures.led_again_s.values())
    return [
        at_most(f"{BOTS} bots on 3 instances: each led again", slowest_s, 5.0, unit=" s"),
        at_most("fleet: acts of a deposed leader, messages lost", figures.intrusions + figures.lost, 0, digits=0),
        at_most("fleet: connections per instance", figures.connections, 15, digits=1),
        at_most("fleet: memory of an idle bot", figures.bot_mb, 2.0, unit=" MB"),
    ]


if __name__ == "__main__":
    run_alone(main)
