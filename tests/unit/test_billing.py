"""Money where it is easy to get wrong: corrections, refunds at bad moments, prices with a factor, amounts that are none."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from attrs import evolve, frozen

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.metrics import CountingMetrics
from adapters.memory.payment_gateway import InMemoryPaymentGateway
from adapters.memory.person_records import InMemoryPersonRecords
from adapters.memory.purchase_store import InMemoryPurchaseStore
from adapters.memory.session_store import InMemorySessionStore
from adapters.memory.trouble import Trouble
from adapters.telegram.bot.handlers.admin_billing import _units
from application.billing.enter_payment import EnterPayment
from application.billing.free_credits import GiveFreeCredits
from application.billing.grant_credits import CorrectCharge
from application.billing.promo_codes import SavePromo
from application.billing.record_payment import RecordPayment
from application.billing.refund_payment import FinishRefunds, RefundPayment, RefundState
from application.billing.stop_subscription import StopDoubledRenewals, StopSubscription
from application.errors import (
    ForgetRefused,
    GatewayUnavailable,
    PaymentInUse,
    PaymentNotFound,
    PaymentRefused,
    PromoRefused,
    StillRunning,
)
from application.operating.forget_person import ForgetPerson
from application.ports.payment_gateway import Invoice
from application.pricing.quote_price import PersonPrice, QuotePrice
from config.billing_settings import positive
from config.settings import Settings, SettingsError
from domain.audit import COMMAND_LINE
from domain.failure import Failure, FailureKind
from domain.generation import Generation, TaskId
from domain.ledger import Balance, EntryKind
from domain.package import Package, PriceList
from domain.payment import Payment
from domain.reservation import Reservation
from tests.support.audit import an_audit
from tests.support.books import DEAR, a_grant, an_entry, assert_books_balance
from tests.support.generations import ANN, BOB, NOON, PICTURE, a_generation
from tests.support.registry import catalog
from tests.support.tills import MONTHLY, PRICES, SMALL

HUNDRED: Final = Reservation(units=100_000, expected_units=100_000)


@frozen
class Shop:
    clock: ManualClock
    store: InMemoryGenerationStore
    purchases: InMemoryPurchaseStore
    gateway: InMemoryPaymentGateway
    refund: RefundPayment
    record: RecordPayment
    correct: CorrectCharge

    async def bought(self, package: Package = SMALL, **changes: Any) -> Payment:
        payment = evolve(self.gateway.pay(ANN, Invoice(order=package.order, title="t", description="d")), **changes)
        await self.record(payment)
        return payment

    async def balance(self) -> Balance:
        return await self.store.ledger.balance(ANN)

    async def finish_refunds(self) -> int:
        return await FinishRefunds(self.purchases, self.refund)()

    async def made(self, took: float) -> Generation:
        row = await self.store.add(a_generation(reservation=DEAR))
        row = await self.store.save(row.submitting(at=NOON))
        row = await self.store.save(row.running(TaskId("t")))
        row = await self.store.save(row.succeeded((PICTURE,), credits=took, at=NOON))
        return await self.store.save(row.delivered(at=NOON))


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    clock, metrics = ManualClock(), CountingMetrics()
    store = InMemoryGenerationStore(clock)
    purchases, gateway = InMemoryPurchaseStore(clock, store.ledger), InMemoryPaymentGateway(clock)
    opened = Shop(
        clock=clock,
        store=store,
        purchases=purchases,
        gateway=gateway,
        refund=RefundPayment(
            ledger=store.ledger, purchases=purchases, gateway=gateway, clock=clock, metrics=metrics, audit=an_audit()
        ),
        record=RecordPayment(ledger=store.ledger, purchases=purchases, prices=PRICES, clock=clock, metrics=metrics),
        correct=CorrectCharge(ledger=store.ledger, generations=store, clock=clock, audit=an_audit()),
    )
    yield opened
    await assert_books_balance(store.ledger)


async def test_a_charge_is_corrected_there_and_back_as_often_as_it_takes(shop: Shop) -> None:
    await shop.store.ledger.add(a_grant(18_000))
    row = await shop.made(10.0)
    for credits_, left in ((0, 18_000), (5, 13_000), (0, 18_000), (5, 13_000), (99, 0)):
        await shop.correct(row.id, credits_, by=COMMAND_LINE)
        assert await shop.balance() == Balance(units=left)
    assert await shop.correct(row.id, 99, by=COMMAND_LINE) == 0


async def test_what_is_under_way_is_not_corrected_so_that_not_it_is_paid_twice(shop: Shop) -> None:
    await shop.store.ledger.add(a_grant(36_000))
    row = await shop.store.add(a_generation(reservation=DEAR))
    with pytest.raises(StillRunning):
        await shop.correct(row.id, 10, by=COMMAND_LINE)
    assert await shop.balance() == Balance(units=18_000, reserved=18_000)


async def test_what_brought_no_result_stays_free_whatever_the_provider_took_later(shop: Shop) -> None:
    await shop.store.ledger.add(a_grant(18_000))
    row = await shop.store.add(a_generation(reservation=DEAR))
    row = await shop.store.save(row.failed(Failure(kind=FailureKind.OUTCOME_UNKNOWN), at=NOON))
    row = await shop.store.save(row.delivered(at=NOON))
    assert await shop.correct(row.id, 10, by=COMMAND_LINE) == 0
    assert await shop.balance() == Balance(units=18_000)


async def test_a_refund_that_the_gateway_made_while_credits_are_held_back_is_entered_when_they_are_free(
    shop: Shop,
) -> None:
    payment = await shop.bought()
    row = await shop.store.add(a_generation(reservation=HUNDRED))
    await shop.refund.note(payment.charge_id)
    with pytest.raises(PaymentInUse):
        await shop.refund(payment.charge_id, by=COMMAND_LINE)
    assert await shop.finish_refunds() == 1
    await shop.store.save(row.cancelled(at=NOON))
    assert await shop.balance() == Balance(units=100_000)
    assert await shop.finish_refunds() == 0
    assert await shop.balance() == Balance()
    assert await shop.purchases.noted_refunds() == []


async def test_a_refund_that_is_made_says_so_again_while_the_person_spends_other_credits(shop: Shop) -> None:
    payment = await shop.bought()
    await shop.refund(payment.charge_id, by=COMMAND_LINE)
    await shop.store.ledger.add(a_grant(18_000))
    await shop.store.add(a_generation(reservation=DEAR))
    assert (await shop.refund(payment.charge_id, by=COMMAND_LINE)).state is RefundState.GIVEN_BACK
    await shop.refund.note(payment.charge_id)
    assert await shop.purchases.noted_refunds() == []
    assert await shop.balance() == Balance(reserved=18_000)


@pytest.mark.parametrize("by_itself", [False, True], ids=["asked for", "made by the gateway"])
async def test_no_one_is_forgotten_before_their_money_is_back(shop: Shop, by_itself: bool) -> None:
    forget = ForgetPerson(
        records=InMemoryPersonRecords(shop.store, InMemorySessionStore(shop.clock)),
        stop_subscription=StopSubscription(purchases=shop.purchases, gateway=shop.gateway, clock=shop.clock),
        purchases=shop.purchases,
        ledger=shop.store.ledger,
        audit=an_audit(),
    )
    payment = await shop.bought()
    if by_itself:
        await shop.purchases.note_refund(payment.charge_id)
        await shop.purchases.end_refund(payment.charge_id, given_back=True, at=NOON)
    else:
        shop.gateway.on_refund.add(Trouble(error=GatewayUnavailable("away")))
        await shop.refund(payment.charge_id, by=COMMAND_LINE)
    with pytest.raises(ForgetRefused):
        await forget(ANN)
    await forget(BOB)
    assert await shop.finish_refunds() == 0
    await forget(ANN)


async def test_a_refund_that_is_reported_before_its_payment_is_entered_when_that_comes(shop: Shop) -> None:
    payment = shop.gateway.pay(ANN, Invoice(order=SMALL.order, title="t", description="d"))
    await shop.refund.note(payment.charge_id)
    assert await shop.finish_refunds() == 0
    await shop.record(payment)
    assert await shop.finish_refunds() == 0
    assert await shop.balance() == Balance()


async def test_a_refund_that_was_refused_and_is_made_after_all_takes_the_credits_again(shop: Shop) -> None:
    payment = await shop.bought()
    shop.gateway.on_refund.add(Trouble(error=PaymentRefused("not now")))
    assert (await shop.refund(payment.charge_id, by=COMMAND_LINE)).state is RefundState.REFUSED
    assert await shop.balance() == Balance(units=100_000)
    for _ in range(2):
        await shop.refund.note(payment.charge_id)
    assert await shop.balance() == Balance()
    assert (await shop.refund(payment.charge_id, by=COMMAND_LINE)).state is RefundState.GIVEN_BACK
    kinds = [posted.entry.kind for posted in await shop.store.ledger.about(payment.charge_id)]
    assert kinds == [EntryKind.PAYMENT, EntryKind.REFUND, EntryKind.CORRECTION, EntryKind.CORRECTION]


async def test_a_refund_that_was_refused_can_be_asked_for_again(shop: Shop) -> None:
    payment = await shop.bought()
    for error in (PaymentRefused("not now"), PaymentRefused("not yet")):
        shop.gateway.on_refund.add(Trouble(error=error))
        assert (await shop.refund(payment.charge_id, by=COMMAND_LINE)).state is RefundState.REFUSED
        assert await shop.balance() == Balance(units=100_000)
    shop.gateway.on_refund.add(Trouble(error=GatewayUnavailable("away")))
    with pytest.raises(GatewayUnavailable):
        await shop.refund(payment.charge_id, by=COMMAND_LINE)
    assert await shop.balance() == Balance(units=100_000)
    for _ in range(2):
        assert (await shop.refund(payment.charge_id, by=COMMAND_LINE)).state is RefundState.GIVEN_BACK
        assert await shop.balance() == Balance()
    await shop.refund.note(payment.charge_id)
    assert await shop.balance() == Balance()


async def test_the_bonus_for_an_invited_person_goes_back_with_the_payment_that_brought_it(shop: Shop) -> None:
    record = evolve(shop.record, referral_units=30_000)
    await shop.purchases.note_referral(ANN, BOB, at=NOON)
    first, second = [shop.gateway.pay(ANN, Invoice(order=SMALL.order, title="t", description="d")) for _ in range(2)]
    for payment in (first, second):
        await record(payment)
    await shop.refund(second.charge_id, by=COMMAND_LINE)
    assert await shop.store.ledger.balance(BOB) == Balance(units=30_000)
    await shop.store.ledger.add(an_entry(EntryKind.CHARGE, -10_000, user=BOB))
    for _ in range(2):
        await shop.refund(first.charge_id, by=COMMAND_LINE)
        await shop.refund.note(first.charge_id)
    assert await shop.store.ledger.balance(BOB) == Balance()


@pytest.mark.parametrize("units", [0, 700, 5_000])
async def test_the_daily_credits_lift_a_balance_once_a_day_and_do_not_pile_up(shop: Shop, units: int) -> None:
    ledger = shop.store.ledger
    if units:
        await ledger.add(a_grant(units))
    free = GiveFreeCredits(ledger=ledger, clock=shop.clock, once_units=100, daily_units=1_000)
    for _ in range(3):
        await asyncio.gather(*(evolve(free)(ANN) for _ in range(3)))  # three instances
    assert await shop.balance() == Balance(units=max(units + 100, 1_000))
    await ledger.add(an_entry(EntryKind.CHARGE, -max(units + 100, 1_000)))
    await free(ANN)
    await shop.clock.advance(timedelta(days=1).total_seconds())
    await free(ANN)
    assert await shop.balance() == Balance(units=1_000)


@pytest.mark.parametrize("which", ["first", "renewal"])
async def test_who_gets_a_month_back_is_not_asked_for_the_next(shop: Shop, which: str) -> None:
    until = shop.clock.now() + timedelta(days=30)
    first = await shop.bought(MONTHLY, paid_until=until, begins=True)
    shop.gateway._taken[first.charge_id].payment = first
    renewal = await shop.bought(MONTHLY, paid_until=until + timedelta(days=30))
    shop.gateway.on_call.add(Trouble(error=GatewayUnavailable("away")))
    charge_id = first.charge_id if which == "first" else renewal.charge_id
    assert (await shop.refund(charge_id, by=COMMAND_LINE)).state is RefundState.ASKED
    assert await shop.finish_refunds() == 0
    assert shop.gateway.is_stopped(first.charge_id)
    [subscription] = await shop.purchases.subscriptions(ANN, at=shop.clock.now())
    assert subscription.is_stopped
    assert await shop.balance() == Balance(units=1_000_000)


async def test_a_month_that_was_paid_by_two_links_is_renewed_once(shop: Shop) -> None:
    until = shop.clock.now() + timedelta(days=30)
    months = [await shop.bought(MONTHLY, paid_until=until + timedelta(minutes=n), begins=True) for n in range(2)]
    for month in months:
        shop.gateway._taken[month.charge_id].payment = month
    stop_doubled = StopDoubledRenewals(shop.purchases, shop.gateway)
    shop.gateway.on_call.add(Trouble(error=GatewayUnavailable("away")))
    for is_stopped in (False, True, True):
        await stop_doubled()
        assert [shop.gateway.is_stopped(month.charge_id) for month in months] == [is_stopped, False]
    assert await shop.purchases.renewals_to_stop() == []
    assert await shop.balance() == Balance(units=2_000_000)


async def test_a_month_whose_renewal_the_gateway_will_not_stop_is_not_said_to_be_stopped(shop: Shop) -> None:
    first = await shop.bought(MONTHLY, paid_until=shop.clock.now() + timedelta(days=30), begins=True)
    shop.gateway.on_call.add(Trouble(error=PaymentRefused("not now")))
    assert (await shop.refund(first.charge_id, by=COMMAND_LINE)).state is RefundState.GIVEN_BACK
    [subscription] = await shop.purchases.subscriptions(ANN, at=shop.clock.now())
    assert not subscription.is_stopped


async def test_a_payment_without_an_order_is_thanked_for_with_what_it_gave(shop: Shop) -> None:
    payment = evolve(shop.gateway.pay(ANN, Invoice(order=SMALL.order, title="t", description="d")), order=None)
    first = await shop.record(payment)
    dearer = evolve(shop.record, prices=PriceList(stars_per_credit=Decimal(5)))
    assert await dearer(payment) == first
    assert await shop.balance() == Balance(units=first.units)


async def test_a_payment_that_never_came_is_entered_by_the_gateways_record_once(shop: Shop) -> None:
    enter = EnterPayment(gateway=shop.gateway, record=shop.record, audit=an_audit())
    payment = shop.gateway.pay(ANN, Invoice(order=SMALL.order, title="t", description="d"))
    await shop.gateway.refund(ANN, payment.charge_id)
    for _ in range(2):
        entry = await enter(payment.charge_id, by=COMMAND_LINE)
        assert (entry.user, entry.units, entry.stars) == (ANN, SMALL.units, SMALL.stars)
    assert await shop.balance() == Balance(units=SMALL.units)
    with pytest.raises(PaymentNotFound):
        await enter("nothing", by=COMMAND_LINE)


def test_a_person_is_shown_the_price_with_the_factor_of_the_model() -> None:
    model = catalog().find("z-image")
    assert model
    prices = PriceList(stars_per_credit=Decimal(1), factor=Decimal(2), factors={"z-image": Decimal("1.5")})
    plain = QuotePrice(catalog())
    shown = PersonPrice(plain, prices)(model, {"prompt": "a fox"})
    assert shown.high == pytest.approx(1.5 * plain(model, {"prompt": "a fox"}).high)
    assert PersonPrice(plain, prices).usual(model).high == pytest.approx(1.5 * plain.usual(model).high)
    assert PersonPrice(plain)(model, {"prompt": "a fox"}) == plain(model, {"prompt": "a fox"})


def test_a_factor_of_no_model_is_refused_at_start_in_one_sentence() -> None:
    environ = {"BILLING": "stars", "STARS_PER_CREDIT": "1", "PRICE_FACTORS": "z-image=2,claude-haiku-4-5=3"}
    prices = Settings.from_env(environ).billing.prices
    assert prices.factors == {"z-image": Decimal(2), "claude-haiku-4-5": Decimal(3)}
    for written in ("z-imagge=2", "Z-Image=2,veo3=1.5"):
        with pytest.raises(SettingsError) as refused:
            Settings.from_env(environ | {"PRICE_FACTORS": written})
        [fault] = refused.value.faults
        assert fault.startswith("PRICE_FACTORS must name models by their ids, and there is no ")
        assert "did you mean 'z-image'?" in fault


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"PACKAGES": "100,500,100+20=40"}, "PACKAGES sells 100 credits twice"),
        ({"MONTHLY_PACKAGES": "100,0100"}, "MONTHLY_PACKAGES sells 100 credits twice"),
        ({"PACKAGES": "0"}, "PACKAGES must be credits"),
        ({"STARS_PER_CREDIT": "1e-30"}, "STARS_PER_CREDIT must be a number from 0.0001"),
        ({"PRICE_FACTOR": "0.00001"}, "PRICE_FACTOR must be a number from 0.0001"),
    ],
)
def test_a_price_list_that_can_not_be_meant_is_refused_at_start(changed: dict[str, str], fault: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({"BILLING": "stars", "STARS_PER_CREDIT": "0.5"} | changed)
    assert any(each.startswith(fault) for each in refused.value.faults)


def test_the_same_credits_once_and_monthly_are_two_packages() -> None:
    environ = {"BILLING": "stars", "STARS_PER_CREDIT": "0.123456789", "PACKAGES": "100", "MONTHLY_PACKAGES": "100"}
    prices = Settings.from_env(environ).billing.prices
    assert [(each.key, each.stars) for each in prices.packages] == [("100", 13), ("m100", 13)]
    assert prices.units_for(13) == 105_300


def test_what_a_person_reads_of_a_result_is_what_they_paid() -> None:
    agreed = Reservation(units=18_000, expected_units=12_000, units_per_credit=1_500)
    row = a_generation(reserved_credits=12.0, reservation=agreed, results=(PICTURE,), charged_credits=10.0)
    assert (row.agreed_credits, row.paid_credits) == (18.0, 15.0)
    assert evolve(row, charged_credits=99.0).paid_credits == 18.0
    assert evolve(row, reservation=None).paid_credits == 10.0


@pytest.mark.parametrize("text", ["nan", "-nan", "snan", "inf", "-1", "0", "1e9", "", "x", "0x5", "１e99"])
def test_no_amount_is_read_where_there_is_none(text: str) -> None:
    assert _units(text) is None
    with pytest.raises(ValueError, match="must be a number"):
        positive(text)


@pytest.mark.parametrize(("code", "uses"), [("ab", 1), ("a code", 1), ("SUMMER", 0), ("SUMMER", -1), ("SUMMER", 10**7)])
async def test_a_promo_code_has_a_form_and_a_number_of_uses(shop: Shop, code: str, uses: int) -> None:
    save = SavePromo(shop.purchases, an_audit())
    with pytest.raises(PromoRefused):
        await save(code, 100, uses, by=COMMAND_LINE)
    assert (await save(" summer ", 100, 3, by=COMMAND_LINE)).code == "SUMMER"
