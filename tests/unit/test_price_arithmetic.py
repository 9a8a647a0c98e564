"""The arithmetic of price rules, each way of counting on a model of its own."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from domain.condition import Condition
from domain.earlier_task import EarlierTask
from domain.media import Attachment, MediaKind
from domain.model import NO_DEFAULT, Parameter, ParameterType
from domain.price import (
    Length,
    PriceBasis,
    PriceQuote,
    ceiling_of,
    compile_price,
    deciding_parameters,
    facts_of,
    file_seconds,
)
from domain.price_rule import PriceRule, Quantity, Surcharge
from tests.support.validation import model_of

SECONDS = Parameter(name="seconds", type=ParameterType.INTEGER, minimum=2, maximum=10, default=5)
FILM = Parameter(name="film", type=ParameterType.STRING, media=MediaKind.VIDEO)
PICTURE = Parameter(name="picture", type=ParameterType.STRING, media=MediaKind.IMAGE)
PICTURES = Parameter(name="pictures", type=ParameterType.ARRAY, maximum=4, items=PICTURE)
TEXT = Parameter(name="text", type=ParameterType.STRING)
SIZE = Parameter(name="size", type=ParameterType.ENUM, values=("small", "large"), default="small")


def rule(credits_: float = 2.0, **changes: Any) -> PriceRule:
    return PriceRule(credits=credits_, as_of="2026-11-28", source="a page", **changes)


def priced(
    rules: PriceRule | Sequence[PriceRule],
    values: Mapping[str, object],
    facts: Mapping[str, object] | None = None,
    **changes: Any,
) -> PriceQuote:
    rules = (rules,) if isinstance(rules, PriceRule) else tuple(rules)
    model = evolve(model_of(SECONDS, FILM, PICTURES, PICTURE, TEXT, SIZE), prices=rules, **changes)
    quote = compile_price(model)
    assert quote is not None
    assert quote(values, facts or {}).ceiling >= ceiling_of(model)
    return quote(values, facts or {})


def figures(quote: PriceQuote) -> tuple[float | None, float, float, float]:
    return quote.credits, quote.low, quote.high, quote.ceiling


@pytest.mark.parametrize(
    ("given", "expected", "basis"),
    [
        (rule(4.0), (4, 4, 4, 4), PriceBasis.EXACT),
        (rule(4.0, at_least=3.0), (4, 3, 4, 4), PriceBasis.RANGE),
        (rule(4.0, at_most=6.0), (4, 4, 6, 6), PriceBasis.RANGE),
        (rule(2.0, per=Quantity(results=True, maximum=4)), (None, 2, 8, 8), PriceBasis.RANGE),
    ],
)
def test_a_price_of_a_request_is_what_its_sources_say(
    given: PriceRule, expected: tuple[float | None, float, float, float], basis: PriceBasis
) -> None:
    found = priced(given, {})
    assert (figures(found), found.basis) == (expected, basis)
    assert (found.as_of, found.source, found.place) == ("2026-11-28", "a page", 0)


BY_NUMBER = Quantity(parameter="seconds", auto={"auto": 8.0}, zero_means="film", zero_maximum=30.0)


@pytest.mark.parametrize(
    ("values", "facts", "expected"),
    [
        ({"seconds": 3}, {}, (6, 6, 6, 60)),
        ({"seconds": "3"}, {}, (6, 6, 6, 60)),
        ({}, {}, (10, 10, 10, 60)),  # the default
        ({"seconds": "auto"}, {}, (None, 4, 16, 60)),  # from the least to what it may mean
        ({"seconds": 0}, {"film": 7}, (14, 14, 14, 60)),
        ({"seconds": 0}, {"film": 0}, (0, 0, 0, 60)),
        ({"seconds": 0}, {"film": Length(7, 1)}, (14, 12, 16, 60)),
        ({"seconds": 0}, {}, (None, 0, 60, 60)),
        ({"seconds": "long"}, {}, (None, 0, 60, 60)),
        ({"seconds": -1}, {}, (None, 0, 60, 60)),
        ({"seconds": 1e10}, {}, (None, 0, 60, 60)),
    ],
)
def test_a_price_by_a_number_counts_the_number_or_what_stands_for_it(
    values: Mapping[str, object], facts: Mapping[str, object], expected: tuple[float | None, float, float, float]
) -> None:
    assert figures(priced(rule(2.0, per=BY_NUMBER), values, facts)) == expected


def test_a_number_without_a_default_is_the_providers_or_a_files() -> None:
    seconds = evolve(SECONDS, default=Parameter(name="x", type=ParameterType.STRING).default)
    parameters = {one.name: one for one in (seconds, FILM)}
    stated = rule(2.0, per=Quantity(parameter="seconds", left_out=4))
    assert figures(priced(stated, {}, parameters=parameters)) == (8, 8, 8, 20)
    of_file = rule(2.0, per=Quantity(parameter="seconds", or_length_of="film", maximum=12))
    assert figures(priced(of_file, {}, {"film": 6}, parameters=parameters)) == (12, 12, 12, 24)
    assert figures(priced(of_file, {}, parameters=parameters)) == (None, 0, 24, 24)
    assert figures(priced(of_file, {"seconds": 3}, {"film": 6}, parameters=parameters)) == (6, 6, 6, 24)


@pytest.mark.parametrize(
    ("per", "values", "facts", "expected"),
    [
        (Quantity(length_of="film", maximum=60), {}, {"film": Length(10, 2)}, (20, 16, 24, 120)),
        (Quantity(length_of="film", maximum=60), {}, {"film": Length(1, 2)}, (2, 0, 6, 120)),
        (Quantity(length_of="film", maximum=60), {}, {}, (None, 0, 120, 120)),
        (Quantity(characters_of="text", maximum=3000), {"text": "x" * 500}, {}, (1, 1, 1, 6)),
        (Quantity(characters_of="text", maximum=3000), {}, {}, (0, 0, 0, 6)),
        (
            Quantity(speech_of="text", characters_per_second=10, slowest=5, maximum=60),
            {"text": "x" * 100},
            {},
            (20, 20, 40, 120),
        ),
        (
            Quantity(speech_of="text", characters_per_second=10, slowest=5, maximum=15),
            {"text": "x" * 100},
            {},
            (20, 20, 30, 30),
        ),
        (Quantity(ratio=("seconds", "size"), maximum=9), {"seconds": 9, "size": 3}, {}, (6, 6, 6, 18)),
        (Quantity(ratio=("seconds", "size"), maximum=9), {"seconds": 9, "size": 0}, {}, (None, 0, 18, 18)),
        (Quantity(ratio=("seconds", "size"), maximum=9), {"seconds": "x", "size": 3}, {}, (None, 0, 18, 18)),
    ],
)
def test_a_price_by_a_file_a_text_or_a_ratio_counts_it(
    per: Quantity,
    values: Mapping[str, object],
    facts: Mapping[str, object],
    expected: tuple[float | None, float, float, float],
) -> None:
    assert figures(priced(rule(2.0, per=per), values, facts)) == expected


@pytest.mark.parametrize(
    ("more", "values", "facts", "expected"),
    [
        (Surcharge(credits=0.5, images=("pictures",), free=1), {"pictures": ["a", "b", "c"]}, {}, (3, 3, 3, 3.5)),
        (Surcharge(credits=0.5, images=("pictures",), free=1), {"pictures": ["a"]}, {}, (2, 2, 2, 3.5)),
        (Surcharge(credits=0.5, images=("pictures",), free=1), {}, {}, (2, 2, 2, 3.5)),
        (
            Surcharge(credits=0.5, images=("pictures", "picture")),
            {"pictures": ["a"], "picture": "b.png"},
            {},
            (3, 3, 3, 4.5),
        ),
        (Surcharge(credits=None, images=("picture",)), {"picture": "b.png"}, {}, (4, 4, 4, 4)),
        (Surcharge(credits=0.5, images=("picture",), certain=False), {"picture": "b.png"}, {}, (2, 2, 2.5, 2.5)),
        (Surcharge(credits=0.5, seconds_of="film", max_seconds=20), {}, {}, (2, 2, 2, 12)),
        (Surcharge(credits=0.5, seconds_of="film", max_seconds=20), {"film": "u"}, {"film": 4}, (4, 4, 4, 12)),
        (
            Surcharge(credits=0.5, seconds_of="film", max_seconds=20),
            {"film": "u"},
            {"film": Length(4, 2)},
            (4, 3, 5, 12),
        ),
        (Surcharge(credits=0.5, seconds_of="film", max_seconds=20), {"film": "u"}, {}, (None, 2, 12, 12)),
        (Surcharge(credits=None, seconds_of="film", max_seconds=20), {"film": "u"}, {"film": 4}, (10, 10, 10, 42)),
        (
            Surcharge(credits=0.5, seconds_of="film", max_seconds=20, certain=False),
            {"film": "u"},
            {"film": 4},
            (2, 2, 4, 12),
        ),
        (Surcharge(credits=0.5, seconds_of="film", max_seconds=20, certain=False), {"film": "u"}, {}, (2, 2, 12, 12)),
    ],
)
def test_what_goes_in_costs_on_top(
    more: Surcharge,
    values: Mapping[str, object],
    facts: Mapping[str, object],
    expected: tuple[float | None, float, float, float],
) -> None:
    assert figures(priced(rule(2.0, plus=(more,)), values, facts)) == expected


def test_what_does_not_go_in_adds_nothing_to_the_least() -> None:
    more = Surcharge(credits=0.5, seconds_of="film", max_seconds=20)
    assert figures(priced(rule(2.0, at_most=6.0, plus=(more,)), {})) == (2, 2, 6, 16)


def test_a_price_that_may_be_nothing_is_said_by_its_most() -> None:
    assert priced(rule(2.0, per=Quantity(length_of="film", maximum=60)), {}).basis is PriceBasis.CEILING


def test_several_surcharges_add_up_and_the_seconds_together_are_bounded() -> None:
    film = Surcharge(credits=None, seconds_of="film", max_seconds=20)
    both = rule(2.0, per=Quantity(parameter="seconds"), plus=(film, Surcharge(credits=1.0, images=("picture",))))
    assert figures(priced(both, {"film": "u", "picture": "p"}, {"film": 4})) == (19, 19, 19, 61)
    bounded = rule(2.0, per=Quantity(parameter="seconds"), plus=(film,), most_seconds=12.0)
    assert figures(priced(bounded, {"film": "u"})) == (None, 10, 24, 24)
    assert figures(priced(bounded, {"film": "u", "seconds": 10}, {"film": 1})) == (22, 22, 22, 24)
    assert figures(priced(evolve(bounded, at_most=3.0), {"film": "u"})) == (None, 10, 36, 36)


SMALL, LARGE = Condition(values=frozenset({"small"})), Condition(values=frozenset({"large"}))
BY_SIZE = (
    rule(2.0, when={"size": SMALL}),
    evolve(rule(5.0, when={"size": LARGE}), as_of="2026-11-30", source="another page"),
)


def test_the_rule_whose_conditions_hold_is_the_price_and_says_its_place() -> None:
    small, large, left_out = (priced(BY_SIZE, values) for values in ({"size": "small"}, {"size": "large"}, {}))
    assert [figures(one) for one in (small, large, left_out)] == [(2, 2, 2, 5), (5, 5, 5, 5), (2, 2, 2, 5)]
    assert [(one.place, one.as_of) for one in (small, large)] == [(0, "2026-11-28"), (1, "2026-11-30")]


def test_where_no_rule_or_several_hold_the_price_lies_between_all_that_may() -> None:
    found = priced(BY_SIZE, {"size": "huge"})
    assert (figures(found), found.basis) == ((None, 2, 5, 5), PriceBasis.RANGE)
    assert (found.as_of, found.source) == ("2026-11-30", "a page")
    assert figures(priced((rule(2.0), rule(3.0)), {})) == (None, 2, 3, 3)
    assert figures(priced(BY_SIZE, {"size": "huge"}, unknown_at_most=9.0)) == (None, 2, 9, 9)
    assert figures(priced(BY_SIZE, {"size": "huge"}, unknown_at_most=4.0)) == (None, 2, 5, 5)
    free = (rule(0.0, when={"size": SMALL}), rule(5.0, when={"size": LARGE}))
    assert priced(free, {"size": "huge"}).basis is PriceBasis.CEILING


def test_a_fact_that_is_not_known_leaves_the_rules_that_hold_for_the_rest() -> None:
    fast, slow = Condition(values=frozenset({"fast"})), Condition(values=frozenset({"slow"}))
    rules = (
        rule(1.0, when={"size": SMALL, "$tier": fast}),
        rule(3.0, when={"size": SMALL, "$tier": slow}),
        rule(9.0, when={"size": LARGE}),
    )
    assert figures(priced(rules, {"size": "small"}, {"$tier": "slow"})) == (3, 3, 3, 9)
    assert figures(priced(rules, {"size": "small"})) == (None, 1, 9, 9)
    assert figures(priced(rules, {"size": "small"}, unknown_at_most=0.0)) == (None, 1, 3, 9)
    assert figures(priced(rules, {"size": "large"})) == (9, 9, 9, 9)


@pytest.mark.parametrize(("confirm", "asks"), [(3.9, True), (4.0, True), (4.1, False)])
def test_a_person_is_asked_from_the_very_price_on(confirm: float, asks: bool) -> None:
    assert priced(rule(4.0), {}).asks_first(confirm) is asks
    assert priced(rule(4.0, at_least=1.0), {}).asks_first(confirm) is asks


def test_a_quote_in_another_currency_is_multiplied_without_binary_noise() -> None:
    found = priced(rule(0.1, at_least=0.05, at_most=0.2), {}).times(Decimal("3"))
    assert figures(found) == (0.3, 0.15, 0.6, 0.6)
    unknown = priced(rule(2.0, per=Quantity(results=True, maximum=4)), {}).times(Decimal("0.5"))
    assert figures(unknown) == (None, 1, 4, 4)


def test_a_model_without_rules_has_no_price() -> None:
    assert compile_price(model_of(TEXT)) is None


def test_the_ceiling_is_rounded_and_that_of_the_dearest_rule_or_of_what_no_rule_says() -> None:
    assert ceiling_of(evolve(model_of(SIZE), prices=BY_SIZE)) == 5
    assert ceiling_of(evolve(model_of(SIZE), prices=BY_SIZE, unknown_at_most=7.126)) == 7.13


def test_what_counts_by_itself_and_the_price_depends_on_is_named() -> None:
    size, seconds = evolve(SIZE, send="small"), evolve(SECONDS, send=3)
    rules = (rule(when={"size": SMALL}, per=Quantity(parameter="seconds")),)
    model = evolve(model_of(size, seconds, evolve(TEXT, send="x"), FILM), prices=rules)
    assert deciding_parameters(model, None) == [size, seconds]
    assert deciding_parameters(model, {"size": "small", "text": "x"}) == [size]
    by_default = {"size": SIZE, "seconds": evolve(SECONDS, default=NO_DEFAULT)}
    assert deciding_parameters(evolve(model, parameters=by_default), {"text": "x"}) == [SIZE]


def test_the_error_of_several_files_adds_up() -> None:
    film = Attachment(reference="a", kind=MediaKind.VIDEO, mime="video/mp4", name="a", seconds=4.0, seconds_error=0.5)
    assert file_seconds({"films": [film, film]}) == {"films": Length(8.0, 1.0)}


def test_earlier_tasks_say_their_facts() -> None:
    tasks = {"one": EarlierTask("t1", {"$tier": "fast"}), "two": EarlierTask("t2", {"$side": "9"}), "text": "x"}
    assert facts_of(tasks) == {"$tier": "fast", "$side": "9"}


def test_a_ratio_takes_what_counts_where_a_parameter_is_left_out() -> None:
    rate = Parameter(name="rate", type=ParameterType.INTEGER, assumed=2)
    by_ratio = rule(2.0, per=Quantity(ratio=("seconds", "rate"), maximum=9))
    parameters = {one.name: one for one in (SECONDS, rate)}
    assert figures(priced(by_ratio, {}, parameters=parameters)) == (5, 5, 5, 18)
    assert figures(priced(by_ratio, {"rate": 5}, parameters=parameters)) == (2, 2, 2, 18)
    by_fact = rule(2.0, per=Quantity(ratio=("$frames", "rate"), maximum=9))
    assert figures(priced(by_fact, {}, {"$frames": 8}, parameters=parameters)) == (8, 8, 8, 18)


def test_the_longer_side_of_the_result_decides_where_rules_ask_for_it() -> None:
    needed = evolve(PICTURE, required=True)
    scale = Parameter(name="upscale_factor", type=ParameterType.ENUM, values=("2", "4"), default="2")
    rules = tuple(
        rule(credits_, when={"$output_long_side": Condition(minimum=least, maximum=most)})
        for credits_, least, most in ((1.0, None, 1000), (2.0, 1001, 2000), (4.0, 2001, None))
    )
    picture = Attachment(reference="x", kind=MediaKind.IMAGE, mime="image/png", name="x", width=400, height=600)
    scaled = {one.name: one for one in (needed, scale)}
    assert priced(rules, {"picture": picture}, parameters=scaled).credits == 2
    assert priced(rules, {"picture": picture, "upscale_factor": "4"}, parameters=scaled).credits == 4
    assert priced(rules, {"picture": picture}, parameters={"picture": needed}).credits == 1
    assert priced(rules, {"picture": picture}, {"$output_long_side": 5000}, parameters=scaled).credits == 4
    for unknown in (evolve(picture, width=None), evolve(picture, height=None), "https://files.example/a.png"):
        assert figures(priced(rules, {"picture": unknown}, parameters=scaled)) == (None, 1, 4, 4)
    assert figures(priced(rules, {"picture": picture, "upscale_factor": "x"}, parameters=scaled)) == (None, 1, 4, 4)


def test_where_rules_may_hold_each_counts_what_the_input_says() -> None:
    rules = (
        rule(1.0, when={"$tier": Condition(values=frozenset({"fast"}))}, per=Quantity(parameter="seconds")),
        rule(2.0, when={"$tier": Condition(values=frozenset({"slow"}))}, per=Quantity(length_of="film", maximum=50)),
    )
    assert figures(priced(rules, {"seconds": 4}, {"film": 7})) == (None, 4, 100, 100)
    assert figures(priced(rules, {"seconds": 4}, {"film": 7}, unknown_at_most=0.0)) == (None, 4, 14, 100)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Condition(given=True), ["a", ["a"], 1, True]),
        (Condition(given=False), ["", [], None]),
        (Condition(minimum=3, maximum=5), [3, 5, "4", 4.5]),
        (Condition(values=frozenset({"true", "7"})), [True, "true", 7, 7.0, "7"]),
    ],
)
def test_a_condition_is_asked_of_the_value_as_it_is(condition: Condition, holds: Sequence[object]) -> None:
    rules = (rule(1.0, when={"text": condition}), rule(9.0, when={"text": Condition(values=frozenset({"never"}))}))
    for value in holds:
        assert priced(rules, {"text": value}).credits == 1, value


@pytest.mark.parametrize(("fact", "credits_"), [(0, 1), (0.5, 1), (3, None), (-1, None), (True, None), ([1], None)])
def test_a_fact_is_a_text_or_a_number_that_is_not_negative(fact: object, credits_: float | None) -> None:
    rules = (rule(1.0, when={"$side": Condition(maximum=1)}), rule(9.0, when={"$side": Condition(minimum=5)}))
    assert priced(rules, {}, {"$side": fact}).credits == credits_


def test_credits_are_kept_to_a_hundredth_of_a_hundredth() -> None:
    assert figures(priced(rule(1.23456, at_least=1.11116, at_most=1.44446), {}))[:3] == (1.2346, 1.1112, 1.4445)


@pytest.mark.parametrize(
    ("parameter", "least"),
    [
        (evolve(SECONDS, minimum=1), 1),
        (evolve(SECONDS, minimum=0), 0),
        (evolve(SECONDS, minimum=None), 0),
        (evolve(SECONDS, minimum=None, type=ParameterType.ENUM, values=("auto", "6", "4", "0")), 4),
    ],
)
def test_a_number_left_to_the_model_is_at_least_the_smallest_it_takes(parameter: Parameter, least: float) -> None:
    left = rule(1.0, per=Quantity(parameter="seconds", auto={"auto": 8.0}, maximum=10))
    assert figures(priced(left, {"seconds": "auto"}, parameters={"seconds": parameter})) == (None, least, 8, 10)


def test_nothing_but_attached_files_says_how_long_it_is() -> None:
    film = Attachment(reference="a", kind=MediaKind.VIDEO, mime="video/mp4", name="a", seconds=0.0)
    assert file_seconds({"films": [film, "https://files.example/b.mp4"], "empty": [], "film": film}) == {
        "film": Length(0.0, 0.0)
    }
    stated = rule(2.0, plus=(Surcharge(credits=0.5, seconds_of="film", max_seconds=20),))
    assert figures(priced(stated, {"film": "u"}, {"film": Length(0.0, 0.0)})) == (2, 2, 2, 12)
