"""Several bots on one account at the provider: together they stay in its window, and each gets its turn."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.creation_slots import InMemoryCreationSlots
from adapters.postgres_store import Database
from adapters.postgres_store.creation_slots import PostgresCreationSlots
from adapters.system.machine import SystemClock
from application.generating.account_gate import ANSWERED_WITHIN_S, AccountGate
from application.generating.creation_rate_limiter import MARGIN_S, CreationWindow
from application.ports.creation_slots import CreationSlots
from config.accounts import Accounts, account_of
from domain.bot import BotId
from domain.provider_account import MAIN_ACCOUNT, AccountName

COUNT = 20


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def slots(request: pytest.FixtureRequest) -> CreationSlots:
    if request.param == "memory":
        return InMemoryCreationSlots(SystemClock())
    database: Database = request.getfixturevalue("opened_database")
    return PostgresCreationSlots(database)


async def test_of_many_that_ask_at_the_same_moment_as_many_get_a_place_as_there_are(slots: CreationSlots) -> None:
    waits_s = await asyncio.gather(*(slots.take("account", count=COUNT, period_s=30.0) for _ in range(50)))
    assert waits_s.count(0.0) == COUNT
    assert all(25 < wait_s <= 30 for wait_s in waits_s if wait_s)


async def test_a_place_is_free_again_after_its_time_and_accounts_have_their_own(slots: CreationSlots) -> None:
    assert await slots.take("one", count=1, period_s=0.3) == 0.0
    assert await slots.take("two", count=1, period_s=0.3) == 0.0
    wait_s = await slots.take("one", count=1, period_s=0.3)
    assert 0 < wait_s <= 0.3
    await asyncio.sleep(wait_s + 0.02)
    assert await slots.take("one", count=1, period_s=0.3) == 0.0


class Bots:
    """Bots that create on one account, at two instances, by a clock that only the test moves."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        slots = InMemoryCreationSlots(self.clock)
        window = CreationWindow(COUNT, 10.0)
        self.gates = [AccountGate("account", window, slots, self.clock) for _ in range(2)]
        self.created: list[tuple[float, str]] = []
        self.tasks: list[asyncio.Task[None]] = []

    def wish(self, bot: str, *, instance: int = 0, times: int = 1) -> None:
        self.tasks += [asyncio.create_task(self._create(bot, instance)) for _ in range(times)]

    async def _create(self, bot: str, instance: int) -> None:
        await self.gates[instance].admit(bot)
        self.created.append((self.clock.monotonic(), bot))

    def so_far(self) -> Counter[str]:
        return Counter(bot for _, bot in self.created)


@pytest.fixture
async def bots() -> AsyncIterator[Bots]:
    bots = Bots()
    yield bots
    for task in bots.tasks:
        task.cancel()
    await asyncio.gather(*bots.tasks, return_exceptions=True)


async def test_two_instances_together_stay_in_the_window_of_the_account(bots: Bots) -> None:
    bots.wish("1", instance=0, times=40)
    bots.wish("2", instance=1, times=40)
    await bots.clock.advance(0)
    assert len(bots.created) == COUNT
    await bots.clock.advance(10.0 + MARGIN_S + ANSWERED_WITHIN_S)
    assert len(bots.created) == 2 * COUNT


async def test_a_bot_with_one_wish_need_not_wait_for_all_of_a_bot_with_a_hundred(bots: Bots) -> None:
    bots.wish("busy", times=100)
    await bots.clock.advance(0)
    bots.wish("calm")
    await bots.clock.advance(10.0 + MARGIN_S + ANSWERED_WITHIN_S)
    assert bots.so_far()["calm"] == 1


async def test_only_bots_that_share_an_account_ask_for_a_place() -> None:
    slots = InMemoryCreationSlots(SystemClock())
    accounts = Accounts(CreationWindow(1, 30.0), slots, SystemClock())
    accounts.know(
        {
            (BotId("1"), MAIN_ACCOUNT): "key",
            (BotId("2"), MAIN_ACCOUNT): "other",
            (BotId("3"), AccountName("second")): "other",
        }
    )
    for _ in range(3):
        await accounts.admit(BotId("1"), MAIN_ACCOUNT)
    await accounts.admit(BotId("2"), MAIN_ACCOUNT)
    assert await slots.take(account_of("other"), count=1, period_s=30.0) > 0


def test_the_name_of_an_account_does_not_show_its_key() -> None:
    assert "secret" not in account_of("secret-key")
    assert account_of("a") != account_of("b")
