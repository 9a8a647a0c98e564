"""A leader that lives loses its lock while a result is on its way into the chat, and another one takes over."""

import asyncio

from tests.support.crash_gate import Side
from tests.support.crash_points import Outcome, Point
from tests.support.crash_stage import Stage, stage
from tests.support.service import service_process

END_LOCK_SESSION = """
SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
 WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND application_name LIKE 'mediabot lock %' AND datname = current_database()
"""


async def test_the_receipt_of_a_message_on_its_way_reaches_the_next_leader(database: str) -> None:
    async with stage(database) as place:
        await place.service.wait_for_role("leader")
        environment = place.service.environment
        async with service_process(
            dsn=environment["DATABASE_URL"],
            telegram=environment["TELEGRAM_API_BASE"],
            kie=environment["KIE_API_BASE"],
            public_url=environment["PUBLIC_URL"],
        ) as standby:
            await standby.wait_for_role("standby")
            story = await place.park(Point("a picture", "Telegram: sendPhoto"), Side.AFTER)
            await _lose_the_lock(place)
            assert story.stop is not None
            story.stop.let_go()
            await standby.wait_for_role("leader")
            await place.settle([story])
            assert await place.outcome_of(story) == Outcome.ONCE


async def _lose_the_lock(place: Stage) -> None:
    """The server ends the leader's session; return when someone has taken the next epoch."""
    before = await place.operator.fetchval("SELECT epoch FROM leadership")
    assert len(await place.operator.fetch(END_LOCK_SESSION)) == 1
    async with asyncio.timeout(30):
        while await place.operator.fetchval("SELECT epoch FROM leadership") == before:
            await asyncio.sleep(0.005)
