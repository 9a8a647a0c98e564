"""What an operator reads when the books do not agree with themselves or with the payment gateway."""

from datetime import timedelta

import pytest
from attrs import define, evolve, field

from adapters.memory.book_reports import InMemoryBookReports
from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.metrics import CountingMetrics
from adapters.memory.payment_gateway import InMemoryPaymentGateway
from adapters.memory.purchase_store import InMemoryPurchaseStore
from adapters.memory.trouble import Trouble
from application.billing.reconcile import PAGE, Reconcile
from application.billing.record_payment import RecordPayment
from application.errors import GatewayUnavailable
from application.ports.payment_gateway import Invoice
from domain.generation import Generation, TaskId
from domain.ledger import EntryKind, after_all_key, payment_key, refund_key, release_key, returned_key
from domain.payment import Payment
from tests.support.books import DEAR, a_grant, an_entry
from tests.support.generations import ANN, NOON, PICTURE, a_generation
from tests.support.tills import PRICES, SMALL


@define
class Books:
    clock: ManualClock = field(factory=lambda: ManualClock(NOON))
    store: InMemoryGenerationStore = field(init=False)
    purchases: InMemoryPurchaseStore = field(init=False)
    gateway: InMemoryPaymentGateway = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.store = InMemoryGenerationStore(self.clock)
        self.purchases = InMemoryPurchaseStore(self.clock, self.store.ledger)
        self.gateway = InMemoryPaymentGateway(self.clock)

    def pay(self) -> Payment:
        return self.gateway.pay(ANN, Invoice(order=SMALL.order, title="t", description="d"))

    async def bought(self) -> Payment:
        payment = self.pay()
        record = RecordPayment(
            ledger=self.store.ledger,
            purchases=self.purchases,
            prices=PRICES,
            clock=self.clock,
            metrics=CountingMetrics(),
        )
        await record(payment)
        return payment

    def write(self, kind: EntryKind, units: int, key: str, payment: Payment) -> None:
        """An entry about a payment, as a refund writes it."""
        stars = -payment.stars if kind is EntryKind.REFUND else None
        self.store.ledger.write(
            an_entry(kind, units, key=key, reference=payment.charge_id, stars=stars, at=self.clock.now())
        )

    async def differences(self, *, grace: timedelta = timedelta()) -> list[str]:
        """A minute later."""
        await self.clock.advance(60)
        reconcile = Reconcile(
            ledger=self.store.ledger,
            purchases=self.purchases,
            reports=InMemoryBookReports(self.store),
            gateway=self.gateway,
            clock=self.clock,
        )
        return [str(each) for each in await reconcile(grace=grace)]

    async def made(self) -> Generation:
        """A generation that took 10 credits."""
        row = await self.store.add(a_generation(reservation=DEAR))
        row = await self.store.save(row.submitting(at=NOON))
        row = await self.store.save(row.running(TaskId("t")))
        return await self.store.save(row.succeeded((PICTURE,), credits=10.0, at=NOON))


@pytest.fixture
def books() -> Books:
    return Books()


async def test_books_that_agree_have_nothing_to_tell(books: Books) -> None:
    await books.bought()
    await books.made()
    assert await books.differences() == []


async def test_a_balance_that_is_not_the_sum_of_its_entries_is_reported_with_both_and_so_are_the_totals(
    books: Books,
) -> None:
    books.store.ledger.write(a_grant(5_000))
    lost = a_grant(2_000)
    books.store.ledger.write(lost)
    books.store.ledger.lose(lost.key)
    assert await books.differences() == [
        f"balance {ANN} books 7 + 0 held other side 5 + 0 held",
        "totals all accounts",
    ]


async def test_a_generation_that_has_ended_and_whose_credits_are_still_held_is_reported(books: Books) -> None:
    books.store.ledger.write(a_grant(18_000))
    row = await books.made()
    books.store.ledger.lose(release_key(row.id))
    assert f"unsettled {row.id}" in await books.differences()


async def test_a_generation_that_was_not_charged_is_reported_with_what_is_due(books: Books) -> None:
    books.store.ledger.write(a_grant(18_000))
    row = await books.made()
    [charge] = books.store.ledger.of_kind(EntryKind.CHARGE)
    books.store.ledger.lose(charge.entry.key)
    assert f"charge {row.id} books nothing other side 10" in await books.differences()


async def test_a_generation_that_was_charged_otherwise_is_reported_with_both_sums(books: Books) -> None:
    books.store.ledger.write(a_grant(18_000))
    row = await books.made()
    books.store.rows[row.id] = evolve(row, charged_credits=11.0)
    assert await books.differences() == [f"charge {row.id} books 10 other side 11"]


