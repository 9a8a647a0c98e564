"""How credits come to a person: by a payment, a code, an invitation, the operator; and how a subscription ends."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from attrs import define, evolve, field

from adapters.memory.access_store import InMemoryAccessStore
from adapters.memory.audit_log import InMemoryAuditLog
from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.ledger import InMemoryLedger
from adapters.memory.metrics import CountingMetrics
from adapters.memory.payment_gateway import InMemoryPaymentGateway
from adapters.memory.purchase_store import InMemoryPurchaseStore
from adapters.memory.trouble import Trouble
from application.audit import Audit
from application.billing.check_purchase import CheckPurchase
from application.billing.grant_credits import CorrectCharge, GrantCredits
from application.billing.note_referral import NoteReferral
from application.billing.promo_codes import MOST_USES, RedeemPromo, SavePromo
from application.billing.record_payment import PATIENCE_S, RecordPayment
from application.billing.stop_subscription import StopSubscription
from application.errors import (
    AlreadySubscribed,
    GatewayUnavailable,
    GenerationNotFound,
    PaymentNotFound,
    PromoRefused,
    StoreUnavailable,
)
from application.ports.payment_gateway import Invoice
from domain.access import KnownUser, Subject, telegram_subject, telegram_user
from domain.audit import COMMAND_LINE
from domain.generation import GenerationId, UserId
from domain.ledger import Balance, Entry
from domain.package import Package
from domain.payment import Payment
from tests.support.generations import ANN, BOB, NOON, a_generation
from tests.support.tills import MONTHLY, PRICES, SMALL

AWAY = Trouble(error=StoreUnavailable("away"))
YEARLY = evolve(MONTHLY, credits=9_000)


@define
class Counter:
    """Where credits are had, and what the operator did there."""

    clock: ManualClock = field(factory=lambda: ManualClock(NOON))
    store: InMemoryGenerationStore = field(init=False)
    purchases: InMemoryPurchaseStore = field(init=False)
    gateway: InMemoryPaymentGateway = field(init=False)
    log: InMemoryAuditLog = field(init=False)
    access: InMemoryAccessStore = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.store = InMemoryGenerationStore(self.clock)
        self.purchases = InMemoryPurchaseStore(self.clock, self.ledger)
        self.gateway = InMemoryPaymentGateway(self.clock)
        self.log = InMemoryAuditLog(self.clock)
        self.access = InMemoryAccessStore(self.clock)

    @property
    def ledger(self) -> InMemoryLedger:
        return self.store.ledger

    @property
    def audit(self) -> Audit:
        return Audit(self.log, self.clock)

    def units(self, user: UserId = ANN) -> int:
        return self.ledger.balance_now(user).units

    def pay(self, package: Package = SMALL, **changes: Any) -> Payment:
        """A subscription is paid for a month."""
        invoice = Invoice(order=package.order, title="t", description="d")
        until = self.clock.now() + timedelta(days=30) if package.monthly else None
        return evolve(self.gateway.pay(ANN, invoice, paid_until=until), **changes)

    async def record(self, payment: Payment, *, thanks: int = 0) -> Entry:
        record = RecordPayment(
            ledger=self.ledger,
            purchases=self.purchases,
            prices=PRICES,
            clock=self.clock,
            metrics=CountingMetrics(),
            referral_units=thanks,
        )
        return await record(payment)

    async def visit(self, user: UserId) -> None:
        person = KnownUser(user=user, name="A", language="en", chat=None, seen_at=NOON)
        await self.access.record_visit(person, Subject(user), welcome=True)

    async def refer(self, invited: UserId, inviter: UserId) -> bool:
        note = NoteReferral(
            purchases=self.purchases, ledger=self.ledger, access=self.access, clock=self.clock, referral_units=7_000
        )
        return await note(invited, inviter)

    @property
    def subscription(self) -> StopSubscription:
        return StopSubscription(purchases=self.purchases, gateway=self.gateway, clock=self.clock)

    async def save(self, code: str, units: int = 5_000, uses: int = 1, **more: Any) -> None:
        await SavePromo(self.purchases, self.audit)(code, units, uses, by=COMMAND_LINE, **more)

    async def redeem(self, code: str, user: UserId = ANN) -> None:
        await RedeemPromo(purchases=self.purchases, ledger=self.ledger, clock=self.clock)(user, code)

    async def grant(self, units: int, request: str) -> Balance:
        grant = GrantCredits(ledger=self.ledger, clock=self.clock, audit=self.audit)
        return await grant(ANN, units, by=COMMAND_LINE, request=request)


@pytest.fixture
def counter() -> Counter:
    return Counter()


async def test_a_payment_reported_twice_gives_its_credits_once(counter: Counter) -> None:
    payment = counter.pay()
    first, second = await counter.record(payment), await counter.record(payment)
    assert first == second
    assert counter.units() == SMALL.units


async def test_a_payment_gives_what_its_invoice_said_and_without_one_what_its_stars_are_worth(
    counter: Counter,
) -> None:
    await counter.record(counter.pay(order=evolve(SMALL.order, units=123_000)))
    assert counter.units() == 123_000
    await counter.record(counter.pay(order=None))
    assert counter.units() == 223_000  # 50 Stars at half a Star a credit
    await counter.record(counter.pay(stars=10))
    assert counter.units() == 243_000  # not the package: other Stars than agreed


async def test_a_store_that_stumbles_does_not_lose_a_payment(counter: Counter) -> None:
    counter.ledger.on_call.add(AWAY, AWAY)
    await _later(counter, counter.pay())
    assert counter.units() == SMALL.units


async def test_a_payment_the_store_does_not_take_is_to_be_reported_again(counter: Counter) -> None:
    counter.ledger.on_call.add(*[AWAY] * 1_000)
    with pytest.raises(StoreUnavailable):
        await _later(counter, counter.pay())
    assert counter.units() == 0


async def test_who_invited_is_thanked_for_the_first_payment_alone(counter: Counter) -> None:
    await counter.purchases.note_referral(ANN, BOB, at=NOON)
    for _ in range(2):
        await counter.record(counter.pay(), thanks=7_000)
    assert counter.units(BOB) == 7_000


async def test_no_one_is_thanked_where_no_one_invited_or_the_operator_gives_nothing_for_it(counter: Counter) -> None:
    await counter.record(counter.pay(), thanks=7_000)
    await counter.purchases.note_referral(ANN, BOB, at=NOON)
    await counter.record(counter.pay(MONTHLY))
    assert counter.units(BOB) == 0


async def test_a_bonus_is_for_bringing_in_someone_else_who_has_not_paid_and_did_not_bring_them_in(
    counter: Counter,
) -> None:
    for user in (ANN, BOB):
        await counter.visit(user)
    assert not await counter.refer(ANN, ANN)
    assert not await counter.refer(ANN, UserId("telegram:404"))  # whom no one has seen
    assert await counter.refer(ANN, BOB)
    assert not await counter.refer(BOB, ANN)
    assert not await counter.refer(ANN, BOB)
    await counter.record(counter.pay())
    await counter.purchases.forget(ANN)
    assert not await counter.refer(ANN, BOB)


@pytest.mark.parametrize("text", ["١٢٣", "１２３", "007", "0", "-5", "+5", "5 ", "1_0", "²", "9" * 17, "9" * 4_000, ""])
def test_an_id_of_telegram_is_written_in_one_way(text: str) -> None:
    assert telegram_user(text) is None
    assert telegram_user("123") == UserId("telegram:123")
    assert (telegram_subject("-1001234"), telegram_user("-1001234")) == ("telegram:-1001234", None)


async def test_a_person_stops_a_subscription_keeps_what_they_paid_for_and_wants_it_again(counter: Counter) -> None:
    payment = counter.pay(MONTHLY)
    await counter.record(payment)
    await counter.subscription(ANN, MONTHLY.key)
    assert counter.gateway.is_stopped(payment.charge_id)
    assert await _stopped(counter) == {MONTHLY.key: True}
    assert counter.units() == MONTHLY.units
    await counter.subscription(ANN, MONTHLY.key, stopped=False)
    assert not counter.gateway.is_stopped(payment.charge_id)
    assert await _stopped(counter) == {MONTHLY.key: False}


async def test_a_monthly_package_is_paid_once_by_each_person_until_it_is_stopped_or_due(counter: Counter) -> None:
    check = CheckPurchase(prices=PRICES, purchases=counter.purchases, clock=counter.clock)
    payload, stars = MONTHLY.order.write(), MONTHLY.stars
    assert await check(ANN, payload, stars) == MONTHLY.order
    await counter.record(counter.pay(MONTHLY))
    with pytest.raises(AlreadySubscribed):
        await check(ANN, payload, stars)
    assert await check(BOB, payload, stars) == MONTHLY.order
    await counter.subscription(ANN, MONTHLY.key)
    assert await check(ANN, payload, stars) == MONTHLY.order
    await counter.subscription(ANN, MONTHLY.key, stopped=False)
    await counter.clock.advance(timedelta(days=29, hours=1).total_seconds())
    assert await check(ANN, payload, stars) == MONTHLY.order


async def test_a_store_that_is_away_holds_up_no_payment_but_that_of_a_month(counter: Counter) -> None:
    check = CheckPurchase(prices=PRICES, purchases=counter.purchases, clock=counter.clock)
    counter.purchases.on_call.add(*[AWAY] * 2)
    assert await check(ANN, SMALL.order.write(), SMALL.stars) == SMALL.order
    with pytest.raises(StoreUnavailable):
        await check(ANN, MONTHLY.order.write(), MONTHLY.stars)


async def test_only_a_subscription_the_person_has_can_be_stopped(counter: Counter) -> None:
    await counter.record(counter.pay(MONTHLY))
    with pytest.raises(PaymentNotFound):
        await counter.subscription(ANN, YEARLY.key)
    with pytest.raises(PaymentNotFound):
        await counter.subscription(BOB, MONTHLY.key)


async def test_a_stop_the_gateway_did_not_take_is_not_written_down(counter: Counter) -> None:
    await counter.record(counter.pay(MONTHLY))
    counter.gateway.on_call.add(Trouble(error=GatewayUnavailable("away")))
    with pytest.raises(GatewayUnavailable):
        await counter.subscription(ANN, MONTHLY.key)
    assert await _stopped(counter) == {MONTHLY.key: False}


async def test_all_subscriptions_of_a_person_are_stopped_and_the_gateway_is_not_asked_twice(counter: Counter) -> None:
    for package in (MONTHLY, YEARLY):
        await counter.record(counter.pay(package))
    await counter.subscription(ANN, MONTHLY.key)
    counter.gateway.on_call.add(Trouble(), Trouble(error=GatewayUnavailable("asked for what is stopped")))
    await counter.subscription.all_of(ANN)
    assert await _stopped(counter) == {MONTHLY.key: True, YEARLY.key: True}


async def test_a_code_gives_its_credits_to_each_person_once_in_any_letter_case(counter: Counter) -> None:
    await counter.save("Spring", uses=2)
    await counter.redeem(" spring ")
    with pytest.raises(PromoRefused):
        await counter.redeem("SPRING")
    await counter.redeem("SPRING", BOB)
    assert (counter.units(), counter.units(BOB)) == (5_000, 5_000)


async def test_a_code_that_is_unknown_over_or_used_up_gives_nothing(counter: Counter) -> None:
    await counter.save("ONCE")
    await counter.save("OVER", expires_at=NOON)
    await counter.redeem("ONCE", BOB)
    for code in ("NONE", "OVER", "ONCE"):
        with pytest.raises(PromoRefused):
            await counter.redeem(code)
    assert counter.units() == 0


@pytest.mark.parametrize(("code", "uses"), [("a b c", 1), ("ab", 1), ("GOOD", 0), ("GOOD", MOST_USES + 1)])
async def test_a_code_no_one_can_type_or_use_is_refused_and_nothing_is_noted(
    counter: Counter, code: str, uses: int
) -> None:
    with pytest.raises(PromoRefused):
        await counter.save(code, uses=uses)
    assert counter.purchases.promos == {}
    assert counter.log.entries == []


async def test_the_same_wish_of_the_operator_is_one_grant_and_another_is_another(counter: Counter) -> None:
    assert await counter.grant(5_000, "first") == Balance(units=5_000)
    assert await counter.grant(5_000, "first") == Balance(units=5_000)
    assert await counter.grant(1_500, "second") == Balance(units=6_500)
    assert [(entry.about, entry.details) for entry in counter.log.entries] == [(ANN, "+5"), (ANN, "+5"), (ANN, "+1.5")]


async def test_what_does_not_exist_or_no_one_paid_for_is_not_corrected(counter: Counter) -> None:
    free = await counter.store.add(a_generation())
    correct = CorrectCharge(ledger=counter.ledger, generations=counter.store, clock=counter.clock, audit=counter.audit)
    for generation_id in (free.id, GenerationId("none")):
        with pytest.raises(GenerationNotFound):
            await correct(generation_id, 1.0, by=COMMAND_LINE)
    assert counter.log.entries == []


async def _stopped(counter: Counter) -> dict[str, bool]:
    own = await counter.purchases.subscriptions(ANN, at=counter.clock.now())
    return {each.package: each.is_stopped for each in own}


async def _later(counter: Counter, payment: Payment) -> None:
    """Record it while time goes on for as long as the use case has patience."""
    async with asyncio.timeout(30):
        recording = asyncio.create_task(counter.record(payment))
        await counter.clock.advance(PATIENCE_S + 1)
        await recording
