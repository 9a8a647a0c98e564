"""The leader's look at the books: every difference is an alarm with its entry, until a later look does not find it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from attrs import frozen

from adapters.memory.book_reports import InMemoryBookReports
from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.metrics import CountingMetrics
from adapters.memory.payment_gateway import InMemoryPaymentGateway
from adapters.memory.provider_accounts import InMemoryProviderAccounts
from adapters.memory.purchase_store import InMemoryPurchaseStore
from adapters.memory.text_call_store import InMemoryTextCallStore
from adapters.memory.trouble import Trouble
from application.billing.compare_account import CompareAccount
from application.billing.end_lost_calls import EndLostCalls
from application.billing.reconcile import Reconcile
from application.billing.record_payment import RecordPayment
from application.billing.refund_payment import FinishRefunds, RefundPayment, RefundState
from application.billing.stop_subscription import StopDoubledRenewals
from application.errors import GatewayUnavailable, StoreUnavailable
from application.operating.keep_books import COMPARE_EVERY, GRACE, LOOK_EVERY_S, KeepBooks
from application.ports.payment_gateway import Invoice
from domain.audit import COMMAND_LINE
from domain.bot import BotId, ProviderAccount
from domain.generation import TaskId
from domain.ledger import Balance
from domain.operation import AlarmKind
from domain.payment import Payment
from domain.provider_account import MAIN_ACCOUNT
from tests.support.audit import an_audit
from tests.support.books import DEAR, a_grant
from tests.support.generations import ANN, PICTURE, a_generation
from tests.support.tills import PRICES, SMALL

OWN = ProviderAccount(name="own", bots=frozenset({BotId("1")}))
DAY_S = COMPARE_EVERY.total_seconds() + LOOK_EVERY_S


@frozen
class Office:
    clock: ManualClock
    store: InMemoryGenerationStore
    purchases: InMemoryPurchaseStore
    gateway: InMemoryPaymentGateway
    provider: InMemoryProvider
    accounts: InMemoryProviderAccounts
    refund: RefundPayment
    record: RecordPayment
    books: KeepBooks

    def pay(self) -> Payment:
        return self.gateway.pay(ANN, Invoice(order=SMALL.order, title="t", description="d"))

    def alarms(self, kind: AlarmKind) -> list[str]:
        return [alarm.about for alarm in self.books.present() if alarm.kind is kind]

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """A leader keeps the books."""
        leadership = await InMemoryLeaderLock(LockRoom(self.clock), bot="1").acquire()
        task = asyncio.create_task(self.books.run(leadership))
        await self.clock.advance(0)
        yield
        assert not task.done()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def an_office(*, is_on: bool = True) -> Office:
    clock, metrics = ManualClock(), CountingMetrics()
    store, provider = InMemoryGenerationStore(clock), InMemoryProvider(clock)
    purchases, gateway = InMemoryPurchaseStore(clock, store.ledger), InMemoryPaymentGateway(clock)
    reports, accounts = InMemoryBookReports(store), InMemoryProviderAccounts({})
    refund = RefundPayment(
        ledger=store.ledger, purchases=purchases, gateway=gateway, clock=clock, metrics=metrics, audit=an_audit()
    )
    return Office(
        clock=clock,
        store=store,
        purchases=purchases,
        gateway=gateway,
        provider=provider,
        accounts=accounts,
        refund=refund,
        record=RecordPayment(ledger=store.ledger, purchases=purchases, prices=PRICES, clock=clock, metrics=metrics),
        books=KeepBooks(
            finish_refunds=FinishRefunds(purchases, refund),
            stop_doubled=StopDoubledRenewals(purchases, gateway),
            end_lost_calls=EndLostCalls(calls=InMemoryTextCallStore(clock, store), clock=clock),
            reconcile=Reconcile(
                ledger=store.ledger,
                purchases=purchases,
                reports=reports,
                gateway=gateway,
                clock=clock,
            ),
            compare_account=CompareAccount(
                own=lambda: {MAIN_ACCOUNT: OWN}, accounts=accounts, provider_of=lambda _name: provider, clock=clock
            ),
            reports=reports,
            clock=clock,
            metrics=metrics,
            is_on=is_on,
        ),
    )


@pytest.fixture
def office() -> Office:
    return an_office()


async def test_a_payment_that_is_in_no_book_is_an_alarm_until_it_is(office: Office) -> None:
    payment = office.pay()
    await office.clock.advance(GRACE.total_seconds() + 1)
    async with office.kept():
        [about] = office.alarms(AlarmKind.BOOKS)
        assert payment.charge_id in about
        await office.record(payment)
        await office.clock.advance(LOOK_EVERY_S)
        assert office.alarms(AlarmKind.BOOKS) == [about]  # compared once a day
        await office.clock.advance(DAY_S)
        assert office.alarms(AlarmKind.BOOKS) == []


async def test_an_answer_that_does_not_come_clears_no_alarm_and_raises_none(office: Office) -> None:
    office.pay()
    await office.clock.advance(GRACE.total_seconds() + 1)
    office.gateway.on_call.add(*[Trouble(error=GatewayUnavailable("away"))] * 2)
    async with office.kept():
        assert office.books.kinds == {AlarmKind.OVERRUN}
        await office.clock.advance(2 * LOOK_EVERY_S)
        assert len(office.alarms(AlarmKind.BOOKS)) == 1
        office.gateway.on_call.add(Trouble(error=GatewayUnavailable("away")))
        await office.clock.advance(DAY_S - LOOK_EVERY_S)
        assert len(office.alarms(AlarmKind.BOOKS)) == 1


async def test_what_the_provider_took_beyond_the_agreement_is_an_alarm_for_a_day(office: Office) -> None:
    await office.store.ledger.add(a_grant(18_000))
    now = office.clock.now()
    row = await office.store.add(a_generation(reservation=DEAR, created_at=now))
    row = await office.store.save(row.submitting(at=now))
    row = await office.store.save(row.running(TaskId("t")))
    row = await office.store.save(row.succeeded((PICTURE,), credits=25.0, at=now))
    async with office.kept():
        assert office.alarms(AlarmKind.OVERRUN) == [row.model_id]
        assert list(office.books.present().values()) == [7.0]
        await office.clock.advance(DAY_S)
        assert office.alarms(AlarmKind.OVERRUN) == []


async def test_a_refund_whose_answer_was_lost_is_finished_also_where_nothing_is_sold_any_more() -> None:
    office = an_office(is_on=False)
    payment = office.pay()
    await office.record(payment)
    office.gateway.on_refund.add(Trouble(error=GatewayUnavailable("lost"), takes_effect=True))
    assert (await office.refund(payment.charge_id, by=COMMAND_LINE)).state is RefundState.ASKED
    async with office.kept():
        assert await office.purchases.open_refunds() == []
        assert office.accounts.readings == {}
        assert office.books.kinds == frozenset()
    assert [line.stars for line in office.gateway.lines] == [50, -50]
    assert await office.store.ledger.balance(ANN) == Balance()


async def test_a_store_that_is_away_and_a_fault_of_our_own_end_no_leadership(office: Office) -> None:
    office.purchases.on_call.add(Trouble(error=StoreUnavailable("away")), Trouble(error=ValueError("our own")))
    async with office.kept():
        await office.clock.advance(2 * LOOK_EVERY_S)
        assert office.books.kinds == {AlarmKind.OVERRUN, AlarmKind.BOOKS}


async def test_a_new_leader_says_nothing_of_what_it_has_not_compared(office: Office) -> None:
    office.pay()
    await office.clock.advance(GRACE.total_seconds() + 1)
    async with office.kept():
        assert office.alarms(AlarmKind.BOOKS)
    office.gateway.on_call.add(Trouble(error=GatewayUnavailable("away")))
    async with office.kept():
        assert AlarmKind.BOOKS not in office.books.kinds
        assert office.alarms(AlarmKind.BOOKS) == []


async def test_a_difference_of_the_account_is_not_forgotten_while_the_gateway_is_away(office: Office) -> None:
    async with office.kept():
        office.provider.credits_left -= 7
        office.gateway.on_call.add(Trouble(error=GatewayUnavailable("away")))
        await office.clock.advance(COMPARE_EVERY.total_seconds())
        assert office.alarms(AlarmKind.BOOKS) == []
        await office.clock.advance(LOOK_EVERY_S)
        [about] = office.alarms(AlarmKind.BOOKS)
        assert about.startswith("provider_credits")
