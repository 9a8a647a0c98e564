"""Editing the registry's text: it says what is wanted, and what is not concerned keeps its every byte."""

import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.yaml_catalog import load_catalog
from config.registry_tools.change import Aspect, Change, ModelChange, ModelChangeKind
from config.registry_tools.yaml_layout import lines_of
from config.registry_tools.yaml_text import reconciled
from config.registry_tools.yaml_writer import RegistryText, YamlRegistryWriter
from domain.model import ModelId
from tests.support.effort import tries
from tests.support.registry import REGISTRY

TODAY = date(2026, 11, 24)
TEXT = """\
# above
top:  # the model
  title: 'A: b'   # its name
  sizes: [1, 2,
    3]  # odd
  input:
    # the words
    prompt: {type: string, max: 50, about: Words, # inside
      pattern: "^a$"}  # after
    mode: {type: enum,
      values: [a, b], default: a}

    # the list
    deep:
      type: array
      items:
        type: object
        fields:
          one: {type: string}
  notes:
  - 'first: note'
  # between
  - second
# below
"""


def edited(wanted: Mapping[str, object]) -> str:
    text = reconciled(TEXT, {"top": wanted})
    assert yaml.safe_load(text) == {"top": wanted}
    return text


def data() -> dict[str, Any]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)
    return loaded["top"]


def test_a_value_is_replaced_in_its_place() -> None:
    wanted = data()
    wanted["input"]["prompt"] |= {"max": 9, "pattern": "^b: c$"}
    wanted["sizes"] = [7]
    expected = TEXT.replace("max: 50", "max: 9").replace('"^a$"', "'^b: c$'").replace("[1, 2,\n    3]", "[7]")
    assert edited(wanted) == expected


def test_keys_come_after_the_one_that_precedes_them() -> None:
    wanted = data()
    wanted["input"]["prompt"] = {"required": True, "type": "string", "min": 1, "max": 50, "about": "Words",
                                 "pattern": "^a$", "default": "a"}  # fmt: skip
    wanted["input"]["deep"]["items"]["fields"]["two"] = {"type": "enum", "values": ["16:9", "yes"]}
    wanted = {
        "title": wanted["title"],
        "status": "current",
        **wanted,
        "price": [{"unit": "image", "credits": {"any": 4}}],
    }
    text = edited(wanted)
    assert "prompt: {required: true, type: string, min: 1, max: 50, about: Words, # inside\n" in text
    assert '"^a$", default: a}  # after\n' in text
    assert "          one: {type: string}\n          two: {type: enum, values: ['16:9', 'yes']}\n  notes:" in text
    assert "  title: 'A: b'   # its name\n  status: current\n  sizes:" in text
    assert "  - second\n  price:\n  - {unit: image, credits: {any: 4}}\n# below\n" in text


def test_keys_go_with_their_lines_and_commas_and_comments_between_stay() -> None:
    wanted = data()
    del wanted["sizes"], wanted["input"]["mode"]["default"], wanted["input"]["prompt"]["type"], wanted["input"]["deep"]
    text = edited(wanted)
    assert "prompt: {max: 50, about: Words, # inside\n" in text
    assert "      values: [a, b]}\n\n    # the list\n  notes:\n" in text
    assert "  title: 'A: b'   # its name\n  input:\n" in text


def test_lists_on_lines_change_item_by_item() -> None:
    wanted = data()
    wanted["notes"] = ["zeroth", "first: note", "third"]
    assert edited(wanted).endswith("  notes:\n  - zeroth\n  - 'first: note'\n  # between\n  - third\n# below\n")
    wanted["notes"] = ["second", "last"]
    assert edited(wanted).endswith("  notes:\n  # between\n  - second\n  - last\n# below\n")


def test_what_ends_and_what_follows_it_do_not_get_in_each_others_way() -> None:
    wanted = data()
    del wanted["input"]["deep"], wanted["notes"][1]
    wanted["input"]["late"] = {"type": "boolean"}
    wanted["price"] = [{"unit": "image", "credits": {"any": 4}}]
    edited({key: wanted[key] for key in ("title", "sizes", "input", "price", "notes")})


