"""What leaves an account at the provider is compared with what all its bots took together."""

from datetime import timedelta

import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.provider_accounts import InMemoryProviderAccounts
from application.billing.compare_account import READ_EVERY, CompareAccount
from application.billing.reconcile import Difference, DifferenceKind
from domain.bot import BotId, ProviderAccount
from domain.generation import Generation, TaskId
from domain.provider_account import MAIN_ACCOUNT
from tests.support.generations import PICTURE, a_generation

ONE, TWO = BotId("1"), BotId("2")
TOGETHER = ProviderAccount(name="shared", bots=frozenset({ONE, TWO}))
DAY_S = READ_EVERY.total_seconds()


class Account:
    """An account with two bots, which take from it what the provider says."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.shared: ProviderAccount | None = TOGETHER
        self.provider = InMemoryProvider(self.clock)
        self.stores = {bot: InMemoryGenerationStore(self.clock) for bot in (ONE, TWO)}
        self.readings = InMemoryProviderAccounts(self.stores)
        self._compare = CompareAccount(
            own=lambda: {MAIN_ACCOUNT: self.shared} if self.shared else {},
            accounts=self.readings,
            provider_of=lambda _name: self.provider,
            clock=self.clock,
        )

    async def compared(self) -> list[Difference]:
        """As a leader does, once a day."""
        await self.clock.advance(DAY_S)
        return list(await self._compare(remember=True))

    async def runs(self, bot: BotId) -> Generation:
        store, now = self.stores[bot], self.clock.now()
        row = await store.add(a_generation(created_at=now, reserved_credits=8.0))
        row = await store.save(row.submitting(at=now))
        return await store.save(row.running(TaskId(f"task of {row.id}")))

    async def ends(self, bot: BotId, row: Generation, took: float = 8.0) -> None:
        await self.stores[bot].save(row.succeeded((PICTURE,), credits=took, at=self.clock.now()))

    async def makes(self, bot: BotId) -> None:
        """A generation from its beginning to its end, and the provider takes its price."""
        await self.ends(bot, await self.runs(bot))
        self.provider.credits_left -= 8.0


@pytest.fixture
async def account() -> Account:
    made = Account()
    assert await made.compared() == []
    return made


async def test_two_bots_of_one_account_raise_no_difference_by_what_the_other_took(account: Account) -> None:
    await account.makes(ONE)
    await account.makes(TWO)
    assert await account.compared() == []


async def test_what_no_bot_took_is_named_once(account: Account) -> None:
    await account.makes(ONE)
    account.provider.credits_left -= 5
    [found] = await account.compared()
    assert (found.kind, found.books, found.other) == (DifferenceKind.PROVIDER_CREDITS, "8.00", "13.00")
    assert found.about.endswith("by 2 bots")
    assert await account.compared() == []


async def test_what_is_under_way_at_either_reading_is_no_difference(account: Account) -> None:
    row = await account.runs(TWO)
    account.provider.credits_left -= 8.0  # taken already, and not reported yet
    assert await account.compared() == []
    await account.ends(TWO, row)
    assert await account.compared() == []


async def test_a_reading_of_other_bots_is_compared_with_nothing(account: Account) -> None:
    account.provider.credits_left -= 50  # by a bot that used the account until now
    account.shared = ProviderAccount(name="shared", bots=frozenset({ONE}))
    assert await account.compared() == []
    account.provider.credits_left -= 50
    assert [each.kind for each in await account.compared()] == [DifferenceKind.PROVIDER_CREDITS]


async def test_an_account_whose_bots_are_not_known_is_not_compared(account: Account) -> None:
    account.shared = None
    assert [each.kind for each in await account.compared()] == [DifferenceKind.NOT_ASKED]


async def test_a_look_between_two_days_keeps_the_reading_of_the_day(account: Account) -> None:
    before = account.readings.readings["shared"]
    await account.clock.advance(timedelta(hours=1).total_seconds())
    await account._compare(remember=True)
    assert account.readings.readings["shared"] == before
