"""What every ``ProviderAccounts`` says of the bots that use one account."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve, frozen

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.provider_accounts import InMemoryProviderAccounts
from adapters.postgres_store import Database, PostgresGenerationStore, PostgresProviderAccounts
from adapters.postgres_store.text_call_store import PostgresTextCallStore
from application.limits import TextLimits
from application.ports.generation_store import GenerationStore
from application.ports.provider_accounts import ProviderAccounts, ProviderReading
from domain.bot import BotId, account_user
from domain.generation import TaskId
from domain.provider_account import MAIN_ACCOUNT, AccountName
from domain.text_call import TextCall, TextCallId, TextModelId, TextPurpose
from tests.support.generations import ANN, NOON, PICTURE, a_generation

DAY = timedelta(days=1)
SECOND = AccountName("second")
ONE, TWO, STRANGER = BotId("1"), BotId("2"), BotId("3")
BOTH = frozenset({ONE, TWO})


@frozen
class Bots:
    stores: dict[BotId, GenerationStore]
    accounts: ProviderAccounts

    async def made(self, bot: BotId, took: float, *, days: int = 0, account: AccountName = MAIN_ACCOUNT) -> None:
        """A success that took so many credits from that account, so many days after noon."""
        store, at = self.stores[bot], NOON + days * DAY
        row = await store.add(a_generation(created_at=at))
        row = await store.save(row.submitting(at=at, account=account))
        row = await store.save(row.running(TaskId(f"task of {row.id}")))
        await store.save(row.succeeded((PICTURE,), credits=took, at=at))


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def bots(request: pytest.FixtureRequest) -> Bots:
    if request.param == "memory":
        stores = {bot: InMemoryGenerationStore(ManualClock()) for bot in (ONE, TWO, STRANGER)}
        return Bots(dict(stores), InMemoryProviderAccounts(stores))
    opened: Database = request.getfixturevalue("opened_database")
    return Bots(
        {bot: PostgresGenerationStore(opened, bot) for bot in (ONE, TWO, STRANGER)}, PostgresProviderAccounts(opened)
    )


async def test_what_ended_in_a_time_is_summed_over_the_bots_that_are_named(bots: Bots) -> None:
    await bots.made(ONE, 9.5)
    await bots.made(TWO, 2.0)
    await bots.made(TWO, 4.0, days=1)
    await bots.made(STRANGER, 100.0)
    assert await bots.accounts.taken(BOTH, since=NOON, until=NOON + DAY) == 11.5
    assert await bots.accounts.taken(BOTH, since=NOON, until=NOON + 2 * DAY) == 15.5
    assert await bots.accounts.taken({ONE}, since=NOON, until=NOON + 2 * DAY) == 9.5


async def test_what_a_bot_takes_from_a_further_account_is_counted_there(bots: Bots) -> None:
    await bots.made(ONE, 9.5)
    await bots.made(ONE, 2.0, account=SECOND)
    whole_time = {"since": NOON, "until": NOON + DAY}
    assert await bots.accounts.taken({ONE}, **whole_time) == 9.5
    assert await bots.accounts.taken({account_user(ONE, SECOND)}, **whole_time) == 2.0
    assert await bots.accounts.taken({ONE, account_user(ONE, SECOND)}, **whole_time) == 11.5
    row = await bots.stores[TWO].add(a_generation(reserved_credits=18.0))
    await bots.stores[TWO].save(row.submitting(at=NOON, account=SECOND))
    assert await bots.accounts.uncertain({TWO}) == 0
    assert await bots.accounts.uncertain({account_user(TWO, SECOND)}) == 18.0


@pytest.mark.postgres
async def test_what_a_chat_model_takes_is_counted_on_the_account_that_was_asked(opened_database: Database) -> None:
    calls, accounts = PostgresTextCallStore(opened_database, ONE), PostgresProviderAccounts(opened_database)
    call = TextCall(
        id=TextCallId("c1"),
        user=ANN,
        purpose=TextPurpose.IMPROVE,
        model=TextModelId("fake"),
        begun_at=datetime.now(UTC),
        most_credits=2.0,
        account=SECOND,
    )
    there = {account_user(ONE, SECOND)}
    await calls.begin(call, TextLimits())
    assert [await accounts.uncertain(users) for users in ({ONE}, there)] == [0, 2.0]
    await calls.end(call.ended(at=call.begun_at, is_answered=True, credits=1.5))
    span = {"since": call.begun_at - DAY, "until": call.begun_at + DAY}
    assert [await accounts.taken(users, **span) for users in ({ONE}, there)] == [0, 1.5]


async def test_what_is_under_way_with_any_of_them_is_uncertain(bots: Bots) -> None:
    rows = [await bots.stores[bot].add(a_generation(reserved_credits=18.0)) for bot in (ONE, TWO, STRANGER)]
    assert await bots.accounts.uncertain(BOTH) == 0
    for bot, row in zip((ONE, TWO, STRANGER), rows, strict=True):
        await bots.stores[bot].save(row.submitting(at=NOON))
    assert await bots.accounts.uncertain(BOTH) == 36.0


async def test_the_last_reading_of_each_account_is_remembered(bots: Bots) -> None:
    assert await bots.accounts.last_reading("shared") is None
    first = ProviderReading(at=NOON, credits=10.5, bots=frozenset({ONE}))
    for reading in (first, evolve(first, credits=7.25, uncertain=3.0, bots=BOTH)):
        await bots.accounts.save_reading("shared", reading)
        assert await bots.accounts.last_reading("shared") == reading
    assert await bots.accounts.last_reading("another") is None
