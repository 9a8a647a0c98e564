"""Nine bots on three instances while someone writes to all of them: a kill, a freeze, a new instance, a deploy."""

import signal

import pytest

from domain.leadership import NORMAL_TIMING
from tests.support.many_bots import ManyBots, many_bots

pytestmark = [pytest.mark.postgres, pytest.mark.leases, pytest.mark.timeout(300)]

BOTS = 9
MOST_CONNECTIONS = 15
LED_AGAIN_S = NORMAL_TIMING.idle_s + NORMAL_TIMING.ask_s + 2.0
"""The longest that the rules allow, and a start on a busy machine."""


async def test_each_bot_has_one_leader_through_a_kill_a_freeze_and_deploys(database: str) -> None:
    names = ("first", "second", "third", "fourth")
    async with many_bots(database, bots=BOTS, names=names, start=names[:3]) as made:
        await made.evenly_led()
        async with made.writing(per_second=BOTS):
            killed = await made.led_by("first")
            struck_at = made.telegram.clock()
            await made.instances["first"].kill()
            again_s = await made.led_again_s(killed, "first", struck_at)
            made.instances["fourth"].start()
            await made.evenly_led()
            again_s += await freeze(made, "second")
            await made.instances["third"].terminate()
            made.instances["third"].start()
            await made.evenly_led()
            connections = await made.connections()
        await made.all_answered()
        assert made.intrusions() == []
        assert max(again_s) < LED_AGAIN_S, made.log
        assert made.repeated() <= BOTS, "a fault may fall behind one answer in each chat"
        assert connections <= MOST_CONNECTIONS


async def freeze(made: ManyBots, name: str) -> list[float]:
    """Until others lead its bots."""
    tokens, struck_at = await made.led_by(name), made.telegram.clock()
    made.instances[name].send_signal(signal.SIGSTOP)
    again_s = await made.led_again_s(tokens, name, struck_at)
    made.instances[name].send_signal(signal.SIGCONT)
    await made.evenly_led()
    return again_s


async def test_a_deploy_hands_over_every_bot_and_repeats_nothing(database: str) -> None:
    async with many_bots(database, bots=BOTS, names=("first", "second")) as made:
        await made.evenly_led()
        async with made.writing(per_second=BOTS):
            await made.instances["first"].terminate()
            await made.evenly_led()
        await made.all_answered()
        assert made.intrusions() == []
        assert made.repeated() == 0
