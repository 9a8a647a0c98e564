"""The provider's price feed: a row counts only where its words fit one price rule for certain, and odd prices are held."""

import pytest

from domain.condition import Condition
from domain.media import MediaKind
from domain.model import Model, ModelId, ModelStatus, ModelType
from domain.price_feed import FeedPrice, FeedRow, Judgement, judged, matched, repriced
from domain.price_rule import PriceRule, PriceUnit

FOX = ModelId("fox")


def a_rule(unit: PriceUnit = PriceUnit.VIDEO, *, at_most: float | None = None, **when: Condition) -> PriceRule:
    return PriceRule(
        credits=4, unit=unit, when=when, at_most=at_most, at_least=1, as_of="2026-01-01", source="its page"
    )


def a_model(*prices: PriceRule) -> Model:
    return Model(
        id=FOX,
        title="Fox",
        vendor="Den",
        type=ModelType.TEXT_TO_VIDEO,
        output=MediaKind.VIDEO,
        status=ModelStatus.CURRENT,
        parameters={},
        prices=prices,
    )


def a_row(text: str, *, unit: str = "per video", model: str = FOX, price: float = 5) -> FeedRow:
    return FeedRow(text=text, model=model, credits=price, unit=unit)


def places(model: Model, *rows: FeedRow) -> list[int]:
    """Which price rules the rows are for."""
    return [price.place for price in matched({FOX: model}, rows)[0]]


def values(*them: str) -> Condition:
    return Condition(values=frozenset(them))


@pytest.mark.parametrize(
    ("condition", "says", "says_otherwise"),
    [
        (values("720p"), "Fox, 720P", "Fox, 1080p"),
        (values("null", "720p"), "Fox (720p)", "Fox null"),
        (values("true"), "fox sound true", "fox true"),
        (Condition(given=True), "fox sound given", "fox sound not given"),
        (Condition(given=False), "fox sound not given", "fox sound given"),
        (Condition(minimum=5), "fox 5", "fox 6"),
        (Condition(maximum=10.0), "fox/10", "fox 5"),
        (Condition(minimum=5, maximum=10), "fox 10", "fox 7"),
    ],
)
def test_a_row_is_for_a_price_whose_condition_it_states(condition: Condition, says: str, says_otherwise: str) -> None:
    model = a_model(a_rule(PriceUnit.SECOND), a_rule(sound=condition))
    assert places(model, a_row(says)) == [1]
    assert places(model, a_row(says_otherwise)) == []


@pytest.mark.parametrize(
    ("own", "theirs", "is_one"),
    [
        (PriceUnit.VIDEO, "per  Vedio", True),
        (PriceUnit.REQUEST, "generation", True),
        (PriceUnit.IMAGE, "per request", True),
        (PriceUnit.SECOND, "per second", True),
        (PriceUnit.SECOND, "per video", False),
        (PriceUnit.VIDEO, "per minute", False),
    ],
)
def test_a_row_is_for_a_price_of_its_own_unit(own: PriceUnit, theirs: str, is_one: bool) -> None:
    assert places(a_model(a_rule(own)), a_row("fox", unit=theirs)) == ([0] if is_one else [])


def test_a_row_that_is_not_certain_is_left_to_a_person() -> None:
    model = a_model(a_rule(), a_rule(size=values("720p")))
    certain, again = a_row("fox", price=5), a_row("fox again", price=5)
    stranger, several = a_row("hare", model="hare"), a_row("fox 720p")
    found, left = matched({FOX: model}, [certain, again, stranger, several])
    assert found == [FeedPrice(model=FOX, place=0, credits=5, row="fox")]
    assert left == [stranger, several]


def test_rows_that_give_one_rule_several_prices_are_left_to_a_person() -> None:
    """Neither is taken for the price: the one that comes first may be the one that is over."""
    rows = [a_row("fox", price=5), a_row("fox again", price=6), a_row("fox", price=5)]
    assert matched({FOX: a_model(a_rule())}, rows) == ([], rows)


@pytest.mark.parametrize(
    ("before", "now", "judgement"),
    [
        (4, 4.0000001, Judgement.SAME),
        (0, 0, Judgement.SAME),
        (4, 39.9, Judgement.NEW),
        (4, 0.41, Judgement.NEW),
        (4, 40, Judgement.HELD),
        (4, 0.4, Judgement.HELD),
        (4, 0, Judgement.HELD),
        (0, 4, Judgement.HELD),
    ],
)
def test_a_price_ten_times_the_last_or_of_nothing_is_held_for_the_operator(
    before: float, now: float, judgement: Judgement
) -> None:
    assert judged(before, now) is judgement


@pytest.mark.parametrize(("at_most", "kept"), [(None, None), (5, None), (9, 9)])
def test_a_new_price_says_where_it_is_from_and_never_more_than_the_most(
    at_most: float | None, kept: float | None
) -> None:
    model = a_model(a_rule(), a_rule(at_most=at_most))
    price = FeedPrice(model=FOX, place=1, credits=5, row="fox")
    untouched, changed = repriced(model, [price], as_of="2026-03-01", source="feed").prices
    assert untouched == model.prices[0]
    assert (changed.credits, changed.at_least, changed.at_most) == (5, None, kept)
    assert (changed.as_of, changed.source, changed.confidence) == ("2026-03-01", "feed", "feed")


def test_a_price_of_a_rule_that_is_gone_changes_nothing() -> None:
    model = a_model(a_rule())
    gone = FeedPrice(model=FOX, place=1, credits=5, row="fox")
    assert repriced(model, [gone], as_of="2026-03-01", source="feed") == model
