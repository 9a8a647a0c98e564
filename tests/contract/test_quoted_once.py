"""How often what a person does in the chat has values checked and priced: once for each draft that a screen speaks of."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import pytest
from attrs import define, field

from application.catalog.validate_input import ValidateInput
from application.drafts.quote_draft import QuoteDraft
from application.pricing.quote_price import PersonPrice
from application.wishes.offer_models import AT_MOST
from domain.generation import Destination, UserId
from domain.model import Model, ModelId
from tests.support.generations import a_generation, life_of
from tests.support.telegram_journey import Journey, journey


@define
class Counted:
    """What was asked of each use case since ``fresh``."""

    validated: int = 0
    priced: int = 0
    quoted: list[tuple[str, Mapping[str, object]]] = field(factory=list)

    def fresh(self) -> None:
        self.validated = self.priced = 0
        self.quoted.clear()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    counts = Counted()

    def watch(case: type, note: Callable[..., None]) -> None:
        real = case.__call__

        def watched(self: object, *given: Any, **named: Any) -> Any:
            note(*given)
            return real(self, *given, **named)

        monkeypatch.setattr(case, "__call__", watched)

    def validated(*_: object) -> None:
        counts.validated += 1

    def priced(*_: object) -> None:
        counts.priced += 1

    def quoted(model: Model, values: Mapping[str, object]) -> None:
        counts.quoted.append((model.id, values))

    watch(ValidateInput, validated)
    watch(PersonPrice, priced)
    watch(QuoteDraft, quoted)
    return counts


@pytest.fixture
async def trip(counted: Counted) -> AsyncIterator[Journey]:
    async with journey() as running:
        counted.fresh()
        yield running


async def test_a_text_costs_one_check_and_one_price_for_each_model_that_it_could_run(
    trip: Journey, counted: Counted
) -> None:
    offer = await trip.say("a red fox in snow")
    assert str(offer.buttons).count("▶️") == len(counted.quoted) == AT_MOST
    assert len({model for model, _ in counted.quoted}) == len(counted.quoted)
    assert (counted.validated, counted.priced) == (len(counted.quoted), len(counted.quoted))


async def test_a_press_that_buys_asks_once_more_and_the_gate_checks_for_itself(trip: Journey, counted: Counted) -> None:
    offer = await trip.say("a red fox in snow")
    counted.fresh()
    await trip.press(offer, "▶️")
    await trip.accepted()
    assert (len(counted.quoted), counted.priced, counted.validated) == (1, 1, 2)


async def test_what_is_made_once_more_is_quoted_once_as_well(trip: Journey, counted: Counted) -> None:
    fox = a_generation(
        model_id=ModelId("z-image"),
        user=UserId(f"telegram:{trip.person.id}"),
        destination=Destination(chat=str(trip.chat.id)),
        reserved_credits=0.8,
    )
    earlier = life_of(fox)[-1]
    trip.generations.rows[earlier.id] = earlier
    hello = await trip.say("/start")
    counted.fresh()
    trip.person.press_data(hello, f"g:{earlier.id}:again")
    await trip.accepted(2)
    assert (len(counted.quoted), counted.priced, counted.validated) == (1, 1, 2)


async def test_a_command_that_runs_asks_as_often_as_a_press(trip: Journey, counted: Counted) -> None:
    trip.person.say("/generate z-image a red fox in snow")
    await trip.accepted()
    assert (len(counted.quoted), counted.priced, counted.validated) == (1, 1, 2)


async def test_a_card_is_quoted_once_each_time_that_it_is_drawn(trip: Journey, counted: Counted) -> None:
    card = await trip.say("/generate z-image")
    assert (len(counted.quoted), counted.validated, counted.priced) == (1, 1, 0)  # no words, no price
    counted.fresh()
    trip.person.say("a red fox in snow")
    await trip.telegram.until(lambda: "a red fox" in str(card.buttons))
    assert (len(counted.quoted), counted.validated, counted.priced) == (1, 1, 1)
