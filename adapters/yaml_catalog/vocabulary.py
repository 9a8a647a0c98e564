"""The words of the search, read from YAML as strictly as the registry."""

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from typing import Any, Final

from adapters.yaml_catalog.catalog import YamlModelCatalog
from adapters.yaml_catalog.errors import Faults
from adapters.yaml_catalog.schema import (
    Reader,
    demand_keys,
    did_you_mean,
    mapping,
    model_types,
    names,
    read_keys,
    read_names,
    sequence,
    text,
)
from adapters.yaml_catalog.whole_file import reading
from domain.media import MediaKind
from domain.model import ModelId
from domain.vocabulary import TaskPhrases, Vocabulary

KEYS: Final[Mapping[str, Reader]] = {
    "ignored": names,
    "same": sequence,
    "tasks": sequence,
    "featured": names,
    "takers": mapping,
}
TASK_KEYS: Final[Mapping[str, Reader]] = {"phrases": names, "name": text, "types": model_types, "models": names}
MEDIA: Final = (MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO)


def load_vocabulary(file: Traversable, catalog: YamlModelCatalog) -> Vocabulary:
    """Read the words of the search. The format: ``docs/registry.md``.

    Raises:
        RegistryError: something is wrong with the file, such as a model the catalog does not have; every fault at once.
    """
    with reading(file, KEYS) as (values, faults):
        takers = read_keys(values.get("takers", {}), {kind.value: model_types for kind in MEDIA}, ("takers",), faults)
        return Vocabulary(
            tasks=tuple(_tasks(values, catalog, faults)),
            same=tuple(_same(values, faults)),
            ignored=frozenset(values.get("ignored", ())),
            featured=_known(values.get("featured", ()), catalog, ("featured",), faults),
            takers={MediaKind(kind): types for kind, types in takers.items()},
        )


def _tasks(values: Mapping[str, Any], catalog: YamlModelCatalog, faults: Faults) -> Iterable[TaskPhrases]:
    for index, data in enumerate(values.get("tasks", ())):
        path = (f"tasks[{index}]",)
        task = read_keys(data, TASK_KEYS, path, faults)
        if demand_keys(task, data, ("phrases",), path, faults):
            models = _known(task.get("models", ()), catalog, (*path, "models"), faults)
            yield TaskPhrases(
                phrases=task["phrases"], name=task.get("name", ""), types=task.get("types", ()), models=models
            )


def _same(values: Mapping[str, Any], faults: Faults) -> Iterable[tuple[str, ...]]:
    for index, data in enumerate(values.get("same", ())):
        yield read_names(data, "words", (f"same[{index}]",), faults)


def _known(ids: Iterable[str], catalog: YamlModelCatalog, path: tuple[str, ...], faults: Faults) -> tuple[ModelId, ...]:
    known = {model.id for model in catalog.models()}
    for name in ids:
        if name not in known:
            faults.add(path, f"expected the id of a model{did_you_mean(name, known)}, found {name!r}")
    return tuple(ModelId(name) for name in ids)
