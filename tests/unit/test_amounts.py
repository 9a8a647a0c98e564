"""Entries of the ledger, reservations, prices of questions: whose, of which kind, when, and how much."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from domain.generation import GenerationId, Receipt, UserId
from domain.ledger import (
    GAINS,
    LOSSES,
    Entry,
    EntryKind,
    InvalidEntry,
    person_mark,
    referral_key,
    referral_return_key,
    reservation_of,
    settlement_of,
)
from domain.media import MediaKind
from domain.model import ModelType
from domain.package import PriceList
from domain.polling import CALLBACKS_DISTRUSTED_AFTER, PollPlanner
from domain.price import PriceBasis, PriceQuote
from domain.provider_account import account_name
from domain.reservation import Reservation, units_of
from domain.text_call import (
    PromptRecipe,
    PromptRecipes,
    TextCall,
    TextCallId,
    TextModelId,
    TextPrices,
    TextPurpose,
    TextQuestion,
    text_reservation,
    text_settlement,
)
from tests.support.generations import ANN, BOB, FLUX, NOON, a_generation, life_of
from tests.support.registry import model

LATER = NOON + timedelta(seconds=9)
AGREED = Reservation(units=6_000, expected_units=4_000, units_per_credit=2_000)


def entry(kind: EntryKind, units: int) -> Entry:
    return Entry(user=ANN, kind=kind, units=units, key="k", at=NOON)


@pytest.mark.parametrize("kind", sorted(GAINS))
def test_a_gain_is_never_negative(kind: EntryKind) -> None:
    assert entry(kind, 0).units == 0
    with pytest.raises(InvalidEntry, match=f"{kind} of -1 units"):
        entry(kind, -1)


@pytest.mark.parametrize("kind", sorted(LOSSES))
def test_a_loss_is_never_positive(kind: EntryKind) -> None:
    assert entry(kind, 0).units == 0
    with pytest.raises(InvalidEntry, match=f"{kind} of 1 units"):
        entry(kind, 1)


def test_each_invited_person_is_rewarded_for_by_a_key_of_their_own() -> None:
    assert len({key(user) for key in (referral_key, referral_return_key) for user in (ANN, BOB)}) == 4
    assert ANN not in referral_key(ANN)
    assert person_mark(UserId("telegram:1")) == "6c851a569c9a19a8352e8d97"  # as it stands in the books of years


def test_a_generation_is_settled_at_its_end_in_the_name_of_its_user() -> None:
    asked = a_generation(id=GenerationId("g1"), reservation=AGREED)
    held = reservation_of(asked)
    assert held is not None
    assert (held.user, held.kind, held.units, held.at, held.reference) == (
        ANN,
        EntryKind.RESERVATION,
        -6_000,
        asked.created_at,
        "g1",
    )
    ended = evolve(life_of(asked)[2], charged_credits=2.5, receipts=())
    release, charge = settlement_of(ended)
    assert (release.kind, release.units, charge.kind, charge.units) == (
        EntryKind.RELEASE,
        6_000,
        EntryKind.CHARGE,
        -5_000,
    )
    assert {one.at for one in (release, charge)} == {ended.ended_at}
    assert len({held.key, release.key, charge.key}) == 3


def test_a_generation_is_not_settled_before_its_end_nor_once_more_with_each_message() -> None:
    running, ended = life_of(a_generation(reservation=AGREED))[1:3]
    assert not settlement_of(running)
    assert settlement_of(ended)
    assert not settlement_of(evolve(ended, receipts=(Receipt(indexes=(0,), message="7"),)))


def test_a_cancelled_generation_is_settled_at_the_moment_that_it_was_cancelled() -> None:
    (release,) = settlement_of(a_generation(reservation=AGREED).cancelled(at=LATER))
    assert (release.kind, release.units, release.at) == (EntryKind.RELEASE, 6_000, LATER)


def a_call(**changes: Any) -> TextCall:
    call = TextCall(
        id=TextCallId("t1"),
        user=ANN,
        purpose=TextPurpose.IMPROVE,
        model=TextModelId("gpt"),
        begun_at=NOON,
        most_credits=3.0,
        reservation=AGREED,
    )
    return evolve(call, **changes)


def test_a_question_is_settled_when_it_ends_in_the_name_of_its_user() -> None:
    held = text_reservation(a_call())
    settled = text_settlement(a_call(ended_at=LATER, is_answered=True, charged_credits=1.5))
    assert held is not None
    written = [(one.user, one.kind, one.units, one.at, one.reference) for one in (held, *settled)]
    assert written == [
        (ANN, EntryKind.RESERVATION, -6_000, NOON, "text:t1"),
        (ANN, EntryKind.RELEASE, 6_000, LATER, "text:t1"),
        (ANN, EntryKind.CHARGE, -3_000, LATER, "text:t1"),
    ]
    assert len({one.key for one in (held, *settled)}) == 3


def test_a_question_without_an_answer_is_released_whole() -> None:
    [release] = text_settlement(a_call(ended_at=LATER, is_answered=False, charged_credits=9.0))
    assert (release.kind, release.units) == (EntryKind.RELEASE, 6_000)
    assert text_settlement(a_call()) == ()


def test_the_most_that_a_question_costs_counts_its_instructions_and_its_text() -> None:
    prices = TextPrices(credits_in=1_000_000.0, credits_out=2_000_000.0)
    assert prices.cost(3, 4) == 11.0
    assert TextQuestion(instructions="абв", text="xy", answer_tokens=10).most_credits(prices) == 6 + 2 + 20


def test_advice_for_a_family_of_models_follows_that_for_the_task_and_the_longest_beginning_counts() -> None:
    asked = model("google/nano-banana")
    recipes = PromptRecipes(
        types={asked.type: "general"},
        models={
            "google/nano-banana": PromptRecipe(advice="special", is_english=True),
            "google/": PromptRecipe(advice="too wide"),
            "z": PromptRecipe(advice="other"),
        },
    )
    assert recipes.of(asked) == PromptRecipe(advice="general special", is_english=True)
    assert PromptRecipes(types={asked.type: "general"}).of(asked) == PromptRecipe(advice="general")
    assert PromptRecipes(types={ModelType("text_to_speech"): "general"}).of(asked) is None


def test_a_model_with_a_factor_of_its_own_is_charged_by_it() -> None:
    prices = PriceList(stars_per_credit=Decimal("0.5"), factor=Decimal(2), factors={FLUX: Decimal("0.0015")})
    assert prices.units_per_credit(FLUX) == 2  # a started thousandth counts whole
    assert prices.units_per_credit("another") == 2_000
    assert prices.package("none") is None


def test_a_charge_never_exceeds_what_was_agreed_and_the_operator_bears_the_rest() -> None:
    assert (AGREED.charge(2.5), AGREED.overrun(2.5)) == (5_000, 0)
    assert (AGREED.charge(3.0), AGREED.overrun(3.0)) == (6_000, 0)
    assert (AGREED.charge(3.5), AGREED.overrun(3.5)) == (6_000, 1_000)
    assert (AGREED.charge(None), AGREED.overrun(None)) == (4_000, 0)


def test_units_are_exact_for_decimals_and_forgive_binary_fractions() -> None:
    assert units_of(0.1 + 0.2) == 300
    assert units_of(Decimal("0.3000000000000000001")) == 301
    assert units_of(0.0001) == 1


@pytest.mark.parametrize("credits_", [None, 1.5])
def test_a_quote_in_another_currency_has_every_figure_in_it(credits_: float | None) -> None:
    quote = PriceQuote(credits=credits_, low=1.0, high=2.0, ceiling=3.0, basis=PriceBasis.RANGE)
    dearer = quote.times(Decimal(2))
    assert (dearer.credits, dearer.low, dearer.high, dearer.ceiling) == (credits_ and 3.0, 2.0, 4.0, 6.0)
    assert dearer.basis is PriceBasis.RANGE


def test_an_account_has_the_name_that_it_was_given() -> None:
    assert account_name("studio-2") == "studio-2"
    for wrong in ("main", "", "-a", "A", "a" * 33):
        with pytest.raises(ValueError, match=r"can't be main|must be up to 32"):
            account_name(wrong)


def test_callbacks_are_distrusted_after_three_misses_in_a_row_and_trusted_again_after_one() -> None:
    planner = PollPlanner(callbacks=True)
    patient = planner.next_delay(FLUX, MediaKind.IMAGE, 0.0)
    for _ in range(CALLBACKS_DISTRUSTED_AFTER - 1):
        planner.callback_missed()
    assert planner.next_delay(FLUX, MediaKind.IMAGE, 0.0) == patient
    planner.callback_missed()
    assert planner.next_delay(FLUX, MediaKind.IMAGE, 0.0) < patient
    planner.callback_arrived()
    for _ in range(CALLBACKS_DISTRUSTED_AFTER - 1):
        planner.callback_missed()
    assert planner.next_delay(FLUX, MediaKind.IMAGE, 0.0) == patient
