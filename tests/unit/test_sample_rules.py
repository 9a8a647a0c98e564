"""A made-up input is brought in line with rules that no sample of today's registry breaks."""

from typing import Any

import pytest

from domain.input_rule import Bounds, InputRule, RuleEffect, RuleKind
from domain.media import MediaKind
from domain.model import Model, ModelId, ModelStatus, ModelType, Parameter, ParameterType
from domain.sample_rules import obeying


def obeyed(rule: InputRule, values: dict[str, Any]) -> dict[str, Any]:
    """The values as a model with this one rule would have them."""
    model = Model(
        id=ModelId("fox"),
        title="Fox",
        vendor="Den",
        type=ModelType.TEXT_TO_IMAGE,
        output=MediaKind.IMAGE,
        status=ModelStatus.CURRENT,
        parameters={name: Parameter(name=name, type=ParameterType.STRING) for name in values},
        rules=(rule,),
    )
    return obeying(model, values, lambda name: f"a {name}")


@pytest.mark.parametrize(
    ("bounds", "value", "within"),
    [
        (Bounds(max_length=3), "foxes", "fox"),
        (Bounds(maximum=5), 9, 5),
        (Bounds(minimum=5), 3, 5),
        (Bounds(minimum=5, maximum=7), 3, 7),
        (Bounds(max_items=1), ["fox", "hare"], ["fox"]),
        (Bounds(values=("fox",)), "hare", "fox"),
    ],
)
def test_a_value_out_of_its_bounds_is_brought_within(bounds: Bounds, value: object, within: object) -> None:
    rule = InputRule(id="one", kind=RuleKind.ALLOWED_WHEN, groups=(("x",),), bounds=bounds)
    assert obeyed(rule, {"x": value}) == {"x": within}


def test_a_value_that_no_change_brings_in_line_comes_back_instead_of_going_round_for_ever() -> None:
    rule = InputRule(id="one", kind=RuleKind.ALLOWED_WHEN, groups=(("x",),), bounds=Bounds(min_items=2))
    assert obeyed(rule, {"x": "fox"}) == {"x": "fox"}


@pytest.mark.parametrize(
    ("effect", "obedient"),
    [(RuleEffect.IGNORED, {"prompt": "p"}), (RuleEffect.REFUSED, {"prompt": "p", "mask": "m", "image": "a image"})],
)
def test_what_needs_another_value_is_completed_unless_the_provider_ignores_it(
    effect: RuleEffect, obedient: dict[str, Any]
) -> None:
    rule = InputRule(id="one", kind=RuleKind.REQUIRES, effect=effect, groups=(("mask",), ("image",)))
    assert obeyed(rule, {"prompt": "p", "mask": "m"}) == obedient


def test_who_is_spoken_of_is_one_who_is_declared() -> None:
    rule = InputRule(id="one", kind=RuleKind.DECLARED_IN, path="shots[].speaker", declared_at="speakers[].name")
    values = {"speakers": [{"name": "Ann"}], "shots": [{"speaker": "Bob", "text": "hi"}, {"speaker": "Ann"}]}
    assert obeyed(rule, values)["shots"] == [{"speaker": "Ann", "text": "hi"}, {"speaker": "Ann"}]
