"""Whole inputs: unknown names, groups, conditions, forms, and the order in which faults are reported."""

from typing import Any

import pytest

from domain.model import InputVariant, ParameterType
from domain.violation import ViolationCode
from tests.support.registry import model
from tests.support.validation import faults_of, model_of, outcome, parameter, values_of

FOX, CLIP = "https://a.example/fox.png", "https://a.example/clip.mp4"


@pytest.mark.parametrize("raw", [None, 5, "prompt=x", [], (), {"prompt"}, object(), b"{}", float("nan")])
def test_what_has_no_names_is_no_input(raw: object) -> None:
    assert faults_of(outcome(model_of(), raw)) == ["not_an_object"]


def test_every_fault_is_reported_in_the_registrys_order_then_unknown_names_then_rules() -> None:
    given = {"zzz": 1, "size": "huge", "aaa": 2, "prompt": " ", "count": 0}
    mixed = model_of(
        parameter("string", name="prompt", required=True),
        parameter("integer", name="count", minimum=1),
        parameter("enum", name="size", values=("small", "large")),
        parameter("string", name="a"),
        parameter("string", name="b"),
        at_least_one=(frozenset({"a", "b"}),),
    )
    expected = [
        "prompt empty",
        "count too_small",
        "size not_in_enum",
        "aaa unknown_parameter",
        "zzz unknown_parameter",
        "at_least_one",
    ]
    assert faults_of(outcome(mixed, given)) == expected
    assert faults_of(outcome(mixed, dict(reversed(given.items())))) == expected


def test_names_that_are_no_text_are_unknown_parameters() -> None:
    class Hostile:
        def __hash__(self) -> int:
            return hash("prompt")

        def __eq__(self, other: object) -> bool:
            raise RuntimeError

    prompt = model_of(parameter("string", name="prompt"))
    for key in (5, None, ("prompt",), Hostile()):
        assert faults_of(outcome(prompt, {key: 1})) == ["unknown_parameter"]


def _refuse(*_: object) -> Any:
    raise RuntimeError


class Stranger:
    """Raises wherever it is looked at, and lies about its class."""

    __class__ = property(_refuse)
    __eq__ = __hash__ = __len__ = __iter__ = __bool__ = __str__ = __repr__ = __float__ = __index__ = _refuse


class Wilful(dict[str, object]):
    """A dict whose methods refuse."""

    __getitem__ = __iter__ = __len__ = get = items = keys = _refuse


@pytest.mark.parametrize("type_", [one for one in ParameterType if one is not ParameterType.ENUM])
def test_a_stranger_is_of_the_wrong_type_and_is_not_asked(type_: ParameterType) -> None:
    items = parameter("string") if type_ is ParameterType.ARRAY else None
    given = model_of(parameter(type_, items=items), parameter("enum", name="enum", values=("a",)))
    assert faults_of(outcome(given, {"it": Stranger(), "enum": Stranger()})) == ["it wrong_type", "enum wrong_type"]
    assert faults_of(outcome(given, Stranger())) == ["not_an_object"]


def test_a_dict_with_a_will_of_its_own_is_taken_for_what_it_holds() -> None:
    assert dict(outcome(model_of(parameter("string", name="prompt")), Wilful(prompt="x")).input) == {"prompt": "x"}


def test_an_unknown_name_is_shown_cut_and_printable() -> None:
    (violation,) = outcome(model_of(), {"\ud800" + "x" * 10_000: 1}).violations
    assert violation.path == "?" + "x" * 59
    assert violation.values["closest"] == []


def test_at_least_one_of_a_group_is_needed_and_a_faulty_one_counts_as_given() -> None:
    either = model_of(
        parameter("string", name="prompt", minimum=1),
        parameter("array", name="images", items=parameter("string", is_url=True)),
        at_least_one=(frozenset({"images", "prompt"}),),
    )
    assert outcome(either, {"prompt": "x"}).ok
    assert outcome(either, {"images": [FOX]}).ok
    assert faults_of(outcome(either, {})) == ["at_least_one"]
    assert faults_of(outcome(either, {"images": [], "prompt": None})) == ["at_least_one"]
    assert faults_of(outcome(either, {"prompt": " "})) == ["prompt empty"]
    assert values_of(outcome(either, {}), "at_least_one")["names"] == ["prompt", "images"]


@pytest.mark.parametrize(
    ("raw", "faults"),
    [
        ({"shots": True}, ["lines required"]),
        ({"shots": "да"}, ["lines required"]),
        ({"shots": True, "lines": ""}, ["lines required"]),
        ({"shots": True, "lines": "x"}, []),
        ({"shots": True, "lines": 5}, ["lines wrong_type"]),
        ({"shots": False}, []),
        ({"shots": "perhaps"}, ["shots wrong_type"]),
        ({}, []),
    ],
)
def test_a_condition_makes_a_parameter_required(raw: object, faults: list[str]) -> None:
    conditional = model_of(
        parameter("boolean", name="shots", required=True, default=False),
        parameter("string", name="lines", required_when={"shots": True}),
    )
    assert faults_of(outcome(conditional, raw)) == faults


