"""What the registry says of its own faults: where, and what was expected, all at once."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from textwrap import dedent, indent

import pytest

from adapters.yaml_catalog import RegistryError, load_catalog

GOOD = """
a/model:
  title: A model
  vendor: A
  model_type: text_to_image
  output: image
  status: current
  input:
    prompt: {type: string, required: true, max: 100}
    size: {type: enum, values: [small, large], default: small}
  source: {confidence: official, pages: [https://example.com]}
"""


def faults_of(directory: Path, **files: str) -> list[str]:
    for name, text in files.items():
        (directory / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        load_catalog(directory)
    return [str(fault) for fault in caught.value.faults]


def with_parameter(yaml: str) -> str:
    return GOOD.replace("  source:", f"    extra: {yaml}\n  source:")


def with_keys(yaml: str) -> str:
    return GOOD + indent(dedent(yaml).strip(), "  ") + "\n"


@pytest.mark.parametrize(
    ("parameter", "fault"),
    [
        ("{type: strng}", "input.extra.type: expected one of string, numeric_text, enum, boolean, integer, number, array, object, did you mean 'string'?, found 'strng'"),
        ("{}", "input.extra: expected the key 'type'"),
        ("text", "input.extra: expected a mapping, found 'text'"),
        ("{type: string, mx: 5}", "input.extra: unknown key 'mx', did you mean 'max'?"),
        ("{type: string, required: 'yes'}", "input.extra.required: expected true or false, found 'yes'"),
        ("{type: string, min: 6, max: 5}", "input.extra.min: expected at most max (5), found 6"),
        ("{type: string, max: 2.5}", "input.extra.max: expected a count (a whole number from 0), found 2.5"),
        ("{type: string, step: 1}", "input.extra.step: expected no such key on type string"),
        ("{type: string, pattern: '['}", "input.extra.pattern: expected a regular expression (unterminated character set at position 0), found '['"),
        ("{type: string, media: picture}", "input.extra.media: expected one of image, video, audio, found 'picture'"),
        ("{type: number, step: 0}", "input.extra.step: expected a number above 0, found 0"),
        ("{type: number, min: .nan}", "input.extra.min: expected a number, found nan"),
        ("{type: number, min: 1, default: 0}", "input.extra.default: expected a value the parameter takes, found 0 (too small: 1)"),
        ("{type: integer, default: '5'}", "input.extra.default: expected the value as it is sent, 5, found '5'"),
        ("{type: enum}", "input.extra: expected the key 'values'"),
        ("{type: enum, values: []}", "input.extra.values: expected a list of one or more values, found []"),
        ("{type: enum, values: [a, a]}", "input.extra.values: expected values that differ, found ['a', 'a']"),
        ("{type: enum, values: [5, 10]}", "input.extra.values: expected text (quote it, or give value_type), found 5"),
        ("{type: enum, values: [1.5], value_type: integer}", "input.extra.values: expected a number as value_type integer says, found 1.5"),
        ("{type: enum, values: [no, en]}", "input.extra.values: expected text (quote it, or give value_type), found false"),
        ("{type: enum, values: [a], default: b}", "input.extra.default: expected a value the parameter takes, found 'b' (not in enum: a)"),
        ("{type: array}", "input.extra: expected the key 'items'"),
        ("{type: array, items: text}", "input.extra.items.type: expected one of string, numeric_text, enum, boolean, integer, number, array, object, did you mean 'numeric_text'?, found 'text'"),
        ("{type: array, items: {type: object, fields: {x: {type: strin}}}}", "input.extra.items.fields.x.type: expected one of string, numeric_text, enum, boolean, integer, number, array, object, did you mean 'string'?, found 'strin'"),
        ("{type: string, required_when: {sise: small}}", "input.extra.required_when: expected a parameter of the model, did you mean 'size'?, found 'sise'"),
        ("{type: string, required_when: {size: huge}}", "input.extra.required_when.size: expected a value the parameter takes, found 'huge' (not in enum: small, large)"),
    ],
)  # fmt: skip
def test_a_parameters_fault_names_its_place_and_what_was_expected(tmp_path: Path, parameter: str, fault: str) -> None:
    found = faults_of(tmp_path, a=with_parameter(parameter))
    assert f"a.yaml: a/model: {fault}" in found


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ("titel: x", "unknown key 'titel', did you mean 'title'?"),
        ("alias_of: a/modle", "alias_of: expected the id of a model, did you mean 'a/model'?, found 'a/modle'"),
        ("follows: [a/modle]", "follows: expected ids of real models, did you mean 'a/model'?, found 'a/modle'"),
        ("follows: [A/Model]", "follows: expected ids of real models, did you mean 'a/model'?, found 'A/Model'"),
        ("at_least_one: [[prompt, promt]]", "at_least_one[0]: expected a parameter of the model, did you mean 'prompt'?, found 'promt'"),
        ("at_least_one: [prompt]", "at_least_one[0].names: expected a list of texts, found 'prompt'"),
        ("price: [{as_of: '2026-01-01', credits: free, source: x}]", "price[0].credits: expected a number, found 'free'"),
        ("price: [{as_of: '2026-01-01', credits: -1, source: x}]", "price[0].credits: expected a number from 0, found -1"),
        ("price: [{as_of: 2026-01-01, credits: 1, source: x}]", "price[0].as_of: expected a day or a month in quotes ('2026-11-29', '2026-11'), found 2026-01-01"),
        ("price: [{credits: 1, source: x}]", "price[0]: expected the key 'as_of'"),
        ("price: [{credits: 1, per: siz, as_of: '2026-01', source: x}]", "price[0].per: expected a parameter of the model, did you mean 'size'?, found 'siz'"),
        ("price: [{credits: 1, per: {left_out: 5}, as_of: '2026-01', source: x}]", "price[0].per: expected one of parameter, length_of, characters_of, speech_of, ratio, results, found {'left_out': 5}"),
        ("price: [{credits: 1, per: {results: true}, as_of: '2026-01', source: x}]", "price[0].per: expected the key 'max'"),
        ("price: [{credits: 1, plus: [{credits: 1}], as_of: '2026-01', source: x}]", "price[0].plus[0]: expected either images or seconds_of"),
        ("price: [{credits: 1, when: {sizes: small}, as_of: '2026-01', source: x}]", "price[0].when.sizes: expected a parameter of the model, did you mean 'size'?, found 'sizes'"),
        ("price: [{credits: 1, when: {size: smal}, as_of: '2026-01', source: x}]", "price[0].when.size: expected a value of the parameter, did you mean 'small'?, found 'smal'"),
        ("price: [{credits: 1, when: {size: small}, as_of: '2026-01', source: x}]", "price: expected a price for size: large, found none: add a rule or widen a `when`"),
        ("price: [{credits: 1, as_of: '2026-01', source: x}, {credits: 2, when: {size: large}, as_of: '2026-01', source: x}]", "price: expected one price for size: large, found price[0] and price[1]: let their `when` tell them apart"),
        ("price: [{credits: 1, as_of: '2026-01', source: x}, {credits: 2, when: {size: large}, as_of: '2026-01', source: x}, {credits: 3, when: {size: small}, as_of: '2026-01', source: x}]", "price: expected one price for size: small (and 1 like it), found price[0] and price[2]: let their `when` tell them apart"),
        ("price: [{credits: 1, as_of: '2026-01', source: x}, {credits: 2, as_of: '2026-01', source: x, when: {size: [small, large]}}]", "price: expected one price for size: small (and 2 like it), found price[0] and price[1]: let their `when` tell them apart"),
        ("price: [{credits: 1, as_of: yesterday, source: x}]", "price[0].as_of: expected a day or a month in quotes ('2026-11-29', '2026-11'), found 'yesterday'"),
        ("price: [{credits: 1, when: {prompt: {min: 4, max: 1}}, as_of: '2026-01', source: x}]", "price[0].when.prompt.min: expected at most max (1), found 4"),
        ("price: [{credits: 1, when: {prompt: {}}, as_of: '2026-01', source: x}]", "price[0].when.prompt: expected either given, or min and max, found {}"),
        ("price: [{credits: 1, when: {prompt: {given: true, max: 5}}, as_of: '2026-01', source: x}]", "price[0].when.prompt: expected either given, or min and max, found {'given': True, 'max': 5}"),
        ("price: [{credits: 1, when: {$output_long_sid: {max: 3}}, as_of: '2026-01', source: x}]", "price[0].when.$output_long_sid: expected a parameter of the model, did you mean '$output_long_side'?, found '$output_long_sid'"),
        ("rules: [{excludes: [prompt, size], as_of: soon}]", "rules[0].as_of: expected a day or a month in quotes ('2026-11-29', '2026-11'), found 'soon'"),
        ("rules: [{excludes: [prompt, size], id: a}, {requires: {size: prompt}, id: a}]", "rules[1].id: expected an id that rules[0] has not, found 'a'"),
        ("rules: [{excludes: [prompt, [size, prompt]]}]", "rules[0].excludes: expected other names on the second side, found size, prompt"),
        ("rules: [{allowed_when: size, values: [tiny, small]}]", "rules[0].values: expected a value of the parameter, found 'tiny'"),
        ("rules: [{allowed_when: size}]", "rules[0]: expected one of the keys values, min, max, min_items, max_items, max_length"),
        ("rules: [{max_total: prompt}]", "rules[0]: expected one of the keys max, max_of"),
        ("rules: [{each: prompt, min: 3, max: 2}]", "rules[0].min: expected at most the most (2), found 3"),
        (f"price: [{{credits: {'9' * 400}, as_of: '2026-01', source: x}}]", f"price[0].credits: expected a number, found {'9' * 57}..."),
        ("price: [{credits: 800000, as_of: '2026-01', source: x}]", "price[0].credits: expected at most 100000 credits a unit, found 800000"),
        ("price: [{credits: 4, at_most: 3, as_of: '2026-01', source: x}]", "price[0].at_most: expected at least the credits (4), found 3"),
        ("price: [{credits: 4, at_least: 5, as_of: '2026-01', source: x}]", "price[0].at_least: expected at most the credits (4), found 5"),
        ("price: [{credits: 1, per: prompt, as_of: '2026-01', source: x}]", "price[0].per: expected the key 'max'"),
        ("price: [{credits: 1, per: {parameter: size, max: 9, zero_means: prompt}, as_of: '2026-01', source: x}]", "price[0].per: expected the key 'zero_max'"),
        ("price: [{credits: 1, per: {speech_of: prompt, max: 9}, as_of: '2026-01', source: x}]", "price[0].per: expected the key 'slowest'"),
        ("price: [{credits: 1, per: {parameter: size, auto: {small: many}}, as_of: '2026-01', source: x}]", "price[0].per.auto: expected a number, found {'small': 'many'}"),
        ("price: [{credits: 1, per: {parameter: size, auto: 5}, as_of: '2026-01', source: x}]", "price[0].per.auto: expected a mapping of values to the most they can mean, found 5"),
        ("price: [{credits: 1, plus: [{seconds_of: prompt}], as_of: '2026-01', source: x}]", "price[0].plus[0]: expected the key 'max_seconds'"),
        ("price: [{credits: 1, plus: [{images: [[prompt]]}], as_of: '2026-01', source: x}]", "price[0].plus[0]: expected a parameter of the model, did you mean 'prompt'?, found ['prompt']"),
        ("rules: [{max_total: {prompt: .nan}, max: 3}]", "rules[0].max_total: expected names or paths, or a mapping of them to weights, found {'prompt': nan}"),
        ("rules: [{excluds: [prompt, size]}]", "rules[0]: unknown key 'excluds', did you mean 'excludes'?"),
        ("rules: [{values: [small]}]", "rules[0]: expected one of the kinds excludes, requires, required_when, forbidden_when, at_least_one, exactly_one, allowed_when, each, max_total, gap, declared_in, unique, same_length, found none"),
        ("rules: [{excludes: prompt}]", "rules[0].excludes: expected two names, or two lists of names, found 'prompt'"),
        ("rules: [{requires: {prompt: sise}}]", "rules[0].requires: expected a parameter of the model, did you mean 'size'?, found 'sise'"),
        ("rules: [{required_when: prompt, when: {size: huge}}]", "rules[0].when.size: expected a value of the parameter, found 'huge'"),
        ("rules: [{required_when: prompt, effect: refuse}]", "rules[0].effect: expected one of refused, ignored, unknown, did you mean 'refused'?, found 'refuse'"),
        ("endpoint: {create: api, status: /api}", "endpoint.create: expected a path that begins with /, found 'api'"),
        ("variants: [{name: one, required: [prompt], fields: [size]}]", "variants[0].fields: expected the required prompt among them"),
        ("variants: [{name: one, required: [promt], fields: [prompt, promt]}]", "variants[0].required: expected a parameter of the model, did you mean 'prompt'?, found 'promt'"),
        ("variants: [{name: one, required: [prompt], fields: [prompt, size], params: {size: {values: [huge]}}}]", "variants[0].params.size.values: expected values the parameter has, found ['huge']"),
        ("variants: [{name: one, required: [prompt], fields: [prompt], params: {prompt: {min: 200}}}]", "variants[0].params.prompt: expected min (200) at most max (100)"),
        ("variants: [{name: one, required: [prompt], fields: [prompt], params: {prompt: {media: image}}}]", "variants[0].params.prompt: unknown key 'media'"),
    ],
)  # fmt: skip
def test_a_models_fault_names_its_place_and_what_was_expected(tmp_path: Path, keys: str, fault: str) -> None:
    assert f"a.yaml: a/model: {fault}" in faults_of(tmp_path, a=with_keys(keys))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "expected a mapping at the top of the file, found nothing"),
        ("- a", "expected a mapping at the top of the file, found ['a']"),
        ("a/model:", "a/model: expected a mapping, found nothing"),
        (GOOD.replace("  input:\n", "  input:\n  other:\n"), "a/model: input: expected a mapping of names, found nothing"),
        (GOOD.replace("  vendor: A\n", "").replace("a/model", "model"), "model: expected the key 'vendor'"),
        (GOOD.replace("  output: image\n", "").replace("text_to_image", "upscale"), "a/model: expected the key 'output'"),
        (GOOD.replace("a/model:", "'':"), "expected an id that is text without spaces, found ''"),
        (GOOD.replace("a/model", "7"), "7: expected an id that is text without spaces, found 7"),
        (GOOD.replace("  vendor", "   vendor"), "expected YAML that can be read: mapping values are not allowed in this context at line 4, column 10 (look at the indentation there and above; text with a colon or a quote in it needs quotes)"),
        (GOOD.replace("A model", "A: model"), "expected YAML that can be read: mapping values are not allowed in this context at line 3, column 11 (look at the indentation there and above; text with a colon or a quote in it needs quotes)"),
        (GOOD.replace("  vendor", "\tvendor"), "expected YAML that can be read: while scanning a plain scalar at line 3, column 10 found a tab character that violates indentation at line 4, column 1"),
    ],
)  # fmt: skip
def test_a_files_fault_says_where_and_what_to_do(tmp_path: Path, text: str, fault: str) -> None:
    assert f"a.yaml: {fault}" in faults_of(tmp_path, a=text)


def test_a_file_in_another_encoding_is_refused_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_bytes(GOOD.replace("A model", "Modèle").encode("latin-1"))
    assert faults_of(tmp_path) == [
        "b.yaml: expected YAML that can be read: byte 22 is not UTF-8: save the file as UTF-8"
    ]


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_a_byte_order_mark_and_the_line_ends_of_windows_are_taken(tmp_path: Path, change: Callable[[str], str]) -> None:
    (tmp_path / "a.yaml").write_bytes(change(GOOD.lstrip()).encode())
    assert [one.id for one in load_catalog(tmp_path).models()] == ["a/model"]


def test_one_mistake_is_one_fault(tmp_path: Path) -> None:
    """What only follows from a fault of the parameters or of a key's name is not reported besides."""
    priced = with_keys("price: [{credits: 1, as_of: '2026-01', source: x, when: {size: [small, large]}}]")
    assert len(faults_of(tmp_path, a=priced.replace("default: small", "default: huge"))) == 1
    assert len(faults_of(tmp_path, a=priced.replace("  input:\n", "  input:\n  other:\n"))) == 2
    assert len(faults_of(tmp_path, a=with_keys("rules: [{excluds: [prompt, size]}]"))) == 1
    files = "{type: array, items: string, media: image, limits: {second: [1, 2]}}"
    assert len(faults_of(tmp_path, a=with_parameter(files))) == 1


def test_every_key_given_twice_is_reported_beside_the_other_faults(tmp_path: Path) -> None:
    twice = GOOD.replace("  vendor: A", "  vendor: 5\n  vendor: 6").replace("max: 100", "max: 100, max: many")
    assert faults_of(tmp_path, a=twice) == [
        "a.yaml: expected each key once, found again: vendor (line 5)",
        "a.yaml: expected each key once, found again: max (line 10)",
        "a.yaml: a/model: vendor: expected text (numbers, dates, yes and no need quotes), found 6",
        "a.yaml: a/model: input.prompt.max: expected a number, found 'many'",
    ]


def test_all_faults_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    found = faults_of(
        tmp_path,
        a=GOOD.replace("vendor: A", "vendor: 5").replace("max: 100", "max: many"),
        b=GOOD.replace("a/model", "b/model").replace("current", "curent"),
        c="- not a mapping",
    )
    assert [fault.split(": expected")[0] for fault in found] == [
        "a.yaml: a/model: vendor",
        "a.yaml: a/model: input.prompt.max",
        "b.yaml: b/model: status",
        "c.yaml",
    ]


def test_the_message_has_a_line_for_each_fault(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("model_type: ", "model_typ: "), encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        load_catalog(tmp_path)
    assert str(caught.value).splitlines() == [
        "the registry has 2 faults:",
        "  a.yaml: a/model: unknown key 'model_typ', did you mean 'model_type'?",
        "  a.yaml: a/model: expected the key 'model_type'",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\n"
        + "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in pairwise("abcdefghij")),
        "a/model: &a [*a]\n",
        GOOD.replace("vendor: A", "vendor: &v A") + "b/model:\n  vendor: *v\n",
    ],
    ids=["of aliases of aliases", "of itself", "one"],
)
def test_an_alias_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    (fault,) = faults_of(tmp_path, a=text)
    assert re.fullmatch(
        r"a\.yaml: expected YAML that can be read: \*[av] \(line \d+\) is an alias: write the value out", fault
    )


def test_a_star_in_a_text_is_no_alias(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("vendor: A", "vendor: 'A *bold* one'"), encoding="utf-8")
    assert load_catalog(tmp_path).models()[0].vendor == "A *bold* one"


def test_a_key_given_twice_is_found_with_its_line(tmp_path: Path) -> None:
    twice = GOOD.replace("  status: current", "  status: current\n  output: video")
    assert faults_of(tmp_path, a=twice) == ["a.yaml: expected each key once, found again: output (line 8)"]


def test_an_id_of_two_models_is_found_across_files_and_letter_case(tmp_path: Path) -> None:
    found = faults_of(tmp_path, a=GOOD, b=GOOD.replace("a/model", "A/Model"))
    assert found == [
        "b.yaml: A/Model: expected an id that no other model has (letter case does not count); a/model in a.yaml has it"
    ]


def test_broken_yaml_is_found_with_its_line(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, a="a: [1, 2\nb: 3")
    assert fault.startswith("a.yaml: expected YAML that can be read: ")
    assert "line 2" in fault


def test_an_alias_of_an_alias_is_refused(tmp_path: Path) -> None:
    renamed = GOOD.replace("current", "renamed")
    found = faults_of(
        tmp_path,
        a=renamed + "  alias_of: b\n",
        b=renamed.replace("a/model", "b") + "  alias_of: c\n",
        c=GOOD.replace("a/model", "c"),
    )
    assert found == ["a.yaml: a/model: alias_of: expected the id of a real model, found the alias 'b'"]


def test_a_renamed_model_says_its_new_id(tmp_path: Path) -> None:
    found = faults_of(tmp_path, a=GOOD.replace("current", "renamed"))
    assert found == ["a.yaml: a/model: alias_of: expected the new id of the renamed model"]


def test_a_directory_without_models_is_no_registry(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == [f"{tmp_path}: expected .yaml files here"]
