"""The operator's figures."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.memory.alarm_store import InMemoryAlarmStore
from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.statistics import InMemoryStatistics
from adapters.memory.trouble import Trouble
from application.errors import ProviderUnavailable
from application.generating.bot_accounts import BotAccounts
from application.operating.read_credits import ReadCredits
from application.operating.read_overview import DAYS, ReadOverview
from domain.failure import Failure, FailureKind
from domain.generation import GenerationState
from tests.support.generations import a_generation

EVENING = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


class AdminUseCases:
    """A service at half past eleven in the evening."""

    def __init__(self) -> None:
        self.clock = ManualClock(EVENING)
        self.store = InMemoryGenerationStore(self.clock)
        self.provider = InMemoryProvider(self.clock, credits=42)
        self.read = ReadOverview(
            read_credits=ReadCredits(BotAccounts(self.provider), self.clock, patience_s=0.05),
            statistics=InMemoryStatistics(self.store),
            alarms=InMemoryAlarmStore(self.clock),
            clock=self.clock,
        )


async def test_a_service_that_no_one_used_has_seven_empty_days() -> None:
    seen = await AdminUseCases().read()
    assert seen.credits == 42
    assert [each.day.day for each in seen.days] == [1, 28, 27, 26, 25, 24, 23]
    assert {each.generations for each in seen.days} == {0}
    assert not seen.failures
    assert not seen.unfinished
    assert seen.leader is None


async def test_the_oldest_day_is_whole_and_lately_is_a_day() -> None:
    desk = AdminUseCases()
    midnight = EVENING.replace(hour=0, minute=0) - timedelta(days=DAYS - 1)
    for at in (midnight, midnight - timedelta(microseconds=1), EVENING - timedelta(hours=23)):
        wish = await desk.store.add(a_generation(created_at=at))
        await desk.store.save(wish.failed(Failure(kind=FailureKind.NO_RESULT), at=at))
    seen = await desk.read()
    assert [each.generations for each in seen.days] == [1, 0, 0, 0, 0, 0, 1]
    assert seen.failures == {FailureKind.NO_RESULT: 1}
    assert seen.unfinished == {GenerationState.DELIVERING: 3}


@pytest.mark.parametrize("trouble", [Trouble(error=ProviderUnavailable("away")), Trouble(delay_s=60)])
async def test_a_provider_that_is_away_or_slow_costs_only_its_own_line(trouble: Trouble) -> None:
    desk = AdminUseCases()
    desk.provider.on_credits.add(trouble)
    seen = await desk.read()
    assert seen.credits is None
    assert len(seen.days) == DAYS
