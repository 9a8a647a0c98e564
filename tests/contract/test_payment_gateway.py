"""What every ``PaymentGateway`` does: Telegram Stars, a card provider that may join, and the fake."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from attrs import frozen

from adapters.memory.clock import ManualClock
from adapters.memory.ledger import InMemoryLedger
from adapters.memory.metrics import CountingMetrics
from adapters.memory.payment_gateway import InMemoryPaymentGateway
from adapters.memory.purchase_store import InMemoryPurchaseStore
from adapters.memory.trouble import Trouble
from adapters.telegram.api.screens import Sender
from adapters.telegram.api.stars_gateway import StarsGateway
from application.billing.record_payment import RecordPayment
from application.billing.refund_payment import RefundPayment, RefundState
from application.errors import GatewayUnavailable, PaymentRefused
from application.ports.payment_gateway import Invoice, PaymentGateway
from domain.audit import COMMAND_LINE
from domain.generation import Destination, UserId
from domain.ledger import Balance
from domain.package import Order
from domain.payment import Payment
from simulators.telegram import PaymentFault, TelegramFault
from tests.support.audit import an_audit
from tests.support.card_gateway import CardGateway, CardProvider
from tests.support.telegram_simulator import simulated
from tests.support.tills import MONTHLY, PRICES, SMALL, Till

STRANGER: Final = UserId("telegram:999999")
LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)


def an_invoice(order: Order) -> Invoice:
    return Invoice(order=order, title="100 credits", description="100 credits, once")


@frozen(kw_only=True)
class Counter:
    """A gateway, and what happens on the other side of it."""

    gateway: PaymentGateway
    user: UserId
    destination: Destination
    invoices_shown: Callable[[], int]
    pay: Callable[[], str]
    """Someone pays the small package; gives the charge id."""
    subscribe: Callable[[str], str]
    """Someone pays at this address for a month."""
    refuse_refund: Callable[[], object]
    lose_answer: Callable[[], object]
    """The next answer is lost; what was asked for is done."""


@asynccontextmanager
async def memory() -> AsyncIterator[Counter]:
    gateway = InMemoryPaymentGateway(ManualClock())
    user = UserId("telegram:1")
    yield Counter(
        gateway=gateway,
        user=user,
        destination=Destination(chat="1"),
        invoices_shown=lambda: len(gateway.invoices),
        pay=lambda: gateway.pay(user, an_invoice(SMALL.order)).charge_id,
        subscribe=lambda link: (
            gateway.pay(user, gateway.links[link], paid_until=datetime.max.replace(tzinfo=UTC)).charge_id
        ),
        refuse_refund=lambda: gateway.on_refund.add(Trouble(error=PaymentRefused("no"))),
        lose_answer=lambda: gateway.on_refund.add(Trouble(error=GatewayUnavailable("lost"), takes_effect=True)),
    )


@asynccontextmanager
async def cards() -> AsyncIterator[Counter]:
    provider = CardProvider(ManualClock())
    gateway, user = CardGateway(provider), UserId("telegram:1")

    def refuse() -> None:
        provider.refuses_refunds = True

    yield Counter(
        gateway=gateway,
        user=user,
        destination=Destination(chat="1"),
        invoices_shown=lambda: len(gateway.shown),
        pay=lambda: provider.pay(provider.page(100, SMALL.order.write()), user).id,
        subscribe=lambda link: provider.pay(link, user, plan="month").id,
        refuse_refund=refuse,
        lose_answer=lambda: provider.on_call.add(Trouble(error=GatewayUnavailable("lost"), takes_effect=True)),
    )


@asynccontextmanager
async def stars() -> AsyncIterator[Counter]:
    async with simulated() as there:
        payments, anna, chat = there.world.payments, there.anna.person, there.anna.chat()
        bot = next(iter(there.world.bots.values()))
        yield Counter(
            gateway=StarsGateway(there.bot, Sender(there.bot)),
            user=UserId(f"telegram:{anna.id}"),
            destination=Destination(chat=str(chat.id)),
            invoices_shown=lambda: sum("invoice" in message.extra for message in chat.messages.values()),
            pay=lambda: payments.take(Till.invoice_for(SMALL, bot), anna, chat).id,
            subscribe=lambda link: payments.take(payments.invoice_at(link), anna, chat).id,
            refuse_refund=lambda: payments.spoil(PaymentFault.REFUND_REFUSED),
            lose_answer=lambda: there.world.faults.add(
                TelegramFault(method="refundStarPayment", drop=True, after_effect=True)
            ),
        )


OPENED: Final = {"memory": memory, "cards": cards, "stars": stars}


@pytest.fixture(params=OPENED)
async def counter(request: pytest.FixtureRequest) -> AsyncIterator[Counter]:
    async with OPENED[request.param]() as opened:
        yield opened


async def test_an_invoice_is_shown_each_time(counter: Counter) -> None:
    await counter.gateway.send_invoice(counter.destination, an_invoice(SMALL.order))
    await counter.gateway.send_invoice(counter.destination, an_invoice(SMALL.order))
    assert counter.invoices_shown() == 2


async def test_a_payment_is_given_back_once(counter: Counter) -> None:
    charge_id = counter.pay()
    assert await counter.gateway.refund(counter.user, charge_id)
    assert not await counter.gateway.refund(counter.user, charge_id)
    assert await _lines(counter) == [(charge_id, 50), (charge_id, -50)]


async def test_a_refund_whose_answer_was_lost_is_made_once(counter: Counter) -> None:
    charge_id = counter.pay()
    counter.lose_answer()
    with pytest.raises(GatewayUnavailable):
        await counter.gateway.refund(counter.user, charge_id)
    assert not await counter.gateway.refund(counter.user, charge_id)
    assert await _lines(counter) == [(charge_id, 50), (charge_id, -50)]


async def test_a_refund_may_be_refused_and_then_nothing_moves(counter: Counter) -> None:
    charge_id = counter.pay()
    counter.refuse_refund()
    with pytest.raises(PaymentRefused):
        await counter.gateway.refund(counter.user, charge_id)
    assert await _lines(counter) == [(charge_id, 50)]


async def test_neither_an_unknown_payment_nor_that_of_another_is_given_back(counter: Counter) -> None:
    charge_id = counter.pay()
    for user, asked in ((counter.user, "nothing"), (STRANGER, charge_id)):
        with pytest.raises(PaymentRefused):
            await counter.gateway.refund(user, asked)
    assert await _lines(counter) == [(charge_id, 50)]


async def test_its_records_name_the_payer_the_order_and_the_time(counter: Counter) -> None:
    charge_id = counter.pay()
    [line] = [line async for line in counter.gateway.transactions(since=LONG_AGO)]
    assert (line.charge_id, line.stars, line.user) == (charge_id, 50, counter.user)
    assert Order.read(line.payload) == SMALL.order
    later = line.at + timedelta(seconds=1)
    assert [line async for line in counter.gateway.transactions(since=later)] == []


async def test_records_are_read_to_the_end_where_a_page_is_shorter_than_asked_for() -> None:
    async with simulated() as there:
        payments, bot = there.world.payments, next(iter(there.world.bots.values()))
        payments.lines_a_page = 2
        invoice = Till.invoice_for(SMALL, bot)
        taken = [payments.take(invoice, there.anna.person, there.anna.chat()).id for _ in range(5)]
        gateway = StarsGateway(there.bot, Sender(there.bot))
        assert [line.charge_id async for line in gateway.transactions(since=LONG_AGO)] == taken


async def test_a_subscription_is_stopped_and_taken_up_again_as_often_as_one_likes(counter: Counter) -> None:
    link = await counter.gateway.subscription_link(an_invoice(MONTHLY.order))
    charge_id = counter.subscribe(link)
    for stopped in (True, True, False, False):
        await counter.gateway.stop_renewal(counter.user, charge_id, stopped=stopped)
    once = counter.pay()
    for wrong in (once, "nothing"):
        with pytest.raises(PaymentRefused):
            await counter.gateway.stop_renewal(counter.user, wrong)


@pytest.mark.parametrize("fate", ["given back", "lost", "refused"])
async def test_the_books_of_our_own_agree_with_any_gateway(counter: Counter, fate: str) -> None:
    clock = ManualClock()
    ledger = InMemoryLedger(clock)
    purchases = InMemoryPurchaseStore(clock, ledger)
    metrics = CountingMetrics()
    refund = RefundPayment(
        ledger=ledger, purchases=purchases, gateway=counter.gateway, clock=clock, metrics=metrics, audit=an_audit()
    )
    record = RecordPayment(ledger=ledger, purchases=purchases, prices=PRICES, clock=clock, metrics=metrics)
    charge_id = counter.pay()
    await record(_payment(counter, charge_id))
    assert await ledger.balance(counter.user) == Balance(units=100_000)
    if fate == "lost":
        counter.lose_answer()
    states = []
    for _ in range(2):
        if fate == "refused":
            counter.refuse_refund()  # a refusal holds for one call: what was refused is asked for again
        states.append((await refund(charge_id, by=COMMAND_LINE)).state)
    expected = {
        "given back": [RefundState.GIVEN_BACK] * 2,
        "lost": [RefundState.ASKED, RefundState.GIVEN_BACK],
        "refused": [RefundState.REFUSED] * 2,
    }
    assert states == expected[fate]
    left = 100_000 if fate == "refused" else 0
    assert await ledger.balance(counter.user) == Balance(units=left)
    assert (await ledger.totals()).is_even
    assert len(await _lines(counter)) == (1 if fate == "refused" else 2)


def _payment(counter: Counter, charge_id: str) -> Payment:
    return Payment(
        user=counter.user, charge_id=charge_id, stars=50, order=SMALL.order, at=datetime(2026, 1, 1, tzinfo=UTC)
    )


async def _lines(counter: Counter) -> list[tuple[str, int]]:
    return [(line.charge_id, line.stars) async for line in counter.gateway.transactions(since=LONG_AGO)]
