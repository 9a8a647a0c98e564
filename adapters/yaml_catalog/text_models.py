"""Facts about the provider's chat models and how to write for models, read from YAML as strictly as the registry."""

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Any, Final

from adapters.yaml_catalog.schema import (
    Reader,
    boolean,
    demand_keys,
    mapping,
    one_of,
    positive,
    read_keys,
    sequence,
    text,
    word,
)
from adapters.yaml_catalog.whole_file import reading
from domain.media import MediaKind
from domain.model import ModelType
from domain.text_call import PromptRecipe, PromptRecipes, TextModelFacts, TextModelId, TextPrices


def _kinds(value: object) -> frozenset[MediaKind]:
    read = one_of(MediaKind)
    return frozenset(read(item) for item in sequence(value))


MODEL_KEYS: Final[Mapping[str, Reader]] = {
    "vendor": text,
    "form": word("gemini", "responses", "claude"),
    "path": text,
    "credits_in": positive,
    "credits_out": positive,
    "takes": _kinds,
}
DEMANDED: Final = ("vendor", "form", "path", "credits_in", "credits_out")
FILE_KEYS: Final[Mapping[str, Reader]] = {"as_of": text, "source": text, "models": mapping}
RECIPE_FILE_KEYS: Final[Mapping[str, Reader]] = {"as_of": text, "source": text, "types": mapping, "models": mapping}
RECIPE_KEYS: Final[Mapping[str, Reader]] = {"advice": text, "english": boolean}


def load_text_models(file: Traversable) -> Mapping[TextModelId, TextModelFacts]:
    """Read the facts. The format: ``docs/understanding.md``, "Chat models".

    Raises:
        RegistryError: something is wrong with the file; every fault at once.
    """
    with reading(file, FILE_KEYS) as (values, faults):
        models: dict[TextModelId, TextModelFacts] = {}
        for name, facts in values.get("models", {}).items():
            path = (f"models.{name}",)
            read: dict[str, Any] = read_keys(facts, MODEL_KEYS, path, faults)
            if demand_keys(read, facts, DEMANDED, path, faults):
                prices = TextPrices(credits_in=read.pop("credits_in"), credits_out=read.pop("credits_out"))
                models[TextModelId(name)] = TextModelFacts(id=TextModelId(name), prices=prices, **read)
    return models


def load_recipes(file: Traversable) -> PromptRecipes:
    """Read how to write for models. The format: ``docs/understanding.md``, "Chat models".

    Raises:
        RegistryError: something is wrong with the file; every fault at once.
    """
    with reading(file, RECIPE_FILE_KEYS) as (values, faults):
        types = read_keys(values.get("types", {}), {one.value: text for one in ModelType}, ("types",), faults)
        models = {}
        for start, recipe in values.get("models", {}).items():
            path = (f"models.{start}",)
            read = read_keys(recipe, RECIPE_KEYS, path, faults)
            if not read:
                faults.add(path, "expected advice, english or both")
            models[start] = PromptRecipe(advice=read.get("advice", ""), is_english=read.get("english", False))
    return PromptRecipes(types={ModelType(name): said for name, said in types.items()}, models=models)
