"""What every ``Ledger`` keeps."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest
from attrs import evolve

from adapters.memory.clock import ManualClock
from adapters.memory.ledger import InMemoryLedger
from adapters.postgres_store import Database, PostgresLedger
from application.errors import InsufficientCredits
from application.ports.ledger import Ledger
from domain.generation import UserId
from domain.ledger import Balance, Entry, EntryKind, InvalidEntry
from tests.support.books import a_grant, an_entry, assert_books_balance
from tests.support.generations import ANN, BOB, NOON

NO_ONE = UserId("")


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    if request.param == "memory":
        return InMemoryLedger(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresLedger(opened, "1")


async def test_a_balance_is_the_sum_of_the_entries(ledger: Ledger) -> None:
    assert await ledger.balance(ANN) == Balance()
    assert await ledger.add(an_entry(EntryKind.PAYMENT, 5_000, stars=3))
    assert await ledger.add(a_grant(500))
    assert await ledger.add(an_entry(EntryKind.CHARGE, -1_250))
    assert await ledger.add(an_entry(EntryKind.REFUND, -250))
    assert await ledger.add(an_entry(EntryKind.CORRECTION, -1))
    assert await ledger.balance(ANN) == Balance(units=3_999)
    assert await ledger.balance(BOB) == Balance()
    await assert_books_balance(ledger)


async def test_what_is_held_back_is_no_part_of_the_balance_until_it_is_released(ledger: Ledger) -> None:
    await ledger.add(a_grant(1_000))
    await ledger.add(an_entry(EntryKind.RESERVATION, -400))
    assert await ledger.balance(ANN) == Balance(units=600, reserved=400)
    await ledger.add(an_entry(EntryKind.RELEASE, 400))
    assert await ledger.balance(ANN) == Balance(units=1_000)
    await assert_books_balance(ledger)


async def test_the_same_key_twice_changes_nothing(ledger: Ledger) -> None:
    entry = an_entry(EntryKind.PAYMENT, 5_000, key="payment:a", stars=5)
    assert await ledger.add(entry)
    assert not await ledger.add(entry)
    assert not await ledger.add(evolve(entry, user=BOB, units=9_000))
    assert await ledger.balance(ANN) == Balance(units=5_000)
    assert await ledger.balance(BOB) == Balance()


async def test_the_same_entry_many_times_at_once_is_written_once(ledger: Ledger) -> None:
    entry = an_entry(EntryKind.PAYMENT, 5_000, key="payment:a", stars=5)
    assert sum(await asyncio.gather(*(ledger.add(entry) for _ in range(20)))) == 1
    assert await ledger.balance(ANN) == Balance(units=5_000)


@pytest.mark.parametrize("kind", [EntryKind.RESERVATION, EntryKind.CHARGE, EntryKind.REFUND, EntryKind.CORRECTION])
async def test_a_balance_never_falls_below_zero(ledger: Ledger, kind: EntryKind) -> None:
    await ledger.add(a_grant(1_000))
    with pytest.raises(InsufficientCredits) as refused:
        await ledger.add(an_entry(kind, -1_001))
    assert (refused.value.balance_units, refused.value.cost_units) == (1_000, 1_001)
    assert await ledger.balance(ANN) == Balance(units=1_000)
    assert await ledger.add(an_entry(kind, -1_000))
    await assert_books_balance(ledger)


async def test_many_at_once_spend_what_is_there_and_no_more(ledger: Ledger) -> None:
    await ledger.add(a_grant(1_000))
    charges = (ledger.add(an_entry(EntryKind.CHARGE, -300)) for _ in range(10))
    outcomes = await asyncio.gather(*charges, return_exceptions=True)
    assert outcomes.count(True) == 3
    assert sum(isinstance(outcome, InsufficientCredits) for outcome in outcomes) == 7
    assert await ledger.balance(ANN) == Balance(units=100)


async def test_a_history_is_read_in_pages_the_newest_first(ledger: Ledger) -> None:
    entries = [a_grant(number) for number in range(1, 6)]
    for entry in entries:
        await ledger.add(entry)
    await ledger.add(a_grant(99, BOB))
    first = await ledger.history(ANN, limit=2)
    rest = await ledger.history(ANN, limit=9, before=first[-1].number)
    assert [each.entry for each in [*first, *rest]] == entries[::-1]
    assert await ledger.history(UserId("telegram:3"), limit=9) == []


async def test_entries_are_found_by_their_keys(ledger: Ledger) -> None:
    entry = an_entry(EntryKind.PAYMENT, 5_000, key="payment:a", reference="a", by=str(ANN), stars=5)
    await ledger.add(entry)
    found = await ledger.find(["payment:a", "payment:b", "nul \x00"])
    assert {key: each.entry for key, each in found.items()} == {"payment:a": entry}


async def test_entries_of_a_time_come_in_order_and_in_pages(ledger: Ledger) -> None:
    def at(hours: int, kind: EntryKind, units: int) -> Entry:
        return an_entry(kind, units, at=NOON + timedelta(hours=hours))

    entries = [at(0, EntryKind.PAYMENT, 10), at(1, EntryKind.PAYMENT, 20), at(1, EntryKind.GRANT, 5)]
    entries += [at(2, EntryKind.REFUND, -10), at(3, EntryKind.PAYMENT, 30)]
    for entry in entries:
        await ledger.add(entry)
    kinds = {EntryKind.PAYMENT, EntryKind.REFUND}
    until = NOON + timedelta(hours=3)
    first = await ledger.between(NOON, until, kinds=kinds, limit=2)
    rest = await ledger.between(NOON, until, kinds=kinds, limit=2, after=first[-1].number)
    assert [each.entry.units for each in [*first, *rest]] == [10, 20, -10]


async def test_it_knows_who_has_paid(ledger: Ledger) -> None:
    await ledger.add(a_grant(10))
    await ledger.add(an_entry(EntryKind.PAYMENT, 10, user=BOB))
    assert [await ledger.has_paid(user) for user in (ANN, BOB, UserId("telegram:3"))] == [False, True, False]


async def test_the_entries_of_a_forgotten_person_stay_without_the_person(ledger: Ledger) -> None:
    entry = an_entry(EntryKind.PAYMENT, 700, key="payment:a", stars=5)
    await ledger.add(entry)
    await ledger.forget(ANN)
    await ledger.forget(BOB)
    assert await ledger.balance(ANN) == Balance()
    assert await ledger.history(ANN, limit=9) == []
    assert (await ledger.find(["payment:a"]))["payment:a"].entry == evolve(entry, user=NO_ONE)
    assert not await ledger.add(entry)
    assert await ledger.add(a_grant(50))
    assert await ledger.balance(ANN) == Balance(units=50)
    assert (await ledger.totals()).balances == 750
    await assert_books_balance(ledger)


def test_an_entry_has_the_sign_of_its_kind() -> None:
    for kind, units in ((EntryKind.PAYMENT, -1), (EntryKind.RELEASE, -1), (EntryKind.CHARGE, 1), (EntryKind.REFUND, 1)):
        with pytest.raises(InvalidEntry):
            an_entry(kind, units)


@pytest.mark.postgres
async def test_another_bot_in_the_same_database_has_books_of_its_own(opened_database: Database) -> None:
    own, others = PostgresLedger(opened_database, "1"), PostgresLedger(opened_database, "2")
    entry = a_grant(10)
    assert await own.add(entry)
    assert await others.balance(ANN) == Balance()
    assert await others.find([entry.key]) == {}
    assert await others.add(entry)
    assert (await own.totals()).balances == 10


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entries SET units = 1",
        "DELETE FROM ledger_entries",
        "TRUNCATE ledger_entries",
        "UPDATE ledger_accounts SET balance = 1000000",
        "UPDATE ledger_accounts SET reserved = 1",
        "DELETE FROM ledger_accounts",
        "TRUNCATE ledger_accounts CASCADE",
        "INSERT INTO ledger_accounts (bot, owner, balance) VALUES ('1', 'telegram:2', 1000000)",
        "INSERT INTO ledger_accounts (bot, owner, reserved) VALUES ('1', 'telegram:2', 1000000)",
        "UPDATE ledger_accounts SET owner = 'telegram:2'",
        "UPDATE ledger_accounts SET bot = '2'",
    ],
)
async def test_no_statement_of_the_service_changes_what_is_written(opened_database: Database, statement: str) -> None:
    ledger = PostgresLedger(opened_database, "1")
    await ledger.add(a_grant(10))
    async with opened_database.connection() as connection:
        with pytest.raises((asyncpg.RestrictViolationError, asyncpg.ForeignKeyViolationError)):
            await connection.execute(statement)
    assert await ledger.balance(ANN) == Balance(units=10)


@pytest.mark.postgres
async def test_a_balance_that_was_changed_behind_the_ledgers_back_is_seen(opened_database: Database) -> None:
    ledger = PostgresLedger(opened_database, "1")
    await ledger.add(a_grant(10))
    async with opened_database.connection() as connection:
        await connection.execute("ALTER TABLE ledger_accounts DISABLE TRIGGER ledger_balance_follows")
        await connection.execute("UPDATE ledger_accounts SET balance = 99")
    [uneven] = await ledger.uneven()
    assert (uneven.user, uneven.kept, uneven.counted) == (ANN, Balance(units=99), Balance(units=10))
    assert not (await ledger.totals()).is_even
