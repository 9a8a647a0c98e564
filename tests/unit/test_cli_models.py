"""The catalog on the command line."""

import json

import pytest

from adapters.cli import ListModels, ModelsOptions
from domain.model import ModelType
from tests.support.cli import terminal, written
from tests.support.core_fixture import CATALOG, FIND_MODELS


def listed(options: ModelsOptions, *, status: int = 0, language: str = "en") -> tuple[str, str]:
    here = terminal(language=language)
    assert ListModels(catalog=CATALOG, find_models=FIND_MODELS, terminal=here)(options) == status
    return written(here.out), written(here.err)


def test_the_table_has_every_entry_and_says_what_became_of_it() -> None:
    lines = listed(ModelsOptions())[0].splitlines()
    assert len(lines) == len(CATALOG.models()) + 2
    first = {line.split()[0] for line in lines[2:]}
    assert first == {model.id for model in CATALOG.models()}
    alias = next(model for model in CATALOG.models() if model.is_alias)
    [line] = [line for line in lines if line.split()[:1] == [alias.id]]
    assert f"{alias.status} = {alias.alias_of}" in line


def test_a_program_gets_every_parameter_of_every_model() -> None:
    models = json.loads(listed(ModelsOptions(json=True))[0])
    assert [each["id"] for each in models] == [model.id for model in CATALOG.models()]
    for each in models:
        entry = CATALOG.entry(each["id"])
        assert entry is not None
        assert list(each["parameters"]) == list(entry.parameters)
        assert (each["price"] is None) == (not entry.prices)
        assert set(each) == {
            *("id", "title", "vendor", "type", "output", "status", "alias_of", "price"),
            *("parameters", "variants", "at_least_one", "notes"),
        }


def test_a_parameter_says_what_is_known_of_it_and_nothing_else() -> None:
    [model] = [each for each in json.loads(listed(ModelsOptions(json=True))[0]) if each["id"] == "z-image"]
    assert model["parameters"]["prompt"].pop("about")
    assert model["parameters"]["prompt"] == {"type": "string", "required": True, "max": 1000}
    ratio = model["parameters"]["aspect_ratio"]
    assert (ratio["required"], ratio["default"], ratio["values"][:2]) == (True, "1:1", ["1:1", "4:3"])


@pytest.mark.parametrize("model_type", ModelType)
def test_a_type_keeps_what_is_of_that_type(model_type: ModelType) -> None:
    models = json.loads(listed(ModelsOptions(type=model_type, json=True))[0])
    assert {each["type"] for each in models} == {model_type}


def test_a_text_finds_models_by_name_and_by_what_they_do() -> None:
    by_name = json.loads(listed(ModelsOptions(text="z-image", json=True))[0])
    assert by_name[0]["id"] == "z-image"
    in_russian = json.loads(listed(ModelsOptions(text="убери фон", json=True))[0])
    assert "background" in in_russian[0]["id"]


def test_no_model_is_said_and_is_status_one() -> None:
    assert listed(ModelsOptions(text="qqqqqqqq"), status=1) == ("", "No model fits.\n")
    assert listed(ModelsOptions(text="qqqqqqqq", json=True), status=1)[0] == "[]\n"


def test_the_headings_speak_the_language_of_the_locale() -> None:
    assert listed(ModelsOptions(), language="ru")[0].split()[:2] == ["модель", "название"]
