"""The packaged registry: how much of it there is, and that code knows no model by name."""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from attrs import fields

from adapters.yaml_catalog import load_catalog
from domain.media_limits import NO_LIMITS, MediaLimits
from domain.model import ModelType, Parameter, ParameterType
from domain.price import ceiling_of
from tests.support.registry import REGISTRY, catalog, model

ROOT = Path(__file__).parents[2]
ORIGINAL_TYPES = set(list(ModelType)[:12])


def test_the_registry_holds_the_originals() -> None:
    models = catalog().models()
    assert sum(one.original_type is not None for one in models) == 72
    assert {one.original_type for one in models} - {None} == ORIGINAL_TYPES


def test_every_current_model_has_a_price_and_a_ceiling() -> None:
    assert [one.id for one in catalog().models() if one.is_offered and not (one.prices and ceiling_of(one) >= 0)] == []


def test_every_fact_about_money_and_rules_has_its_day_and_source() -> None:
    for one in catalog().models():
        for place in [(fact.as_of, fact.source) for fact in one.prices] + [
            (fact.as_of, fact.source) for fact in one.rules
        ]:
            assert all(place), one.id


def test_rules_have_names_of_their_own_within_a_model() -> None:
    for one in catalog().models():
        ids = [rule.id for rule in one.rules]
        assert len(ids) == len(set(ids)), one.id


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
        for model_id, written in yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader).items():
            built = model(model_id)
            said = {"title": built.title, "vendor": built.vendor, "output": built.output, "status": built.status}
            assert {key: said[key] for key in said.keys() & written} == {
                key: written[key] for key in said.keys() & written
            }
            assert (built.type, built.alias_of) == (written["model_type"], written.get("alias_of"))
            assert built.callback_required == written.get("callback_required", False)
            assert list(built.sources) == written["source"]["pages"]
            assert list(built.notes) == written.get("notes", [])
            assert [price.credits for price in built.prices] == [one["credits"] for one in written.get("price", [])]
            assert [rule.id for rule in built.rules] == [one["id"] for one in written.get("rules", [])]
            assert list(built.parameters) == list(written["input"])
            for name, parameter in built.parameters.items():
                assert _as_written(parameter) == _without_defaults(written["input"][name])


NAMES = {"minimum": "min", "maximum": "max"}
NOT_WRITTEN = {"name", "items", "fields", "is_url", "limits"}


def _as_written(parameter: Parameter) -> dict[str, object]:
    """What a parameter's YAML must have been, from what it became."""
    written: dict[str, object] = {}
    for attribute in fields(Parameter):
        value = getattr(parameter, attribute.name)
        if attribute.name not in NOT_WRITTEN and not _says_nothing(value):
            written[NAMES.get(attribute.name, attribute.name)] = list(value) if isinstance(value, tuple) else value
    written.pop("default", None)
    written |= {key: value for key in ("send", "assumed") if (value := getattr(parameter, key)) is not None}
    if parameter.limits != NO_LIMITS:
        written["limits"] = _limits_as_written(parameter.limits)
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


def _limits_as_written(limits: MediaLimits) -> dict[str, object]:
    values = {one.name: getattr(limits, one.name) for one in fields(MediaLimits)}
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in values.items()
        if value not in (None, "", (None, None))
    }


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


def test_every_title_is_its_own_and_fits_a_button_beside_the_task() -> None:
    titles = [model.title for model in catalog().models()]
    assert [title for title, times in Counter(titles).items() if times > 1] == []
    assert [title for title in titles if len(title) > 40 or " - " in title or "/" in title] == []


def test_models_and_parameters_cannot_be_changed() -> None:
    one = catalog().models()[0]
    with pytest.raises(AttributeError):
        one.title = "other"  # type: ignore[misc]  # frozen: it is tried on purpose
    with pytest.raises(TypeError):
        one.parameters["new"] = next(iter(one.parameters.values()))  # type: ignore[index]  # None would fail the test


def test_the_catalog_reads_the_same_from_any_directory(tmp_path: Path) -> None:
    for file in REGISTRY.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_catalog(tmp_path).models() == catalog().models()


def _python_files() -> Iterator[Path]:
    for package in ("domain", "application", "adapters", "config"):
        yield from (ROOT / package).rglob("*.py")


def _texts_in_code(file: Path) -> Iterator[str]:
    """Every text in a program but docstrings, which may give an example."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    reported = {id(node.value) for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in reported:
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


def test_ids_are_distinguished_without_letter_case() -> None:
    ids = [one.id.casefold() for one in catalog().models()]
    assert len(ids) == len(set(ids))
    assert catalog().find(" Google/IMAGEN4 ") is model("google/imagen4")


@pytest.mark.parametrize("name", ["text-to-speech-multilingual-v2", "text-to-speech-turbo-2-5"])
def test_a_voice_is_chosen_by_its_name_before_ids_that_say_nothing(name: str) -> None:
    assert model(f"elevenlabs/{name}").parameters["voice"].values[:2] == ("Rachel", "Adam")
