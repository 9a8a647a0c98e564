"""What every ``BookReports`` says of the same books."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve, frozen

from adapters.memory.book_reports import InMemoryBookReports
from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.text_call_store import InMemoryTextCallStore
from adapters.postgres_store import Database, PostgresBookReports, PostgresGenerationStore, PostgresLedger
from adapters.postgres_store.text_call_store import PostgresTextCallStore
from adapters.system.machine import SystemIds
from application.limits import TextLimits
from application.ports.book_reports import BookReports, MoneyOfDay, MoneyOfModel
from application.ports.generation_store import GenerationStore
from application.ports.ledger import Ledger
from application.ports.text_call_store import TextCallStore
from domain.failure import Failure, FailureKind
from domain.generation import Generation, TaskId
from domain.ledger import EntryKind
from domain.model import ModelId
from domain.reservation import Reservation
from domain.text_call import TextCall, TextCallId, TextModelId, TextPurpose
from tests.support.books import DEAR, a_grant, an_entry
from tests.support.generations import ANN, FLUX, NOON, PICTURE, a_generation

DAY = timedelta(days=1)
VEO = ModelId("veo3")
DOUBLE = Reservation(units=18_000, expected_units=12_000, units_per_credit=2_000)


@frozen
class Books:
    store: GenerationStore
    ledger: Ledger
    reports: BookReports
    calls: TextCallStore

    async def open(self) -> None:
        """Ann can pay for all of it."""
        await self.ledger.add(evolve(a_grant(500_000), at=NOON))

    async def made(self, took: float | None, *, days: int = 0, **wish: Any) -> Generation:
        """A success that took so many credits, so many days after noon."""
        values: dict[str, Any] = {"reservation": DEAR, "created_at": NOON + days * DAY} | wish
        row = await self.store.add(a_generation(**values))
        row = await self.store.save(row.submitting(at=row.created_at))
        row = await self.store.save(row.running(TaskId(f"task of {row.id}")))
        return await self.store.save(row.succeeded((PICTURE,), credits=took, at=row.created_at))

    async def asked(self, took: float | None, *, pays: bool = True, is_answered: bool = True) -> None:
        """A question to a chat model that can cost a credit, whose user pays double."""
        call = TextCall(
            id=TextCallId(SystemIds().generation_id()),
            user=ANN,
            purpose=TextPurpose.IMPROVE,
            model=TextModelId("chat-model"),
            begun_at=NOON,
            most_credits=1.0,
            reservation=Reservation(units=2_000, expected_units=2_000, units_per_credit=2_000) if pays else None,
        )
        await self.calls.begin(call, TextLimits())
        await self.calls.end(call.ended(at=NOON, is_answered=is_answered, credits=took))


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def books(request: pytest.FixtureRequest) -> Books:
    if request.param == "memory":
        clock = ManualClock()
        store = InMemoryGenerationStore(clock)
        calls = InMemoryTextCallStore(clock, store)
        return Books(store, store.ledger, InMemoryBookReports(store, calls), calls)
    opened: Database = request.getfixturevalue("opened_database")
    return Books(
        PostgresGenerationStore(opened, "1"),
        PostgresLedger(opened, "1"),
        PostgresBookReports(opened, "1"),
        PostgresTextCallStore(opened, "1"),
    )


async def test_days_say_what_came_in_was_spent_and_cost(books: Books) -> None:
    await books.open()
    payment = an_entry(EntryKind.PAYMENT, 10_000, stars=50, at=NOON)
    await books.ledger.add(payment)
    await books.ledger.add(an_entry(EntryKind.REFUND, -10_000, stars=-50, at=NOON + DAY))
    await books.made(9.5, days=1)
    await books.made(25.0, days=1)
    assert await books.reports.days(since=NOON - DAY) == [
        MoneyOfDay(day=(NOON + DAY).date(), stars_back=50, spent_units=27_500, cost_credits=34.5),
        MoneyOfDay(day=NOON.date(), stars_in=50, sold_units=10_000, given_units=500_000),
    ]
    assert [day.day for day in await books.reports.days(since=NOON + timedelta(hours=1))] == [(NOON + DAY).date()]


async def test_models_say_what_was_paid_and_what_it_cost_failures_included(books: Books) -> None:
    await books.open()
    await books.made(9.5, model_id=FLUX)
    await books.made(2.0, model_id=VEO, reservation=DOUBLE)
    failing = await books.store.add(a_generation(reservation=DEAR, model_id=VEO))
    failing = await books.store.save(failing.submitting(at=NOON))
    await books.store.save(failing.failed(Failure(kind=FailureKind.GENERATION_FAILED), at=NOON))
    await books.made(3.0, model_id=VEO, reservation=None)
    assert await books.reports.models(since=NOON - DAY) == [
        MoneyOfModel(model_id=FLUX, generations=1, spent_units=9_500, cost_credits=9.5),
        MoneyOfModel(model_id=VEO, generations=2, spent_units=4_000, cost_credits=2.0),
    ]
    assert await books.reports.models(since=NOON + DAY) == []


async def test_chat_models_stand_in_every_figure_beside_the_others(books: Books) -> None:
    await books.open()
    await books.made(9.5, model_id=FLUX)
    await books.asked(0.25)
    await books.asked(3.0)  # beyond its most
    await books.asked(0.5, is_answered=False)
    await books.asked(None, pays=False)  # what was read for nothing
    [day] = await books.reports.days(since=NOON - DAY)
    assert (day.spent_units, day.cost_credits) == (9_500 + 500 + 2_000, 9.5 + 0.25 + 3.0 + 0.5 + 1.0)
    assert await books.reports.models(since=NOON - DAY) == [
        MoneyOfModel(model_id=FLUX, generations=1, spent_units=9_500, cost_credits=9.5),
        MoneyOfModel(model_id=ModelId("chat-model"), generations=4, spent_units=2_500, cost_credits=4.75),
    ]
    assert await books.reports.overruns(since=NOON - DAY) == {ModelId("chat-model"): 4_000}


async def test_what_the_provider_took_beyond_the_agreement_is_summed_by_model(books: Books) -> None:
    await books.open()
    await books.made(25.0, model_id=FLUX)
    await books.made(19.5, model_id=FLUX)
    await books.made(18.0, model_id=VEO)
    assert await books.reports.overruns(since=NOON - DAY) == {FLUX: 8_500}
    assert await books.reports.overruns(since=NOON + DAY) == {}


async def test_the_last_charges_of_a_model_come_with_their_inputs(books: Books) -> None:
    await books.open()
    for number in range(4):
        given = {"prompt": f"fox {number}"}
        await books.made(float(number), model_id=FLUX, days=number, input=given, reserved_credits=2.5)
    await books.made(None, model_id=FLUX, days=5, reserved_credits=2.5)
    await books.made(7.0, model_id=VEO, reservation=None, reserved_credits=8.0)
    await books.made(7.5, model_id=VEO, days=2, reservation=None)
    hidden = await books.made(9.0, model_id=VEO, days=1, reservation=None, reserved_credits=8.0)
    hidden = await books.store.save(hidden.delivered(at=NOON + DAY))
    assert await books.store.erase(hidden.id, hidden.user)
    found = await books.reports.last_charges([FLUX, VEO], limit=3)
    assert [(charge.model_id, charge.credits) for charge in found] == [(FLUX, 3.0), (FLUX, 2.0), (VEO, 7.0)]
    assert (found[0].input, found[0].reserved_credits) == ({"prompt": "fox 3"}, 2.5)
    assert await books.reports.last_charges([], limit=3) == []


async def test_books_in_order_have_nothing_unsettled_and_no_wrong_charge(books: Books) -> None:
    await books.open()
    for took in (9.5, 25.0, None, 0.0, 0.0001, 0.1 + 0.2):
        await books.made(took)
    await books.made(4.2, reservation=DOUBLE)
    assert await books.reports.unsettled() == []
    assert await books.reports.wrong_charges(since=NOON - DAY) == []
