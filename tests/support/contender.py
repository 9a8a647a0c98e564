"""An instance in a process of its own, to be killed and frozen: competes for the lock and acts whenever it may.

Started as ``python -m tests.support.contender DSN HOLDER [TIMING]``. Writes one JSON object a line: what the product logs, and an
``act`` each time it decides to act. ``at`` is the machine's clock since boot, which all processes share.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import structlog
from attrs import define, field

from adapters.memory.metrics import CountingMetrics
from adapters.postgres_lock import PostgresLeaderLock, PostgresLocks
from adapters.system.machine import SystemClock
from application.leading.acquire_leadership import AcquireLeadership
from application.ports.leader_lock import Leadership
from domain.leadership import NORMAL_TIMING, LeaseTiming
from tests.support.leadership import SHORT_TIMING

ACT_EVERY_S: Final = 0.005
_TIMINGS: Final = {"short": SHORT_TIMING, "normal": NORMAL_TIMING}
_ROOT: Final = Path(__file__).parents[2]

Event = dict[str, Any]


@define
class Contender:
    """A running instance. ``events`` grows as it reports."""

    process: asyncio.subprocess.Process
    events: list[Event] = field(factory=list)
    news: asyncio.Condition = field(factory=asyncio.Condition)

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def acts(self) -> list[float]:
        """When it acted."""
        return [event["at"] for event in self.events if event["event"] == "act"]

    async def first(self, name: str, *, after: float = 0.0, within_s: float = 20.0, **fields: object) -> Event:
        """The first event of that name, with these fields, after that moment; waits for it."""
        async with asyncio.timeout(within_s), self.news:
            while True:
                for event in self.events:
                    if event["event"] == name and event["at"] > after and fields.items() <= event.items():
                        return event
                await self.news.wait()

    async def listen(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            async with self.news:
                self.events.append(json.loads(line))
                self.news.notify_all()


@asynccontextmanager
async def contender(dsn: str, holder: str, *, timing: str = "short") -> AsyncIterator[Contender]:
    """Start one, and kill it at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, dsn, holder, timing, stdout=asyncio.subprocess.PIPE, cwd=_ROOT
    )
    instance = Contender(process)
    listening = asyncio.create_task(instance.listen())
    try:
        yield instance
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await listening


class Acting:
    """A duty that acts without pause, as polling and sending would."""

    def __init__(self, clock: SystemClock) -> None:
        self._clock = clock

    async def run(self, leadership: Leadership) -> None:
        while True:
            now = self._clock.monotonic()
            if leadership.seconds_left() > 0:
                _report(event="act", at=now, epoch=leadership.epoch)
            await self._clock.sleep(ACT_EVERY_S)

    async def drain(self) -> None:
        """Nothing is left half done between two acts."""


def _report(**event: object) -> None:
    os.write(sys.stdout.fileno(), json.dumps(event).encode() + b"\n")


async def _main(dsn: str, holder: str, timing: LeaseTiming) -> None:
    clock = SystemClock()

    def with_time(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {**event, "at": clock.monotonic()}

    structlog.configure(processors=[with_time, structlog.processors.JSONRenderer()])
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    lock = PostgresLeaderLock(PostgresLocks(dsn, holder=holder, clock=clock, timing=timing), "1")
    acquire_leadership = AcquireLeadership(
        bot="1", lock=lock, clock=clock, duties={"acting": Acting(clock)}, metrics=CountingMetrics()
    )
    await acquire_leadership(stop)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], sys.argv[2], _TIMINGS[sys.argv[3]]))