@cache
def models() -> list[tuple[str, str]]:
    files = [RegistryText.parsed(file.read_text(encoding="utf-8")) for file in sorted(REGISTRY.glob("*.yaml"))]
    return [one for file in files for one in file.models.items()]


def test_files_fall_into_models_without_a_byte_lost() -> None:
    for file in REGISTRY.glob("*.yaml"):
        assert RegistryText.parsed(file.read_bytes().decode()).text == file.read_bytes().decode()


def test_every_packaged_model_can_be_laid_out_again_and_left_as_it_is() -> None:
    for _, text in models():
        model = yaml.load(text, Loader=yaml.CSafeLoader)
        assert yaml.load(lines_of(model, indent=0), Loader=yaml.CSafeLoader) == model
    for _, text in models()[:: tries(20, thorough=1)]:
        assert reconciled(text, yaml.load(text, Loader=yaml.CSafeLoader)) == text


@settings(max_examples=tries(25, thorough=500))
@given(st.randoms(use_true_random=False))
def test_any_change_of_any_model_comes_out_as_wanted_and_spares_what_it_does_not_concern(random: Random) -> None:
    name, text = random.choice(models())
    before = yaml.load(text, Loader=yaml.CSafeLoader)
    wanted = deepcopy(before)
    for _ in range(random.randint(1, 4)):
        change_somewhere(wanted[name], random)
    after = reconciled(text, deepcopy(wanted))
    assert yaml.load(after, Loader=yaml.CSafeLoader) == wanted
    for part in re.split(r"(?m)^(?=  \w+:)", text.rstrip("\n"))[1:]:
        key = part.split(":")[0].strip()
        if repr(wanted[name].get(key)) == repr(before[name][key]):
            assert part in after


NEW: list[Any] = [1, "x: y", True, ["a", "16:9"], {"q": [1], "r": {"s": "t"}}]


def change_somewhere(tree: Any, random: Random) -> None:
    """Change, add or take away one thing, as deep as chance has it."""
    while True:
        key = random.choice(list(tree) if isinstance(tree, dict) else list(range(len(tree))))
        if not (isinstance(tree[key], dict | list) and tree[key] and random.random() < 0.8):
            break
        tree = tree[key]
    what = random.choice(["set", "add", "remove"])
    if what == "set" or (what == "remove" and len(tree) == 1):
        tree[key] = deepcopy(random.choice(NEW))
    elif what == "remove":
        del tree[key]
    elif isinstance(tree, dict):
        tree[f"new_key_{random.randint(0, 9)}"] = deepcopy(random.choice(NEW))
    else:
        tree.insert(key, deepcopy(random.choice(NEW)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.yaml").write_bytes(
        b"# Ours \xc3\xa9\r\n\r\na/b:\r\n  title: A\r\n  vendor: Acme\r\n  model_type: text_to_image\r\n  output: image\r\n"
        b"  status: current\r\n  input:\r\n    prompt: {type: string, max: 5}  # short\r\n"
        b"  source: {confidence: official, pages: [here]}\r\n"
    )
    return tmp_path


def longer(model_id: str, most: object) -> ModelChange:
    change = Change(path="prompt", aspect=Aspect.MAX, before=5, after=most)
    return ModelChange(id=ModelId(model_id), kind=ModelChangeKind.CHANGED, changes=(change,))


def test_newlines_of_another_system_stay_as_well(folder: Path) -> None:
    before = (folder / "one.yaml").read_bytes()
    assert YamlRegistryWriter(folder).write([longer("a/b", 9)], on=TODAY) == []
    assert (folder / "one.yaml").read_bytes() == before.replace(b"max: 5", b"max: 9")
    assert [file.name for file in folder.iterdir()] == ["one.yaml"]


def test_what_the_registry_would_refuse_is_not_written(folder: Path) -> None:
    before = (folder / "one.yaml").read_bytes()
    [left_out] = YamlRegistryWriter(folder).write([longer("a/b", -1)], on=TODAY)
    assert (left_out.model, left_out.reason) == (
        "a/b",
        "input.prompt.max: expected a count (a whole number from 0), found -1",
    )
    assert (folder / "one.yaml").read_bytes() == before
    assert load_catalog(folder).find("a/b") is not None
