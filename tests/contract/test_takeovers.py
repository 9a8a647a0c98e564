"""Three whole instances while people write, and what befalls the leader: another takes over, and never two act."""

import pytest

from tests.support.fleet import Fleet, fleet
from tests.support.strikes import Strike, blocked, cut_off, ended_by_the_server, frozen, killed, stopped

pytestmark = pytest.mark.postgres

IN_FLIGHT = 2
"""Answers that a fault may fall behind: Telegram has them, and the log of handled updates does not yet."""


async def struck(three: Fleet, strike: Strike) -> None:
    """It strikes the leader while people write; whoever lives stands by or leads afterwards, and all are answered."""
    victim, epoch = await three.settled()
    async with three.crowd.writing():
        struck_at = three.telegram.clock()
        async with strike(three, victim):
            await three.leader(after=epoch)
            await three.crowd.answered_since(struck_at)
        over_at = three.telegram.clock()
        await three.settled(after=epoch)
        await three.crowd.answered_since(over_at)
    await three.crowd.all_answered()


@pytest.mark.parametrize("strike", [stopped, killed, frozen, blocked, cut_off, ended_by_the_server])
async def test_another_takes_over_and_nobody_is_left_without_an_answer(strike: Strike, database: str) -> None:
    async with fleet(database, ("first", "second", "third"), proxied=True) as three:
        await struck(three, strike)
        assert three.intrusions() == []
        assert three.crowd.repeated() <= (0 if strike is stopped else IN_FLIGHT)
        assert three.refused_polls() == 0


async def test_with_a_webhook_the_others_answer_before_one_of_them_leads(database: str) -> None:
    async with fleet(database, ("first", "second"), environment={"TELEGRAM_MODE": "webhook"}) as two:
        victim, epoch = await two.settled()
        async with two.crowd.writing():
            struck_at = two.telegram.clock()
            async with killed(two, victim):
                await two.leader(after=epoch)
            await two.until(lambda: len(two.telegram.log.of("setWebhook")) == 2)
            hooked_at = two.telegram.log.of("setWebhook")[-1].at
        await two.crowd.all_answered()
        answers = [at for chat in two.crowd.answered_at().values() for at in chat]
        assert any(struck_at < at < hooked_at for at in answers)
        assert two.crowd.repeated() <= IN_FLIGHT
        assert two.telegram.log.of("getUpdates") == []
