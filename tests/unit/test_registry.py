"""The packaged registry: how much of it there is, and that code knows no model by name."""

import ast
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from attrs import fields

from adapters.yaml_catalog import load_catalog
from domain.model import ModelStatus, ModelType, Parameter, ParameterType
from tests.support.registry import REGISTRY, catalog, model

ROOT = Path(__file__).parents[2]
ORIGINAL_TYPES = set(list(ModelType)[:12])


def test_the_registry_holds_every_model_and_the_originals_among_them() -> None:
    models = catalog().models()
    assert len(models) == 188
    assert sum(one.original_type is not None for one in models) == 72
    assert {one.original_type for one in models} - {None} == ORIGINAL_TYPES
    assert sum(len(one.parameters) for one in models) == 1185
    assert sum(len(one.prices) for one in models) == 155


def test_the_registry_knows_how_each_model_stands() -> None:
    assert Counter(one.status for one in catalog().models()) == {
        ModelStatus.CURRENT: 163,
        ModelStatus.NOT_A_KIE_ID: 13,
        ModelStatus.SUSPENDED: 6,
        ModelStatus.RETIRED: 4,
        ModelStatus.RENAMED: 2,
    }


def test_each_original_id_leads_to_a_real_model_or_says_what_became_of_it() -> None:
    for one in catalog().models():
        real = catalog().find(one.id)
        assert real is not None
        assert not real.is_alias
        if one.is_alias:
            assert real.id == one.alias_of
        else:
            assert real is one


def test_the_model_objects_say_what_the_files_say() -> None:
    """Each key of the files, read in the plainest way, against the objects, so that no reader can drop or bend a fact."""
    for file in REGISTRY.glob("*.yaml"):
        for model_id, written in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            built = model(model_id)
            assert (built.title, built.vendor, built.type) == (
                written["title"], written["vendor"], written["model_type"],
            )  # fmt: skip
            assert (built.output, built.status, built.alias_of) == (
                written["output"], written["status"], written.get("alias_of"),
            )  # fmt: skip
            assert list(built.sources) == written["source"]["pages"]
            assert list(built.notes) == written.get("notes", [])
            assert [dict(price.credits) for price in built.prices] == [
                one["credits"] for one in written.get("price", [])
            ]
            assert list(built.parameters) == list(written["input"])
            for name, parameter in built.parameters.items():
                assert _as_written(parameter) == _without_defaults(written["input"][name])


NAMES = {"minimum": "min", "maximum": "max"}
NOT_WRITTEN = {"name", "items", "fields", "is_url"}


def _as_written(parameter: Parameter) -> dict[str, object]:
    """What a parameter's YAML must have been, from what it became."""
    written: dict[str, object] = {}
    for attribute in fields(Parameter):
        value = getattr(parameter, attribute.name)
        if attribute.name not in NOT_WRITTEN and not _says_nothing(value):
            written[NAMES.get(attribute.name, attribute.name)] = list(value) if isinstance(value, tuple) else value
    written.pop("default", None)
    if parameter.has_default:
        written["default"] = parameter.default
    if parameter.is_url and parameter.media is None:
        written["format"] = "uri"
    if parameter.type is ParameterType.ARRAY and parameter.items is not None:
        nested = parameter.items.type in {ParameterType.OBJECT, ParameterType.ARRAY}
        written["items"] = _as_written(parameter.items) if nested else parameter.items.type
    if parameter.fields:
        written["fields"] = {one.name: _as_written(one) for one in parameter.fields}
    return written


def _says_nothing(value: object) -> bool:
    return value is None or value is False or (isinstance(value, tuple | str | Mapping) and not value)


def _without_defaults(written: object) -> object:
    """YAML without what only repeats how a parameter is when nothing is said."""
    if not isinstance(written, dict):
        return written
    kept = {key: value for key, value in written.items() if key != "value_type" and (key, value) != ("required", False)}
    if "items" in kept:
        kept["items"] = _without_defaults(kept["items"])
    if "fields" in kept:
        kept["fields"] = {name: _without_defaults(one) for name, one in kept["fields"].items()}
    return kept


def test_nothing_in_the_registry_changed_unnoticed() -> None:
    """Change the sum together with the facts, in one commit: the registry is what we know about a paid service."""
    facts = json.dumps(
        [yaml.safe_load(file.read_bytes()) for file in sorted(REGISTRY.glob("*.yaml"))], ensure_ascii=False
    )
    assert hashlib.sha256(facts.encode()).hexdigest()[:16] == "8c5260ac1daef9a6"


def test_every_title_is_its_own_and_fits_a_button_beside_the_task() -> None:
    titles = [model.title for model in catalog().models()]
    assert [title for title, times in Counter(titles).items() if times > 1] == []
    assert [title for title in titles if len(title) > 40 or " - " in title or "/" in title] == []


def test_models_and_parameters_cannot_be_changed() -> None:
    one = catalog().models()[0]
    with pytest.raises(AttributeError):
        one.title = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        one.parameters["new"] = next(iter(one.parameters.values()))  # type: ignore[index]


def test_the_catalog_reads_the_same_from_any_directory(tmp_path: Path) -> None:
    for file in REGISTRY.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_catalog(tmp_path).models() == catalog().models()


def _python_files() -> Iterator[Path]:
    for package in ("domain", "application", "adapters", "config"):
        yield from (ROOT / package).rglob("*.py")


def _texts_in_code(file: Path) -> Iterator[str]:
    """Every text in a program but docstrings, which may give an example."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    told = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_no_model_id_stands_in_code() -> None:
    ids = {one.id for one in catalog().models()}
    found = {
        (str(file.relative_to(ROOT)), text)
        for file in _python_files()
        for text in _texts_in_code(file)
        if ids & {text, *text.split()}
    }
    assert found == set()


def test_ids_are_told_apart_without_letter_case() -> None:
    ids = [one.id.casefold() for one in catalog().models()]
    assert len(ids) == len(set(ids))
    assert catalog().find(" Google/IMAGEN4 ") is model("google/imagen4")
