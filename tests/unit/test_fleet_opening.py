"""Bots are put together one after the other, and the event loop does other things meanwhile."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any, cast

from adapters.memory.bot_states import InMemoryBotStates
from adapters.memory.metrics import CountingMetrics
from adapters.system.machine import SystemClock
from application.operating.watch_bots import WatchBots
from config.accounts import Accounts
from config.fleet import Fleet
from config.settings import Settings
from domain.bot import BotId, BotRecord, ReadableBots
from tests.support.fleet_fakes import OPENING_S, FakeBot, NoDirectory, until_stopped

BOTS = 10


async def test_many_bots_that_are_opened_at_once_stall_the_heartbeats_for_no_longer_than_one() -> None:
    accounts = cast("Accounts", NoDirectory())
    fleet = Fleet(
        Settings(),
        cast("Any", None),
        SystemClock(),
        cast("Any", FakeBot),
        until_stopped,
        accounts,
        cast("Any", FakeBot(Settings())),
        WatchBots(InMemoryBotStates(), SystemClock(), CountingMetrics()),
    )
    records = {
        BotId(str(number)): BotRecord(
            id=BotId(str(number)), token=f"{number}:x", kie_key="k", added_at=datetime.now(UTC)
        )
        for number in range(1, BOTS + 1)
    }
    longest_s = 0.0

    async def beat() -> None:
        nonlocal longest_s
        last = time.monotonic()
        while True:
            await asyncio.sleep(0.005)
            longest_s, last = max(longest_s, time.monotonic() - last), time.monotonic()

    beating = asyncio.create_task(beat())
    async with asyncio.TaskGroup() as group:
        await fleet._follow(ReadableBots(bots=list(records.values()), accounts=()), group)
        while not all(member.bot for member in fleet._members.values()):
            await asyncio.sleep(0.02)
        for bot_id in records:
            await fleet._end(bot_id)
    beating.cancel()
    assert longest_s < BOTS * OPENING_S / 2
