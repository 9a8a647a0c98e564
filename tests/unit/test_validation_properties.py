"""What holds for any input at all: never an exception, one verdict, and a fixed point."""

import json
import math
from collections.abc import Mapping
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.media import Attachment
from domain.model import Model, Parameter
from domain.sample import full_input, minimal_input
from domain.validation import Outcome, Validator, compile_model
from tests.support.effort import tries
from tests.support.registry import catalog, url_of
from tests.support.validation import attachment

MODELS = catalog().models()


@cache
def validator(index: int) -> Validator:
    return compile_model(MODELS[index], allow_private_hosts=False)


def _endless() -> list[object]:
    endless: list[object] = []
    endless.append(endless)
    return endless


strange = st.sampled_from(
    [
        object(), _endless(), b"bytes", 10**400, math.nan, math.inf,
        -0.0, 1e400, 2**63, True, "5", "1e400", "nan", "\ud800", "\0", "да", "[" * 5000, '{"a": ', "[1e999]", "9" * 5000,
        attachment("image/png"), attachment("video/mp4", size_bytes=2**40), url_of, int, ..., NotImplemented,
        "https://user@example.com", "http://[::1", "http://0x7f.1/a.png", frozenset({1}), range(3), "x" * 200_000,
    ]
)  # fmt: skip
text = st.text(st.characters(), max_size=12)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | text | strange
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner)
        | st.dictionaries(st.sampled_from(["text", "url", "prompt", "x"]) | text | st.integers(), inner, max_size=4)
    ),
    max_leaves=8,
)


@st.composite
def broken_inputs(draw: st.DrawFn) -> tuple[int, dict[object, object]]:
    """A model and a good input of it, a few values of which were replaced, dropped or added."""
    index = draw(st.integers(0, len(MODELS) - 1))
    model = MODELS[index]
    make = draw(st.sampled_from([minimal_input, full_input]))
    raw: dict[object, object] = {name: one for name, one in make(model, url_of).items()}  # noqa: C416  # a wider dict
    for name in draw(st.lists(st.sampled_from(list(model.parameters)), max_size=3)):
        raw[name] = draw(values)
    for name in draw(st.lists(st.sampled_from(list(model.parameters)), max_size=2)):
        raw.pop(name, None)
    for key in draw(st.lists(text | st.integers() | st.none() | st.tuples(st.integers()), max_size=1)):
        raw[key] = draw(values)
    return index, raw


def as_json(result: Outcome) -> str:
    """Both halves as JSON, which also proves that they can be written as such, in UTF-8."""
    violations = [(one.path, one.code, dict(one.values)) for one in result.violations]
    text = json.dumps([violations, dict(result.input)], default=_file, ensure_ascii=False, allow_nan=False)
    text.encode()
    return text


def _file(value: object) -> str:
    assert isinstance(value, Attachment)
    return value.reference


@settings(max_examples=tries(100, thorough=2000))
@given(st.integers(0, len(MODELS) - 1), values)
def test_anything_gets_a_verdict(index: int, raw: object) -> None:
    result = validator(index)(raw)
    assert result.ok or not result.input
    as_json(result)


@settings(max_examples=tries(120, thorough=3000))
@given(broken_inputs(), st.randoms())
def test_the_order_of_keys_changes_nothing(broken: tuple[int, dict[object, object]], random: Any) -> None:
    index, raw = broken
    shuffled = list(raw.items())
    random.shuffle(shuffled)
    assert as_json(validator(index)(raw)) == as_json(validator(index)(dict(shuffled)))


@settings(max_examples=tries(120, thorough=3000))
@given(broken_inputs())
def test_a_normalised_input_is_valid_and_stays_as_it_is(broken: tuple[int, dict[object, object]]) -> None:
    index, raw = broken
    result = validator(index)(raw)
    if result.ok:
        again = validator(index)(dict(result.input))
        assert again == result
        assert _kinds(again.input) == _kinds(result.input)


def _kinds(value: object) -> object:
    """The exact types of everything in a value: 5 and 5.0 are equal, and not the same to a provider."""
    if isinstance(value, Mapping):
        return {name: _kinds(one) for name, one in value.items()}
    return [_kinds(one) for one in value] if isinstance(value, list) else type(value)


def _as_typed(parameter: Parameter, value: object) -> object:
    """A value as a form sends it: scalars as their text, the rest as JSON text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | dict):
        return json.dumps(value)
    return value if isinstance(value, str) else repr(value)


@settings(max_examples=tries(60, thorough=1000))
@given(st.integers(0, len(MODELS) - 1), st.sampled_from([minimal_input, full_input]))
def test_a_form_full_of_texts_comes_to_the_same_as_json(index: int, make: Any) -> None:
    model: Model = MODELS[index]
    raw = make(model, url_of)
    typed = {name: _as_typed(model.parameters[name], value) for name, value in raw.items()}
    assert as_json(validator(index)(typed)) == as_json(validator(index)(raw))
