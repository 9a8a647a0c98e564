"""Fifty bots on three instances, and what befalls these: ``python -m bench fleet``.

A real PostgreSQL, the durations of production, simulators of Telegram and KIE, and two people who ask all the bots in turn, one
for help, one for pictures. The simulated Telegram sees which instance acts for which bot. ``FLEET_BOTS`` and ``FLEET_DEPLOYS``
set other numbers. Takes about seven minutes on a busy machine.
"""

import asyncio
import os
import signal
import statistics
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import Final

from attrs import define, field
from rich.table import Table

from adapters.postgres_store import migrate
from bench.aims import Aim, at_most, console, run_alone
from tests.support.many_bots import ManyBots, many_bots
from tests.support.postgres import own_server

BOTS: Final = int(os.environ.get("FLEET_BOTS", "50"))
NAMES: Final = ("first", "second", "third", "fourth")
CUT_OFF: Final = "third"
QUESTIONS_PER_S: Final = 10.0
PICTURE_EVERY: Final = 10
"""One a second: all the bots share one account, which makes 20 in 12 s."""
DEPLOYS: Final = int(os.environ.get("FLEET_DEPLOYS", "20"))
PATIENCE_S: Final = 600.0
"""For opening all bots on every instance, on a machine that does other things as well."""
LED_WITHIN_S: Final = 120.0
"""A bot that is led again later than this is lost; what is asked for is one of the aims."""
ANSWERED_WITHIN_S: Final = 120.0
SETTLE_S: Final = 4.0
"""Longer than a lease, so that each event starts from settled leaderships."""


@define
class Figures:
    """What was measured: seconds until each bot was led again, by event; and of all of them together."""

    led_again_s: dict[str, list[float]] = field(factory=dict)
    even_s: dict[str, float] = field(factory=dict)
    connections: float = 0.0
    bot_mb: float = 0.0
    intrusions: int = 0
    asked: int = 0
    lost: int = 0
    repeated: int = 0
    created_twice: int = 0
    hand_overs: int = 0


Event = Callable[[ManyBots, str], Awaitable[list[float]]]


async def deploy(made: ManyBots, name: str) -> list[float]:
    """Stopped in order and started again."""
    tokens, struck_at = await made.led_by(name), made.telegram.clock()
    made.instances[name].ask_to_stop()
    again_s = await made.led_again_s(tokens, name, struck_at, within_s=LED_WITHIN_S)
    await made.instances[name].wait()
    made.instances[name].start()
    return again_s


async def kill(made: ManyBots, name: str) -> list[float]:
    """SIGKILL, and a new start."""
    tokens, struck_at = await made.led_by(name), made.telegram.clock()
    await made.instances[name].kill()
    again_s = await made.led_again_s(tokens, name, struck_at, within_s=LED_WITHIN_S)
    made.instances[name].start()
    return again_s


async def freeze(made: ManyBots, name: str) -> list[float]:
    """SIGSTOP, and SIGCONT once others lead."""
    tokens, struck_at = await made.led_by(name), made.telegram.clock()
    made.instances[name].send_signal(signal.SIGSTOP)
    again_s = await made.led_again_s(tokens, name, struck_at, within_s=LED_WITHIN_S)
    made.instances[name].send_signal(signal.SIGCONT)
    return again_s


async def cut_off(made: ManyBots, name: str) -> list[float]:
    """From the database alone and without a sound, until others lead: Telegram still takes what it sends."""
    tokens, struck_at = await made.led_by(name), made.telegram.clock()
    made.ways[name].stall()
    again_s = await made.led_again_s(tokens, name, struck_at, within_s=LED_WITHIN_S)
    made.ways[name].resume()
    return again_s


async def add(made: ManyBots, name: str) -> list[float]:
    """A further instance begins: no bot is without a leader."""
    made.instances[name].start()
    return []