def test_a_condition_looks_at_the_default_the_provider_uses() -> None:
    conditional = model_of(
        parameter("boolean", name="shots", default=True),
        parameter("string", name="lines", required_when={"shots": True}),
    )
    assert faults_of(outcome(conditional, {})) == ["lines required"]
    assert outcome(conditional, {"shots": False}).ok


REFERENCE = model("kling-3.0-omni/reference-to-video")


@pytest.mark.parametrize(
    "raw",
    [
        {"prompt": "x", "image_urls": [FOX], "aspect_ratio": "16:9"},
        {"prompt": "x", "video_urls": [CLIP], "aspect_ratio": "auto", "audio": False},
        {"prompt": "x", "video_urls": [CLIP], "image_urls": [FOX], "audio": "no"},
    ],
)
def test_an_input_that_satisfies_one_form_is_good(raw: object) -> None:
    assert outcome(REFERENCE, raw).ok


@pytest.mark.parametrize(
    ("raw", "form", "faults"),
    [
        ({"prompt": "x"}, "No Video Input", ["image_urls required"]),
        ({"prompt": "x", "image_urls": []}, "No Video Input", ["image_urls required"]),
        ({"prompt": "x", "image_urls": [FOX], "aspect_ratio": "auto"}, "No Video Input", ["aspect_ratio not_in_enum"]),
        ({"prompt": "x", "video_urls": [CLIP], "audio": False}, "Video Input Only", ["aspect_ratio required"]),
        (
            {"prompt": "x", "video_urls": [CLIP], "audio": False, "aspect_ratio": "auto", "duration": 5},
            "Video Input Only",
            ["duration not_in_variant"],
        ),
        (
            {"prompt": "x", "video_urls": [CLIP], "image_urls": [FOX] * 5, "audio": False},
            "Video with Images",
            ["image_urls too_many_items", "image_urls too_much_together"],
        ),
    ],
)
def test_where_no_form_fits_the_nearest_one_tells_its_faults(raw: object, form: str, faults: list[str]) -> None:
    result = outcome(REFERENCE, raw)
    assert faults_of(result) == ["no_variant", *faults]
    values = values_of(result, ViolationCode.NO_VARIANT)
    assert values["variant"] == form
    assert len(values["alternatives"]) == 2  # type: ignore[arg-type]  # keyword arguments of several types


def test_a_fault_of_the_model_is_not_reported_again_by_a_form() -> None:
    result = outcome(REFERENCE, {"image_urls": ["nowhere"]})
    assert faults_of(result) == ["prompt required", "image_urls[0] url_scheme"]


def test_values_of_two_forms_at_once_fit_neither() -> None:
    raw = {"prompt": "a long walk", "duration": 5, "quality": "720p", "taskId": "0" * 32, "video_url": CLIP}
    assert faults_of(outcome(model("pixverse-v6/extend"), raw)) == [
        "no_variant", "video_url not_in_variant", "exactly_one",
    ]  # fmt: skip


def test_an_input_that_fits_two_forms_is_ambiguous() -> None:
    forms = tuple(
        InputVariant(name=name, required=frozenset({"a"}), fields=frozenset({"a", "b"})) for name in ("one", "two")
    )
    both = model_of(parameter("string", name="a"), parameter("string", name="b"), variants=forms)
    result = outcome(both, {"a": "x"})
    assert faults_of(result) == ["ambiguous_variant"]
    assert values_of(result, "ambiguous_variant")["variants"] == ["one", "two"]


def test_a_form_fills_the_default_of_what_it_requires() -> None:
    form = InputVariant(name="one", required=frozenset({"a", "b"}), fields=frozenset({"a", "b"}))
    filled = model_of(
        parameter("string", name="a"),
        parameter("enum", name="b", values=("x", "y"), default="y"),
        variants=(form,),
    )
    assert dict(outcome(filled, {"a": "x"}).input) == {"a": "x", "b": "y"}


def test_a_private_host_is_taken_where_the_configuration_allows_it() -> None:
    image = model_of(parameter("string", name="image", is_url=True))
    raw = {"image": "http://127.0.0.1:8080/fox.png"}
    assert faults_of(outcome(image, raw)) == ["image url_private_host"]
    assert outcome(image, raw, allow_private_hosts=True).ok


@pytest.mark.parametrize("blank", ["", "  ", " \t\n ", "\u2003", "\u200b", "\ufeff \u2800", "\u3164"])
def test_a_text_that_a_form_or_a_group_asks_for_may_not_be_blank(blank: str) -> None:
    extend = model("pixverse-v6/extend")
    given = {"prompt": "a fox runs on", "duration": 5, "quality": "720p", "taskId": blank}
    assert outcome(extend, given).violations
    grouped = model_of(
        parameter("string", name="a"), parameter("string", name="b"), at_least_one=(frozenset({"a", "b"}),)
    )
    assert faults_of(outcome(grouped, {"a": blank, "b": blank})) == ["at_least_one"]
    assert outcome(grouped, {"a": blank, "b": "fox"}).input == {"b": "fox"}
