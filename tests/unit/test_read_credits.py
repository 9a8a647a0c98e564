"""What is left on the account, at hand for every card."""

import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.trouble import Trouble
from application.errors import ProviderUnavailable
from application.generating.bot_accounts import BotAccounts
from application.operating.read_credits import FRESH_S, ReadCredits


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


async def test_the_figure_is_read_again_after_a_minute_and_not_before(clock: ManualClock) -> None:
    provider = InMemoryProvider(clock, credits=100)
    read = ReadCredits(BotAccounts(provider), clock)
    assert await read() == 100
    provider.credits_left = 90
    assert await read() == 100
    await clock.advance(FRESH_S)
    assert await read() == 90


async def test_a_provider_that_is_away_is_nobodys_wait(clock: ManualClock) -> None:
    provider = InMemoryProvider(clock)
    provider.on_credits.add(Trouble(error=ProviderUnavailable("away")))
    read = ReadCredits(BotAccounts(provider), clock)
    assert await read() is None
    assert await read() is None
    await clock.advance(FRESH_S)
    assert await read() == 1000
