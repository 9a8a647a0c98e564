"""KIE's schemas, with the oddities they come with, and with none of the sense they should have."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.registry_tools.openapi import COMMON_PATH, read_form
from config.registry_tools.price_text import read_price
from config.registry_tools.schema_tree import Unreadable
from domain.media import MediaKind
from domain.model import Parameter, ParameterType
from tests.support.effort import tries

Schema = dict[str, Any]


def document(input_: Schema, *, path: str = COMMON_PATH, **schemas: Schema) -> Schema:
    request = {"type": "object", "properties": {"model": {"type": "string"}, "input": input_}}
    return whole(request, path=path, **schemas)


def whole(request: Schema, *, path: str = COMMON_PATH, **schemas: Schema) -> Schema:
    body = {"content": {"application/json": {"schema": request}}}
    return {
        "openapi": "3.1.0",
        "paths": {path: {"post": {"requestBody": body}, "parameters": []}},
        "components": {"schemas": schemas},
    }


def parameter(schema: Schema, name: str = "x") -> Parameter:
    return read_form(document({"type": "object", "properties": {name: schema}})).parameters[name]


def test_references_are_followed_through_blanks_slashes_and_each_other() -> None:
    schemas: Schema = {
        "Nano Input ": {"type": "object", "required": ["prompt"], "properties": {
            "prompt": {"$ref": "#/components/schemas/Long~1Text", "maxLength": 9},
        }},
        "Long/Text": {"type": "string", "maxLength": 5000, "description": "Words"},
    }  # fmt: skip
    form = read_form(document({"$ref": "#/components/schemas/Nano%20Input%20"}, **schemas))
    prompt = form.parameters["prompt"]
    assert (prompt.required, prompt.maximum, prompt.about) == (True, 9, "Words")
    assert form.create_path is None


def test_a_flat_body_is_an_input_without_its_envelope() -> None:
    request = {
        "type": "object",
        "required": ["prompt", "model"],
        "properties": {"model": {"type": "string"}, "callBackUrl": {"type": "string"}, "prompt": {"type": "string"}},
    }
    form = read_form(whole(request, path="/api/v1/veo/generate"))
    assert list(form.parameters) == ["prompt"]
    assert form.parameters["prompt"].required
    assert form.create_path == "/api/v1/veo/generate"


@pytest.mark.parametrize(
    "schema",
    [
        {"type": ["string", "null"], "enum": ["a", "b", None]},
        {"anyOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "null"}]},
        {"allOf": [{"type": "string"}, {"enum": ["a", "b", "b"]}]},
        {"enum": ["a", "b"]},
    ],
)
def test_or_null_and_parts_change_nothing_about_an_enum(schema: Schema) -> None:
    read = parameter(schema)
    assert (read.type, read.values) == (ParameterType.ENUM, ("a", "b"))


def test_limits_are_read_where_they_mean_something() -> None:
    whole_number = parameter({"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 10})
    assert (whole_number.minimum, whole_number.maximum) == (1, 9)
    number = parameter({"type": "number", "minimum": 0, "description": "Guidance (Min: 0, Max: 1, Step: 0.1)"})
    assert (number.minimum, number.maximum, number.step) == (0, None, 0.1)
    assert parameter({"type": "string", "minLength": 0}).minimum is None
    assert parameter({"type": "string", "pattern": "(?<name>x)"}).pattern is None, "JavaScript's own"
    assert parameter({"type": "boolean", "enum": [True, False]}).type is ParameterType.BOOLEAN


@pytest.mark.parametrize(
    ("schema", "has_default"),
    [
        ({"type": "integer", "default": 5, "maximum": 9}, True),
        ({"type": "integer", "default": 50, "maximum": 9}, False),
        ({"type": "string", "enum": ["a"], "default": "z"}, False),
        ({"type": "string", "default": ""}, False),
        ({"type": "boolean", "default": None}, False),
    ],
)
def test_a_default_counts_unless_its_own_schema_contradicts_it(schema: Schema, has_default: bool) -> None:
    assert parameter(schema).has_default is has_default


def test_prose_tells_the_files_a_new_parameter_takes() -> None:
    said = (
        "The photo. (File URL after upload, not file content; Accepted types: image/jpeg, image/png; Max size: 10.0MB)"
    )
    photo = parameter({"type": "string", "description": said}, "first_frame")
    assert (photo.media, photo.accepted, photo.max_file_mb) == (MediaKind.IMAGE, ("image/jpeg", "image/png"), 10)
    assert photo.about == "The photo"
    films = parameter({"type": "array", "items": {"type": "string", "format": "uri"}}, "reference_video_urls")
    assert films.media is MediaKind.VIDEO
    assert parameter({"type": "string", "format": "uri"}, "place").is_url
    assert not parameter({"type": "string"}, "style").is_url


def test_forms_alone_make_the_widest_parameters_and_what_all_demand_is_no_forms_own() -> None:
    def form_of(title: str, most: int, *required: str) -> Schema:
        urls = {"type": "array", "items": {"type": "string"}, "maxItems": most}
        return {
            "title": title,
            "required": list(required),
            "properties": {"prompt": {"type": "string"}, "image_urls": urls},
        }

    form = read_form(document({"oneOf": [form_of("One", 1, "prompt"), form_of("Two", 2, "prompt", "image_urls")]}))
    assert form.parameters["image_urls"].maximum == 2
    one, two = form.variants
    assert (one.name, one.fields) == ("One", frozenset({"prompt", "image_urls"}))
    assert one.parameters["image_urls"].maximum == 1
    assert two.required == frozenset({"prompt", "image_urls"})
    assert two.parameters == {}


def test_any_of_single_demands_is_a_group() -> None:
    properties = {name: {"type": "string"} for name in ("prompt", "image_url")}
    demands = [{"required": [name]} for name in properties]
    assert read_form(document({"properties": properties, "anyOf": demands})).at_least_one == (
        frozenset({"prompt", "image_url"}),
    )


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        "<html>",
        {},
        {"paths": []},
        {"paths": {"/a": {"post": {}}, "/b": {"post": {}}}},
        document({"$ref": "https://elsewhere.example/schema.json"}),
        document({"$ref": "#/components/schemas/Missing"}),
        document({"$ref": "#/components/schemas/Loop"}, Loop={"$ref": "#/components/schemas/Loop"}),
        document({"type": "object", "properties": {}}),
        document({"properties": {"a.b": {"type": "string"}}}),
        document({"properties": {"a": {"type": "file"}}}),
        document({"properties": {"a": {"type": "string", "enum": [{}]}}}),
        document({"properties": {"a": {"type": "string", "enum": "x"}}}),
        document({"properties": {"a": {"oneOf": [{"type": "string"}, {"type": "array"}]}}}),
        document({"properties": ["a"]}),
        document({"required": "a", "properties": {"a": {"type": "string"}}}),
    ],
)
def test_nonsense_is_called_unreadable(nonsense: object) -> None:
    with pytest.raises(Unreadable):
        read_form(nonsense)


SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | st.text(max_size=4)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null", ["string", "null"]])
SCHEMAS: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "type": TYPES | SCALARS,
            "enum": st.lists(SCALARS, max_size=3) | SCALARS,
            "default": SCALARS | st.lists(SCALARS, max_size=2),
            "properties": st.dictionaries(st.sampled_from(["a", "b_url"]), inner, max_size=2) | SCALARS,
            "required": st.lists(st.sampled_from(["a", "b_url"]), max_size=2) | SCALARS,
            "items": inner,
            "oneOf": st.lists(inner, max_size=2) | SCALARS,
            "anyOf": st.lists(inner, max_size=2),
            "allOf": st.lists(inner, max_size=2),
            "minimum": SCALARS,
            "maxLength": SCALARS,
            "minItems": SCALARS,
            "multipleOf": SCALARS,
            "pattern": SCALARS,
            "description": SCALARS,
            "$ref": st.just("#/components/schemas/Self") | SCALARS,
        },
    ),
    max_leaves=12,
)


@settings(max_examples=tries(80, thorough=2000))
@given(SCHEMAS, SCHEMAS)
def test_any_document_is_read_or_unreadable_and_nothing_else(input_: object, other: object) -> None:
    shape = {"properties": {"a": input_, "b_url": other}, "oneOf": [input_, other]}
    for given_ in (document(shape, Self=shape), document(shape, Self={"type": "string"}), whole({"properties": other})):
        try:
            form = read_form(given_)
        except Unreadable:
            continue
        assert form.parameters


@pytest.mark.parametrize(
    ("text", "unit", "credits_", "figures"),
    [
        ("4 credits per image (cheapest)", "image", {"cheapest": 4}, {4.0}),
        ("24.0 credits per video (720p); 0.5 credits per video (480p (fast))", "video",
         {"720p": 24, "480p (fast)": 0.5}, {24.0, 0.5}),
        ("1 credit per 1000 characters", "1000 characters", {"any": 1}, {1.0}),
        ("720p costs 20 credits (~$0.10), 1080p 40 credits", "", {}, {20.0, 40.0}),
        ("4 credits per image (1K); 8 credits per second (2K)", "", {}, {4.0, 8.0}),
        ("0 credits per image (1K)", "image", {"1K": 0}, {0.0}),
        ("Free for now", "", {}, set()),
        ("", "", {}, set()),
    ],
)  # fmt: skip
def test_a_price_is_understood_wholly_or_by_its_figures(
    text: str, unit: str, credits_: dict[str, float], figures: set[float]
) -> None:
    price = read_price(text)
    assert (price.unit, dict(price.credits), price.figures) == (unit, credits_, frozenset(figures))


@pytest.mark.parametrize(
    "loop",
    [
        {"type": "object", "properties": {"again": {"$ref": "#/components/schemas/Loop"}}},
        {"type": "array", "items": {"$ref": "#/components/schemas/Loop"}},
        {"$ref": "#/components/schemas/Loop"},
        {"allOf": [{"$ref": "#/components/schemas/Loop"}, {"$ref": "#/components/schemas/Loop"}]},
        {"anyOf": [{"$ref": "#/components/schemas/Loop"}, {"type": "null"}]},
        {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Loop"}, "b": {"$ref": "#/components/schemas/Loop"}}},
    ],
    ids=["field", "items", "itself", "branching", "nullable", "two fields"],
)  # fmt: skip
def test_a_schema_that_leads_to_itself_is_unreadable_at_once(loop: Schema) -> None:
    given_ = {"type": "object", "properties": {"x": {"$ref": "#/components/schemas/Loop"}}}
    with pytest.raises(Unreadable, match=r"circle"):
        read_form(document(given_, Loop=loop))
