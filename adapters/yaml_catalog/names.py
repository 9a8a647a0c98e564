"""The names people call models by, read from YAML as strictly as the registry."""

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Any, Final

from adapters.yaml_catalog.errors import Faults
from adapters.yaml_catalog.schema import Reader, demand_keys, mapping, model_types, names, read_keys, read_names
from adapters.yaml_catalog.whole_file import reading
from domain.model_names import ModelFamily, ModelNames

KEYS: Final[Mapping[str, Reader]] = {"families": mapping, "variants": mapping}
FAMILY_KEYS: Final[Mapping[str, Reader]] = {
    "titles": names,
    "vendors": names,
    "only_types": model_types,
    "words": names,
    "everyday": names,
    "common": names,
    "versioned": names,
}


def load_names(file: Traversable) -> ModelNames:
    """Read the names. The format: ``docs/understanding.md``.

    Raises:
        RegistryError: something is wrong with the file; every fault at once.
    """
    with reading(file, KEYS) as (values, faults):
        families = tuple(_families(values.get("families", {}), faults))
        variants = {
            name: read_names(said, "words", (f"variants.{name}",), faults)
            for name, said in values.get("variants", {}).items()
        }
    return ModelNames(families=families, variants=variants)


def _families(data: Mapping[str, Any], faults: Faults) -> list[ModelFamily]:
    families = []
    for key, facts in data.items():
        path = (f"families.{key}",)
        read = read_keys(facts, FAMILY_KEYS, path, faults)
        if demand_keys(read, facts, ("words",), path, faults):
            everyday, common, versioned = (
                frozenset(read.pop(name, ())) for name in ("everyday", "common", "versioned")
            )
            families.append(ModelFamily(key=str(key), everyday=everyday, common=common, versioned=versioned, **read))
    return families
