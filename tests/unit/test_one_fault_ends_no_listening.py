"""What listens for the whole process goes on after any fault, also one of our own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

from attrs import define, field

from adapters.memory.bot_states import InMemoryBotStates
from adapters.memory.clock import ManualClock
from adapters.memory.metrics import CountingMetrics
from adapters.postgres_store import Database, WatchHub
from adapters.postgres_store.listening import ListenHub
from adapters.postgres_store.watch_hub import AGAIN_AFTER_S
from application.operating.watch_bots import WatchBots
from config.fleet import LOOK_EVERY_S, Fleet
from config.settings import Settings
from tests.support.fleet_fakes import FakeBot, NoDirectory, until_stopped
from tests.support.generations import ANN

BROKEN = RuntimeError("a fault of our own")


@define(eq=False)
class Line:
    """A connection of the driver, of which only what the hub uses is there."""

    ended: list[Callable[[object], None]] = field(factory=list)
    hears: list[str] = field(factory=list)

    def add_termination_listener(self, note: Callable[[object], None]) -> None:
        self.ended.append(note)

    async def add_listener(self, channel: str, _hear: object) -> None:
        self.hears.append(channel)

    async def execute(self, _statement: str) -> None:
        """It answers."""

    def terminate(self) -> None:
        """It is gone."""


async def test_a_fault_while_the_connection_is_opened_again_does_not_end_the_listening() -> None:
    lines, faults, missed = [Line(), Line()], [None, BROKEN, BROKEN, None], asyncio.Event()

    async def connect() -> Any:
        if fault := faults.pop(0):
            raise fault
        return lines.pop()

    hub = ListenHub(connect)
    first = lines[-1]
    async with hub.listening("changes", "1", lambda _text: None, missed.set), asyncio.timeout(30):
        first.ended[0](first)
        await missed.wait()
    await hub.close()
    assert faults == []


@define(eq=False)
class Channel:
    """The database, as far as pages listen to it: the first time there is a fault of our own."""

    faults: list[Exception] = field(factory=lambda: [BROKEN])
    hear: Callable[[str], None] | None = None

    @asynccontextmanager
    async def listening(
        self, _channel: str, _name: str, hear: Callable[[str], None], _missed: Callable[[], None]
    ) -> AsyncIterator[None]:
        if self.faults:
            raise self.faults.pop()
        self.hear = hear
        yield


async def test_pages_hear_of_changes_after_a_fault_and_after_a_payload_that_is_none() -> None:
    channel = Channel()
    hub = WatchHub(cast("Database", channel))
    running = asyncio.create_task(hub.run())
    async with hub.watch("1", ANN) as changes, asyncio.timeout(AGAIN_AFTER_S + 5):
        assert await anext(changes) == ()
        assert channel.hear
        for payload in ("", "g1", "g1 1", f"g1 1 {ANN}"):
            channel.hear(payload)
        assert await anext(changes) == ("g1",)
    running.cancel()
    await asyncio.wait({running})
    assert running.cancelled()


@define(eq=False)
class BrokenDatabase:
    """Each use of it meets a fault of our own."""

    uses: int = 0

    def connection(self) -> Any:
        self.uses += 1
        raise BROKEN


async def test_a_fault_about_the_directory_ends_no_bot() -> None:
    clock, database, stop = ManualClock(), BrokenDatabase(), asyncio.Event()
    fleet = Fleet(
        Settings(),
        cast("Any", database),
        clock,
        cast("Any", FakeBot),
        until_stopped,
        cast("Any", NoDirectory()),
        cast("Any", FakeBot(Settings())),
        WatchBots(InMemoryBotStates(), clock, CountingMetrics()),
    )
    running = asyncio.create_task(fleet.run(stop))
    await clock.advance(3 * LOOK_EVERY_S)
    assert database.uses > 1
    stop.set()
    await clock.advance(LOOK_EVERY_S)
    await asyncio.wait_for(running, timeout=5)
