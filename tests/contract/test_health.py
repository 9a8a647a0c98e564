"""What the platform's health check of a whole instance sees."""

import asyncio

import aiohttp
import pytest

from simulators.telegram import TelegramFault
from tests.support.fault_injection import blocked, cut_off
from tests.support.fleet import fleet
from tests.support.forkserver import BLOCKED_S
from tests.support.service import ServiceProcess

pytestmark = pytest.mark.postgres

PLATFORM_WAITS_S = 5.0
"""For the answer of a health check, as Render does."""


async def health(instance: ServiceProcess) -> int | None:
    """The status of `/healthz`; None: no answer in time, which the platform takes for a failure."""
    patience = aiohttp.ClientTimeout(total=PLATFORM_WAITS_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=patience) as session,
            session.get(f"{instance.url}/healthz") as response,
        ):
            return response.status
    except TimeoutError:
        return None


async def test_an_instance_without_database_and_telegram_is_healthy_and_leads_again_when_they_are_back(
    database: str,
) -> None:
    async with fleet(database, ("only",), proxied=True) as one:
        _, epoch = await one.settled()
        one.telegram.faults.add(TelegramFault(drop=True, times=None))
        async with cut_off(one, "only"):
            await one.instances["only"].wait_for_role("standby")
            assert await health(one.instances["only"]) == 200
        one.telegram.faults.clear()
        await one.leader(after=epoch)
        async with one.crowd.writing():
            pass
        await one.crowd.all_answered()


async def test_an_instance_whose_event_loop_is_stuck_fails_its_check_and_recovers_with_it(database: str) -> None:
    async with fleet(database, ("only",)) as one:
        await one.settled()
        async with blocked(one, "only"):
            assert await health(one.instances["only"]) is None
        await asyncio.sleep(BLOCKED_S - PLATFORM_WAITS_S)
        assert await health(one.instances["only"]) == 200
