"""The registry in memory: loaded once, immutable, looked up by id or alias."""

import re
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from typing import Final

from adapters.yaml_catalog.errors import Faults, RegistryError, RegistryFault
from adapters.yaml_catalog.files import read_mapping, yaml_files
from adapters.yaml_catalog.models import build_model
from adapters.yaml_catalog.schema import did_you_mean, shown
from domain.model import Model, ModelStatus, model_key

_ID: Final = re.compile(r"\S+")


class YamlModelCatalog:
    """A ``ModelCatalog`` over the models that ``load_catalog`` read."""

    def __init__(self, models: Iterable[Model]) -> None:
        self._models = tuple(models)
        self._offered = tuple(model for model in self._models if model.is_offered)
        self._by_id = {_key(model.id): model for model in self._models}
        self._by_key = {model_key(model.id): model for model in self._models}

    def find(self, name: str, /) -> Model | None:
        model = self._by_id.get(_key(name))
        if model is None or not model.is_alias or model.alias_of is None:
            return model
        return self._by_id[_key(model.alias_of)]

    def entry(self, name: str, /) -> Model | None:
        return self._by_id.get(_key(name))

    def by_key(self, key: str, /) -> Model | None:
        return self._by_key.get(key)

    def title_of(self, name: str, /) -> str:
        model = self.entry(name)
        return model.title if model else name

    def models(self) -> tuple[Model, ...]:
        return self._models

    def offered(self) -> tuple[Model, ...]:
        return self._offered


def load_catalog(directory: Traversable) -> YamlModelCatalog:
    """Read every ``.yaml`` file of a directory, in the order of their names. The format: ``docs/registry.md``.

    Raises:
        RegistryError: something is wrong with the registry; it names every fault at once.
    """
    collected: list[RegistryFault] = []
    models: dict[str, Model] = {}
    places: dict[str, Faults] = {}
    files = yaml_files(directory)
    if not files:
        Faults(collected, file=str(directory)).add((), "expected .yaml files here")
    for file in files:
        of_file = Faults(collected, file=file.name)
        for model_id, data in read_mapping(file, of_file).items():
            faults = of_file.of_model(str(model_id))
            if not isinstance(model_id, str) or not _ID.fullmatch(model_id):
                faults.add((), f"expected an id that is text without spaces, found {shown(model_id)}")
                continue
            if first := places.get(_key(model_id)):
                faults.add((), f"expected an id that no other model has (letter case does not count); {first} has it")
                continue
            places[_key(model_id)] = faults
            model = build_model(model_id, data, faults)
            if model is not None:
                models[_key(model_id)] = model
    for key, model in models.items():
        _check_alias(model, models, places, places[key])
        _check_follows(model, models, places, places[key])
    if collected:
        raise RegistryError(collected)
    return YamlModelCatalog(models.values())


def _check_alias(model: Model, models: Mapping[str, Model], known: Mapping[str, object], faults: Faults) -> None:
    if model.alias_of is None:
        if model.status is ModelStatus.RENAMED:
            faults.add(("alias_of",), "expected the new id of the renamed model")
        return
    if _key(model.alias_of) not in known:
        faults.add(
            ("alias_of",), f"expected the id of a model{did_you_mean(model.alias_of, known)}, found {model.alias_of!r}"
        )
        return
    target = models.get(_key(model.alias_of))
    if target is not None and target.is_alias:
        faults.add(("alias_of",), f"expected the id of a real model, found the alias {model.alias_of!r}")


def _check_follows(model: Model, models: Mapping[str, Model], known: Mapping[str, object], faults: Faults) -> None:
    for one in model.follows:
        found = models.get(_key(one))
        if _key(one) not in known or (found is not None and (found.id != one or found.is_alias)):
            faults.add(("follows",), f"expected ids of real models{did_you_mean(one, known)}, found {one!r}")


def _key(name: str) -> str:
    return name.strip().casefold()
