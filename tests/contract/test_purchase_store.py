"""What every ``PurchaseStore`` keeps."""

import asyncio
from datetime import timedelta

import pytest
from attrs import evolve, frozen

from adapters.memory.clock import ManualClock
from adapters.memory.ledger import InMemoryLedger
from adapters.memory.purchase_store import InMemoryPurchaseStore
from adapters.postgres_store import Database, PostgresLedger, PostgresPurchaseStore
from application.ports.ledger import Ledger
from application.ports.purchase_store import PurchaseStore
from domain.ledger import EntryKind, refund_key
from domain.payment import PromoCode, Subscription
from tests.support.books import an_entry
from tests.support.generations import ANN, BOB, NOON

MONTH = timedelta(days=30)
FIRST = Subscription(user=ANN, package="m1000", charge_id="one", last_charge_id="one", paid_until=NOON + MONTH)
RENEWAL = evolve(FIRST, charge_id="two", last_charge_id="two", paid_until=NOON + 2 * MONTH)
SUMMER = PromoCode(code="SUMMER", units=25_000, uses_left=2)


@frozen
class Stores:
    purchases: PurchaseStore
    ledger: Ledger


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "memory":
        ledger = InMemoryLedger(ManualClock())
        return Stores(InMemoryPurchaseStore(ManualClock(), ledger), ledger)
    opened: Database = request.getfixturevalue("opened_database")
    return Stores(PostgresPurchaseStore(opened, "1"), PostgresLedger(opened, "1"))


@pytest.fixture
def store(stores: Stores) -> PurchaseStore:
    return stores.purchases


async def test_a_refund_is_open_until_its_end_is_written_down(stores: Stores) -> None:
    await stores.ledger.add(an_entry(EntryKind.PAYMENT, 500, reference="one"))
    await stores.ledger.add(an_entry(EntryKind.REFUND, -500, key=refund_key("one"), reference="one"))
    assert [each.entry.reference for each in await stores.purchases.open_refunds()] == ["one"]
    assert await stores.purchases.refund_ended("one") is None
    await stores.purchases.end_refund("one", given_back=False, at=NOON)
    assert await stores.purchases.open_refunds() == []
    assert await stores.purchases.refund_ended("one") is False


async def test_what_was_refused_may_be_given_back_and_what_was_given_back_stays_so(store: PurchaseStore) -> None:
    for given_back, expected in ((False, False), (True, True), (False, True)):
        await store.end_refund("one", given_back=given_back, at=NOON)
        assert await store.refund_ended("one") is expected


async def test_a_refund_that_the_gateway_made_is_noted_until_it_is_dropped(store: PurchaseStore) -> None:
    for charge_id in ("two", "one", "two"):
        await store.note_refund(charge_id)
    assert await store.noted_refunds() == ["one", "two"]
    await store.drop_noted_refund("two")
    await store.drop_noted_refund("two")
    assert await store.noted_refunds() == ["one"]


async def test_a_renewal_moves_a_subscription_on_and_keeps_its_first_payment(store: PurchaseStore) -> None:
    await store.note_subscription(FIRST, begins=True)
    await store.note_subscription(RENEWAL, begins=False)
    assert await store.subscriptions(ANN, at=NOON) == [evolve(RENEWAL, charge_id="one")]
    assert await store.subscriptions(BOB, at=NOON) == []
    assert await store.subscriptions(ANN, at=NOON + 2 * MONTH) == []


async def test_a_payment_that_is_reported_again_does_not_renew_what_was_stopped(store: PurchaseStore) -> None:
    await store.note_subscription(FIRST, begins=True)
    await store.note_subscription(RENEWAL, begins=False)
    await store.mark_stopped(ANN, "m1000", stopped=True)
    await store.note_subscription(RENEWAL, begins=False)
    await store.note_subscription(FIRST, begins=True)
    assert await store.subscriptions(ANN, at=NOON) == [evolve(RENEWAL, charge_id="one", is_stopped=True)]


async def test_who_subscribes_again_has_a_subscription_with_a_first_payment_of_its_own(store: PurchaseStore) -> None:
    await store.note_subscription(FIRST, begins=True)
    await store.mark_stopped(ANN, "m1000", stopped=True)
    again = evolve(FIRST, charge_id="new", last_charge_id="new", paid_until=NOON + 5 * MONTH)
    await store.note_subscription(again, begins=True)
    assert await store.subscriptions(ANN, at=NOON) == [again]


