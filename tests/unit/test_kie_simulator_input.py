"""The strict input check of the simulated KIE, on small models and on every model of the registry."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from simulators.kie.answers import KieRefusal
from simulators.kie.input_check import InputCheck
from tests.support.kie_registry import full_input, minimal_input, raw_registry

EARLIER = "0" * 32


def accept_file(url: str, parameter: Mapping[str, Any]) -> None:
    assert url.startswith("http")
    assert "media" in parameter or "format" in parameter


check = InputCheck(check_media=accept_file, knows_task=lambda task_id: task_id == EARLIER)


def verdict(model: Mapping[str, Any], given: object) -> int:
    """200, or the code of the refusal."""
    try:
        check(model, given)
    except KieRefusal as refusal:
        return refusal.code
    return 200


def verdict_on(parameter: Mapping[str, Any], value: object) -> int:
    return verdict({"input": {"field": parameter}}, {"field": value})


@pytest.mark.parametrize(
    ("parameter", "right", "wrong"),
    [
        ({"type": "string", "min": 2, "max": 4}, ["ab", "я" * 4, "👍" * 4], ["a", "я" * 5, 7, True, None, ["ab"]]),
        ({"type": "string", "pattern": "^#[0-9A-F]{6}$"}, ["#00FFAA"], ["#00FFA", "#00FFAA\n", "x#00FFAA"]),
        (
            {"type": "string", "media": "image"},
            ["https://a.example/b.png", "http://a.example"],
            ["a.png", "ftp://a.example/b", "data:image/png;base64,AA", "https://", "https://u:p@a.example/b", "https://[", ""],
        ),
        ({"type": "string", "format": "uri"}, ["https://a.example/doc.pdf"], ["doc.pdf", "file:///etc/passwd"]),
        ({"type": "enum", "values": ["5", "10"]}, ["5", "10"], ["6", 5, 10, None, True, "", ["5"]]),
        ({"type": "enum", "values": [4, 6], "value_type": "integer"}, [4, 6], ["4", 5, 4.0, True, None]),
        ({"type": "enum", "values": [1, 2], "value_type": "integer"}, [1], [True]),
        ({"type": "integer", "step": 3, "min": 0}, [3 * 10**400], [10**400]),
        ({"type": "boolean"}, [True, False], [0, 1, "true", None]),
        ({"type": "boolean", "values": [False]}, [False], [True]),
        ({"type": "integer", "min": 0, "max": 100, "step": 5}, [0, 35, 100], [-5, 105, 3, 5.0, "5", True, None]),
        ({"type": "number", "min": 0.5, "max": 2, "step": 0.1}, [0.5, 0.7, 1, 2], [0.4, 2.1, 0.55, "1", True]),
        ({"type": "number"}, [0, -1.5, 1e300, 10**400], [float("nan"), float("inf"), "1", False]),
        (
            {"type": "numeric_text", "min": 6, "max": 30, "step": 1},
            ["6", "30"],
            [6, "5", "31", "6.5", "six", "", "6s", "١٢", None],
        ),
        ({"type": "array", "items": "string", "min": 1, "max": 2}, [["a"], ["a", "b"]], [[], ["a"] * 3, "a", [1]]),
        ({"type": "array", "items": "integer"}, [[1, 2], []], [[1, "2"], [True], {"0": 1}]),
        (
            {"type": "array", "items": "string", "media": "image"},
            [["https://a.example/b.png"]],
            [["b.png"], ["https://a.example/b.png", ""]],
        ),
        (
            {"type": "array", "items": {"type": "array", "min": 2, "max": 2, "items": "integer"}},
            [[[1, 2]]],
            [[[1]], [[1, 2, 3]], [1, 2]],
        ),
        (
            {"type": "object", "fields": {"hex": {"type": "string", "required": True}, "n": {"type": "integer"}}},
            [{"hex": "x"}, {"hex": "x", "n": 1}],
            [{"n": 1}, {"hex": "x", "m": 1}, {"hex": "x", "n": "1"}, [], "x"],
        ),
    ],
)  # fmt: skip
def test_each_type_takes_its_values_and_no_others(
    parameter: Mapping[str, Any], right: list[object], wrong: list[object]
) -> None:
    assert {repr(value): verdict_on(parameter, value) for value in right} == {repr(v): 200 for v in right}
    assert [value for value in wrong if verdict_on(parameter, value) == 200] == []


@pytest.mark.parametrize("blank", [{}, {"field": None}, {"field": ""}, {"field": " \n"}, {"field": []}])
def test_a_missing_field_gets_the_recorded_500(blank: dict[str, Any]) -> None:
    model = {"input": {"field": {"type": "string", "required": True, "default": "never filled in here"}}}
    with pytest.raises(KieRefusal) as refusal:
        check(model, blank)
    assert (refusal.value.code, refusal.value.message) == (500, "This field is required")


@pytest.mark.parametrize("given", [None, [], "prompt", 3])
def test_an_input_that_is_no_object_is_refused(given: object) -> None:
    assert verdict({"input": {}}, given) == 422


def test_an_unknown_field_is_refused_by_name() -> None:
    with pytest.raises(KieRefusal, match="propmt is not a field"):
        check({"input": {"prompt": {"type": "string"}}}, {"propmt": "x"})


def test_a_conditional_field_is_required_when_its_condition_holds() -> None:
    shots = {"type": "array", "items": "string", "required_when": {"multi": True}}
    model = {"input": {"multi": {"type": "boolean", "default": False}, "shots": shots}}
    assert verdict(model, {}) == 200
    assert verdict(model, {"multi": False}) == 200
    assert verdict(model, {"multi": True}) == 500
    assert verdict(model, {"multi": True, "shots": ["a"]}) == 200


def test_one_of_a_group_must_be_given() -> None:
    text = {"type": "string"}
    model = {"input": {"a": text, "b": text, "c": text}, "at_least_one": [["a", "b"]]}
    assert [verdict(model, given) for given in ({"c": "x"}, {"b": "x"}, {"a": "x", "b": "x"})] == [422, 200, 200]


def test_exactly_one_variant_must_fit() -> None:
    text = {"type": "string"}
    model = {
        "input": {"id": text, "url": text, "mode": {"type": "enum", "values": ["auto", "fixed"]}},
        "variants": [
            {"name": "by id", "required": ["id"], "fields": ["id", "mode"]},
            {"name": "by url", "required": ["url"], "fields": ["url", "mode"], "params": {"mode": {"values": ["auto"]}}},
        ],
    }  # fmt: skip
    assert verdict(model, {"id": "1", "mode": "fixed"}) == 200
    assert verdict(model, {"url": "1", "mode": "auto"}) == 200
    assert verdict(model, {"url": "1", "mode": "fixed"}) == 422
    assert verdict(model, {"id": "1", "url": "1"}) == 422
    assert verdict(model, {}) == 422


@pytest.mark.parametrize("name", ["task_id", "taskId"])
def test_an_earlier_task_must_exist(name: str) -> None:
    model = {"input": {name: {"type": "string"}}}
    assert verdict(model, {name: EARLIER}) == 200
    assert verdict(model, {name: "1" * 32}) == 422


@pytest.mark.parametrize("make", [minimal_input, full_input])
def test_every_model_refuses_its_valid_input_once_one_thing_is_wrong(
    make: Callable[..., dict[str, Any]],
) -> None:
    let_through = [
        (model_id, wrong)
        for model_id, model in raw_registry().items()
        for wrong in _spoilt(model, make(model, lambda kind: f"https://a.example/{kind}", EARLIER))
        if verdict(model, wrong) == 200
    ]
    assert let_through == []


def _spoilt(model: Mapping[str, Any], given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The valid input, each time with one thing made wrong."""
    assert verdict(model, given) == 200
    yield {**given, "no_such_field": 1}
    for name in given:
        yield {**given, name: None}
        yield {**given, name: {"no": "such value"}}
        for wrong in _wrong_values(model["input"][name]):
            yield {**given, name: wrong}
        if model["input"][name].get("required"):
            yield {key: value for key, value in given.items() if key != name}


def _wrong_values(parameter: Mapping[str, Any]) -> Iterator[object]:
    kind = parameter["type"]
    if kind in ("string", "numeric_text"):
        yield 5
    if kind == "string" and "max" in parameter:
        yield "я" * (parameter["max"] + 1)
    if kind == "enum":
        yield "no such value"
        yield from ([str(parameter["values"][0])] if "value_type" in parameter else [5])
    if kind in ("integer", "number", "boolean"):
        yield "1"
    if kind in ("integer", "number"):
        yield True
        yield from (parameter[key] + by for key, by in (("min", -1), ("max", 1)) if key in parameter)
    if kind == "array":
        yield ["x"] * 5 if parameter["items"] != "string" else [5]
        yield from [["x"] * (parameter["max"] + 1)] if "max" in parameter else []
