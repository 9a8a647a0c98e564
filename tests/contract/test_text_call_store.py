"""What every ``TextCallStore`` promises: limits that hold, and money that is settled once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from attrs import frozen

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.text_call_store import InMemoryTextCallStore
from adapters.postgres_store import Database, PostgresGenerationStore, PostgresLedger
from adapters.postgres_store.text_call_store import PostgresTextCallStore
from application.errors import InsufficientCredits, LimitReached
from application.limits import TextLimits, UserLimits
from application.ports.generation_store import GenerationStore
from application.ports.ledger import Ledger
from application.ports.text_call_store import TextCallStore
from domain.generation import UserId
from domain.ledger import Entry, EntryKind
from domain.provider_account import AccountName
from domain.reservation import Reservation
from domain.text_call import TextCall, TextCallId, TextModelId, TextPurpose
from tests.support.generations import ANN, BOB, a_generation

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
NO_LIMITS = TextLimits()


@frozen
class Stores:
    calls: TextCallStore
    ledger: Ledger
    generations: GenerationStore


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "memory":
        clock = ManualClock()
        generations = InMemoryGenerationStore(clock)
        return Stores(InMemoryTextCallStore(clock, generations), generations.ledger, generations)
    opened: Database = request.getfixturevalue("opened_database")
    return Stores(
        PostgresTextCallStore(opened, "1"), PostgresLedger(opened, "1"), PostgresGenerationStore(opened, bot="1")
    )


def a_call(name: str = "c1", *, user: UserId = ANN, most: float = 2.0, units: int | None = None) -> TextCall:
    held = Reservation(units=units, expected_units=units) if units is not None else None
    return TextCall(
        id=TextCallId(name),
        user=user,
        purpose=TextPurpose.IMPROVE,
        model=TextModelId("fake"),
        begun_at=NOW,
        most_credits=most,
        account=AccountName("second"),
        reservation=held,
    )


async def pay_in(ledger: Ledger, user: UserId, units: int) -> None:
    await ledger.add(Entry(user=user, kind=EntryKind.GRANT, units=units, key=f"gift:{user}", at=NOW))


async def test_a_persons_limit_counts_what_they_pay_for_an_answer(stores: Stores) -> None:
    limits = TextLimits(user_per_day=5.0)
    await pay_in(stores.ledger, ANN, 50_000)
    dear = a_call("c1", most=1.0, units=4_000)
    await stores.calls.begin(dear, limits)
    with pytest.raises(LimitReached) as caught:
        await stores.calls.begin(a_call("c2", most=1.0, units=4_000), limits)
    assert (caught.value.limit, caught.value.fits) == ("credits_per_day", True)
    await stores.calls.end(dear.ended(at=NOW, is_answered=False, credits=1.0))  # free for its user
    await stores.calls.begin(a_call("c2", most=1.0, units=4_000), limits)


async def test_the_limit_for_all_counts_what_calls_cost_or_can_have_cost(stores: Stores) -> None:
    limits = TextLimits(all_per_day=5.0)
    first = a_call("c1")
    await stores.calls.begin(first, limits)
    await stores.calls.begin(a_call("c2", user=BOB), limits)
    with pytest.raises(LimitReached) as caught:
        await stores.calls.begin(a_call("c3"), limits)
    assert (caught.value.limit, caught.value.allowed) == ("text_credits_per_day", 5.0)
    await stores.calls.end(first.ended(at=NOW, is_answered=True, credits=0.5))
    await stores.calls.begin(a_call("c3"), limits)
    assert await stores.calls.spent(NOW - timedelta(days=1)) == pytest.approx(4.5)
    assert await stores.calls.spent(NOW) == 0


async def test_two_at_once_do_not_both_take_the_last_of_the_limit(stores: Stores) -> None:
    limits = TextLimits(all_per_day=3.0)
    tried = await asyncio.gather(
        *(stores.calls.begin(a_call(f"c{n}", user=UserId(f"telegram:{n}")), limits) for n in range(4)),
        return_exceptions=True,
    )
    assert sum(one is None for one in tried) == 1


async def test_the_limit_of_a_user_counts_calls_and_generations_together(stores: Stores) -> None:
    await stores.generations.add(a_generation(user=ANN, created_at=NOW, reserved_credits=4.0))
    with pytest.raises(LimitReached) as caught:
        await stores.calls.begin(a_call(), TextLimits(user_per_day=5.0))
    assert (caught.value.limit, caught.value.fits) == ("credits_per_day", True)
    await stores.calls.begin(a_call(), TextLimits(user_per_day=6.0))
    again = a_generation(user=ANN, created_at=NOW, reserved_credits=4.0)
    with pytest.raises(LimitReached):
        await stores.generations.add(again, limits=UserLimits(credits_per_day=9.0))
    await stores.generations.add(again, limits=UserLimits(credits_per_day=10.0))


async def test_an_answer_is_charged_and_the_rest_released_once(stores: Stores) -> None:
    await pay_in(stores.ledger, ANN, 1_000)
    call = a_call(units=500)
    await stores.calls.begin(call, NO_LIMITS)
    held = await stores.ledger.balance(ANN)
    assert (held.units, held.reserved) == (500, 500)
    ended = call.ended(at=NOW, is_answered=True, credits=0.12)
    assert await stores.calls.end(ended)
    assert not await stores.calls.end(ended)
    paid = await stores.ledger.balance(ANN)
    assert (paid.units, paid.reserved) == (880, 0)
    assert (await stores.ledger.totals()).is_even


@pytest.mark.parametrize("credits_", [None, 0.0])
async def test_without_an_answer_its_user_pays_nothing(stores: Stores, credits_: float | None) -> None:
    await pay_in(stores.ledger, ANN, 1_000)
    call = a_call(units=500)
    await stores.calls.begin(call, NO_LIMITS)
    await stores.calls.end(call.ended(at=NOW, is_answered=False, credits=credits_))
    after = await stores.ledger.balance(ANN)
    assert (after.units, after.reserved) == (1_000, 0)


async def test_an_answer_never_costs_more_than_was_held_back(stores: Stores) -> None:
    await pay_in(stores.ledger, ANN, 1_000)
    call = a_call(units=500)
    await stores.calls.begin(call, NO_LIMITS)
    await stores.calls.end(call.ended(at=NOW, is_answered=True, credits=9.0))
    assert (await stores.ledger.balance(ANN)).units == 500


async def test_too_small_a_balance_refuses_and_writes_nothing(stores: Stores) -> None:
    await pay_in(stores.ledger, ANN, 100)
    with pytest.raises(InsufficientCredits):
        await stores.calls.begin(a_call(units=500), NO_LIMITS)
    assert (await stores.ledger.balance(ANN)).units == 100
    assert await stores.calls.spent(NOW - timedelta(days=1)) == 0


async def test_calls_without_an_end_are_found(stores: Stores) -> None:
    lost, ended = a_call("c1", units=0), a_call("c2")
    await stores.calls.begin(lost, NO_LIMITS)
    await stores.calls.begin(ended, NO_LIMITS)
    await stores.calls.end(ended.ended(at=NOW, is_answered=True, credits=None))
    assert await stores.calls.unended(NOW) == []
    assert await stores.calls.unended(NOW + timedelta(seconds=1)) == [lost]


async def test_a_forgotten_persons_call_is_settled_in_the_account_it_was_held_in(stores: Stores) -> None:
    await pay_in(stores.ledger, ANN, 1_000)
    call = a_call(units=500)
    await stores.calls.begin(call, NO_LIMITS)
    await stores.ledger.forget(ANN)
    await stores.calls.end(call.ended(at=NOW, is_answered=False, credits=None))
    assert (await stores.ledger.balance(ANN)).units == 0
    totals = await stores.ledger.totals()
    assert (totals.balances, totals.reserved) == (1_000, 0)