@pytest.mark.parametrize("is_later", [True, False])
async def test_of_two_that_renew_the_one_that_is_paid_less_far_is_to_be_stopped(
    store: PurchaseStore, is_later: bool
) -> None:
    minute = timedelta(minutes=1 if is_later else -1)
    second = evolve(FIRST, charge_id="two", last_charge_id="two", paid_until=FIRST.paid_until + minute)
    await store.note_subscription(FIRST, begins=True)
    await store.note_subscription(FIRST, begins=True)
    assert await store.renewals_to_stop() == []
    for _ in range(2):
        await store.note_subscription(second, begins=True)
    kept, stopped = (second, FIRST) if is_later else (FIRST, second)
    assert await store.subscriptions(ANN, at=NOON) == [kept]
    assert await store.renewals_to_stop() == [(ANN, stopped.charge_id)]
    await store.drop_renewal_to_stop(stopped.charge_id)
    assert await store.renewals_to_stop() == []


async def test_one_that_was_stopped_or_has_ended_is_not_to_be_stopped_when_another_begins(store: PurchaseStore) -> None:
    await store.note_subscription(FIRST, begins=True)
    await store.mark_stopped(ANN, FIRST.package, stopped=True)
    await store.note_subscription(evolve(RENEWAL, paid_until=FIRST.paid_until + timedelta(days=3)), begins=True)
    third = evolve(FIRST, charge_id="three", last_charge_id="three", paid_until=NOON + 3 * MONTH)
    await store.note_subscription(third, begins=True)
    assert await store.renewals_to_stop() == []


async def test_a_code_gives_as_often_as_it_says_and_the_same_to_one_who_asks_again(store: PurchaseStore) -> None:
    await store.save_promo(SUMMER)
    assert await store.claim_promo("WINTER", "ann", at=NOON) is None
    for _ in range(2):
        claimed = await store.claim_promo("SUMMER", "ann", at=NOON)
        assert claimed
        assert (claimed.units, claimed.uses_left) == (25_000, 1)
    assert await store.claim_promo("SUMMER", "bob", at=NOON)
    assert await store.claim_promo("SUMMER", "cid", at=NOON) is None
    assert await store.claim_promo("SUMMER", "ann", at=NOON)


async def test_a_code_ends(store: PurchaseStore) -> None:
    await store.save_promo(evolve(SUMMER, expires_at=NOON))
    assert await store.claim_promo("SUMMER", "ann", at=NOON) is None
    assert await store.claim_promo("SUMMER", "ann", at=NOON - MONTH)
    assert await store.claim_promo("SUMMER", "ann", at=NOON)


async def test_one_person_who_asks_many_times_at_once_uses_a_code_up_once(store: PurchaseStore) -> None:
    await store.save_promo(SUMMER)
    claims = await asyncio.gather(*(store.claim_promo("SUMMER", "ann", at=NOON) for _ in range(10)))
    assert all(claims)
    left = await store.claim_promo("SUMMER", "ann", at=NOON)
    assert left
    assert left.uses_left == 1


@pytest.mark.postgres
async def test_two_claims_of_one_person_that_wait_for_each_other_use_a_code_up_once(opened_database: Database) -> None:
    store = PostgresPurchaseStore(opened_database, "1")
    await store.save_promo(SUMMER)
    async with opened_database.transaction() as connection:
        await connection.execute("SELECT FROM promo_codes FOR UPDATE")
        claims = [asyncio.create_task(store.claim_promo("SUMMER", "ann", at=NOON)) for _ in range(2)]
        async with asyncio.timeout(30):
            while await connection.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted") < 2:
                await asyncio.sleep(0.01)
    assert [claim and claim.uses_left for claim in await asyncio.gather(*claims)] == [1, 1]


async def test_many_people_at_once_get_what_there_is_and_no_more(store: PurchaseStore) -> None:
    await store.save_promo(evolve(SUMMER, uses_left=3))
    claims = await asyncio.gather(*(store.claim_promo("SUMMER", f"mark {n}", at=NOON) for n in range(12)))
    assert sum(claim is not None for claim in claims) == 3


async def test_who_brought_someone_in_is_known_once_and_for_all(store: PurchaseStore) -> None:
    assert await store.note_referral(ANN, BOB, at=NOON)
    assert not await store.note_referral(ANN, ANN, at=NOON)
    assert await store.inviter_of(ANN) == BOB
    assert await store.inviter_of(BOB) is None
    assert await store.note_subscription(FIRST, begins=True) == BOB
    assert await store.note_subscription(evolve(FIRST, user=BOB), begins=True) is None


async def test_nothing_names_a_person_who_was_forgotten(store: PurchaseStore) -> None:
    await store.note_subscription(FIRST, begins=True)
    await store.note_referral(ANN, BOB, at=NOON)
    await store.note_referral(BOB, ANN, at=NOON)
    await store.forget(ANN)
    assert await store.subscriptions(ANN, at=NOON) == []
    assert await store.inviter_of(ANN) is None
    assert await store.inviter_of(BOB) is None
