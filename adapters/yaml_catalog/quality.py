"""The order of models by use, read from YAML as strictly as the registry."""

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Any, Final

from adapters.yaml_catalog.errors import Faults
from adapters.yaml_catalog.schema import Reader, boolean, demand_keys, mapping, names, read_keys, read_names, text
from adapters.yaml_catalog.whole_file import reading
from domain.model import ModelId
from domain.quality import QualityOrder, UseQuality

KEYS: Final[Mapping[str, Reader]] = {"as_of": text, "source": text, "uses": mapping, "purposes": mapping}
USE_KEYS: Final[Mapping[str, Reader]] = {
    "first": text,
    "best": text,
    "fast": text,
    "cheap": text,
    "only": boolean,
    "models": names,
}
DEMANDED: Final = ("first", "best", "cheap", "models")


def load_quality(file: Traversable) -> QualityOrder:
    """Read the order. The format: ``docs/understanding.md``.

    Raises:
        RegistryError: something is wrong with the file; every fault at once.
    """
    with reading(file, KEYS) as (values, faults):
        uses = {
            str(name): use
            for name, facts in values.get("uses", {}).items()
            if (use := _use(facts, (f"uses.{name}",), faults)) is not None
        }
        purposes = {
            ModelId(name): str(purpose)
            for purpose, listed in values.get("purposes", {}).items()
            for name in read_names(listed, "models", (f"purposes.{purpose}",), faults)
        }
    return QualityOrder(as_of=values["as_of"], source=values["source"], uses=uses, purposes=purposes)


def _use(facts: object, path: tuple[str, ...], faults: Faults) -> UseQuality | None:
    read: dict[str, Any] = read_keys(facts, USE_KEYS, path, faults)
    if not demand_keys(read, facts, DEMANDED, path, faults):
        return None
    for name in ("first", "best", "fast", "cheap"):
        if name in read and read[name] not in read["models"]:
            faults.add((*path, name), f"expected one of the models of this use, found {read[name]!r}")
    models = tuple(ModelId(name) for name in read.pop("models"))
    return UseQuality(models=models, **read)