async def test_a_payment_the_books_do_not_have_is_reported_unless_it_may_still_be_on_its_way(books: Books) -> None:
    payment = books.pay()
    assert await books.differences(grace=timedelta(minutes=5)) == []
    assert await books.differences() == [f"payment_missing {payment.charge_id} other side 50 Stars"]


async def test_a_payment_the_gateway_does_not_know_is_reported(books: Books) -> None:
    payment = await books.bought()
    books.gateway.lines.clear()
    assert await books.differences() == [f"payment_unknown {payment.charge_id} books 50 Stars"]


async def test_a_payment_of_other_stars_is_reported_with_both(books: Books) -> None:
    payment = await books.bought()
    books.gateway.lines[0] = evolve(books.gateway.lines[0], stars=49)
    assert await books.differences() == [f"payment_stars {payment.charge_id} books 50 Stars other side 49 Stars"]


async def test_stars_given_back_without_the_books_are_reported(books: Books) -> None:
    payment = await books.bought()
    await books.gateway.refund(ANN, payment.charge_id)
    assert await books.differences() == [f"refund_missing {payment.charge_id} other side -50 Stars"]


async def test_a_refund_the_gateway_made_and_the_books_have_agrees(books: Books) -> None:
    payment = await books.bought()
    await books.gateway.refund(ANN, payment.charge_id)
    books.write(EntryKind.REFUND, -SMALL.units, refund_key(payment.charge_id), payment)
    assert await books.differences() == []


async def test_a_payment_and_a_refund_that_the_gateway_made_a_moment_after_their_entries_agree(books: Books) -> None:
    payment = books.pay()
    record = an_entry(
        EntryKind.PAYMENT,
        SMALL.units,
        key=payment_key(payment.charge_id),
        reference=payment.charge_id,
        stars=payment.stars,
        at=payment.at - timedelta(minutes=10),
    )
    books.store.ledger.write(record)
    assert await books.differences(grace=timedelta(minutes=5)) == []
    books.write(EntryKind.REFUND, -SMALL.units, refund_key(payment.charge_id), payment)
    await books.clock.advance(600)
    await books.gateway.refund(ANN, payment.charge_id)
    await books.purchases.end_refund(payment.charge_id, given_back=True, at=books.clock.now())
    assert await books.differences(grace=timedelta(minutes=5)) == []


@pytest.mark.parametrize(("given_back", "said"), [(True, True), (False, False), (None, False)])
async def test_a_refund_the_gateway_has_not_made_is_reported_only_where_it_was_said_to_be_made(
    books: Books, given_back: bool | None, said: bool
) -> None:
    payment = await books.bought()
    books.write(EntryKind.REFUND, -SMALL.units, refund_key(payment.charge_id), payment)
    if given_back is not None:
        await books.purchases.end_refund(payment.charge_id, given_back=given_back, at=NOON)
    assert await books.differences() == ([f"refund_unknown {payment.charge_id} books -50 Stars"] if said else [])


async def test_stars_that_came_back_after_the_credits_did_are_reported_until_the_books_say_so_too(books: Books) -> None:
    payment = await books.bought()
    books.write(EntryKind.REFUND, -SMALL.units, refund_key(payment.charge_id), payment)
    books.write(EntryKind.CORRECTION, SMALL.units, returned_key(payment.charge_id), payment)
    await books.gateway.refund(ANN, payment.charge_id)
    assert await books.differences() == [f"refund_missing {payment.charge_id} books refused other side given back"]
    books.write(EntryKind.CORRECTION, -SMALL.units, after_all_key(payment.charge_id), payment)
    assert await books.differences() == []


async def test_a_gateway_that_does_not_answer_is_reported_and_the_books_are_compared_with_themselves(
    books: Books,
) -> None:
    books.pay()
    books.gateway.on_call.add(Trouble(error=GatewayUnavailable("away")))
    assert await books.differences() == ["not_asked payments other side away"]


async def test_every_payment_is_compared_however_many_there_are(books: Books) -> None:
    for _ in range(PAGE + 1):
        payment = books.pay()
        books.store.ledger.write(
            an_entry(
                EntryKind.PAYMENT,
                payment.stars,
                key=payment_key(payment.charge_id),
                reference=payment.charge_id,
                stars=payment.stars,
                at=payment.at,
            )
        )
    assert await books.differences() == []
    last = books.gateway.lines.pop()
    assert await books.differences() == [f"payment_unknown {last.charge_id} books 50 Stars"]