async def remove(made: ManyBots, name: str) -> list[float]:
    """Stopped in order, and not started again."""
    tokens, struck_at = await made.led_by(name), made.telegram.clock()
    made.instances[name].ask_to_stop()
    again_s = await made.led_again_s(tokens, name, struck_at, within_s=LED_WITHIN_S)
    await made.instances[name].wait()
    return again_s


EVENTS: Final[Sequence[tuple[str, Event, str]]] = (
    ("kill", kill, "first"),
    ("freeze", freeze, "second"),
    ("partition", cut_off, CUT_OFF),
    ("add", add, "fourth"),
    ("remove", remove, "fourth"),
    *(("deploy", deploy, NAMES[number % 3]) for number in range(DEPLOYS)),
)


async def measure() -> Figures:
    """Idle memory first, then event after event while people write."""
    figures = Figures()
    async with own_server(fsync="off") as server:
        await migrate(server.dsn)
        figures.bot_mb = await memory_of_a_bot(server.dsn)
        console().print(f"{figures.bot_mb:.2f} MB an idle bot")
    async with own_server(fsync="off") as server:
        await migrate(server.dsn)
        async with many_bots(server.dsn, bots=BOTS, names=NAMES, start=NAMES[:3], proxied=[CUT_OFF]) as made:
            await made.evenly_led(within_s=PATIENCE_S)
            async with made.writing(QUESTIONS_PER_S, picture_every=PICTURE_EVERY):
                for name, strike, instance in EVENTS:
                    await one_event(made, figures, name, strike, instance)
            with suppress(AssertionError):  # what is lost is counted
                await made.all_answered(within_s=ANSWERED_WITHIN_S)
            figures.intrusions, figures.asked = len(made.intrusions()), made.questions.total() + made.wishes.total()
            figures.lost, figures.repeated = made.lost(), made.repeated()
            figures.created_twice, figures.hand_overs = made.created_twice(), made.hand_overs()
    return figures


async def one_event(made: ManyBots, figures: Figures, name: str, strike: Event, instance: str) -> None:
    """From settled leaderships to settled leaderships."""
    await asyncio.sleep(SETTLE_S)
    began_at = time.monotonic()
    again_s = await strike(made, instance)
    await made.evenly_led(within_s=PATIENCE_S)
    even_s = time.monotonic() - began_at
    figures.led_again_s.setdefault(name, []).extend(again_s)
    figures.even_s[name] = max(figures.even_s.get(name, 0.0), even_s)
    figures.connections = max(figures.connections, await made.connections())
    console().print(f"{name} of {instance}: {spread(again_s)} ms until led again, {even_s:.1f} s until even")


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
    figures = sorted(seconds) or [0.0]
    return " / ".join(f"{value * 1000:.0f}" for value in (figures[0], statistics.median(figures), figures[-1]))


def main(_arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the table and return the aims."""
    figures = asyncio.run(measure())
    table = Table("event", "bots", "led again, ms: min / median / max", "even, s", title=f"{BOTS} bots, 3 instances")
    for event, seconds in figures.led_again_s.items():
        table.add_row(event, str(len(seconds)), spread(seconds), f"{figures.even_s[event]:.1f}")
    console().print(table)
    console().print(
        f"{figures.hand_overs} hand-overs; of {figures.asked} updates {figures.lost} lost, {figures.repeated} answered twice,"
        f" {figures.created_twice} tasks created twice"
    )
    slowest_s = max(second for seconds in figures.led_again_s.values() for second in seconds)
    return [
        at_most(f"{BOTS} bots on 3 instances: each led again", slowest_s, 5.0, unit=" s"),
        at_most("fleet: acts of a deposed leader", figures.intrusions, 0, digits=0),
        at_most("fleet: updates lost", figures.lost, 0, digits=0),
        at_most("fleet: updates answered twice", figures.repeated, 0, digits=0),
        at_most("fleet: tasks created twice", figures.created_twice, 0, digits=0),
        at_most("fleet: connections per instance", figures.connections, 15, digits=1),
        at_most("fleet: memory of an idle bot", figures.bot_mb, 2.0, unit=" MB"),
    ]


if __name__ == "__main__":
    run_alone(main)
