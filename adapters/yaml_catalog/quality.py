"""The order of models by use, read from YAML as strictly as the registry."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from typing import Any, Final

from adapters.yaml_catalog.errors import Faults
from adapters.yaml_catalog.schema import (
    Reader,
    boolean,
    day_until,
    demand_keys,
    did_you_mean,
    mapping,
    names,
    read_keys,
    read_names,
    text,
)
from adapters.yaml_catalog.whole_file import reading
from application.ports.model_catalog import ModelCatalog
from domain.good_at import SPECIAL_USES
from domain.model import ModelId
from domain.quality import QualityOrder, SpeedOrder, UseQuality
from domain.use import Use

KEYS: Final[Mapping[str, Reader]] = {"uses": mapping, "purposes": mapping}
USE_KEYS: Final[Mapping[str, Reader]] = {
    "first": text,
    "best": text,
    "cheap": text,
    "only": boolean,
    "source": text,
    "models": names,
    "speed": mapping,
}
SPEED_KEYS: Final[Mapping[str, Reader]] = {"source": text, "models": names}
DEMANDED: Final = ("first", "best", "cheap", "as_of", "source", "models")
DEMANDED_OF_SPEED: Final = ("as_of", "source", "models")
KNOWN_USES: Final = (*map(str, Use), *SPECIAL_USES)
CLOCKS_APART: Final = timedelta(days=1)
"""A day that is today somewhere is not in the future."""


def load_quality(file: Traversable, catalog: ModelCatalog, *, today: date) -> QualityOrder:
    """Read the order of the models of ``catalog``. The format: ``docs/registry.md``, "The order of models".

    Raises:
        RegistryError: something is wrong with the file; every fault at once.
    """
    day: Mapping[str, Reader] = {"as_of": day_until(today + CLOCKS_APART)}
    uses: dict[str, UseQuality] = {}
    purposes: dict[ModelId, str] = {}
    with reading(file, KEYS) as (values, faults):
        for name, facts in values.get("uses", {}).items():
            if name not in KNOWN_USES:
                faults.add(("uses",), f"unknown use {name!r}{did_you_mean(name, KNOWN_USES)}")
            if (use := _use(facts, (f"uses.{name}",), day, catalog, faults)) is not None:
                uses[name] = use
        for purpose, listed in values.get("purposes", {}).items():
            path = (f"purposes.{purpose}",)
            for model in read_names(listed, "models", path, faults):
                _check_model(model, path, catalog, faults)
                if model in purposes:
                    faults.add(
                        path, f"expected a model of no other purpose ({purposes[ModelId(model)]}), found {model!r}"
                    )
                purposes[ModelId(model)] = purpose
    return QualityOrder(uses=uses, purposes=purposes)


def _use(
    facts: object, path: Sequence[str], day: Mapping[str, Reader], catalog: ModelCatalog, faults: Faults
) -> UseQuality | None:
    read: dict[str, Any] = read_keys(facts, {**USE_KEYS, **day}, path, faults)
    is_whole = demand_keys(read, facts, DEMANDED, path, faults)
    listed = read.pop("models", None)
    for name in listed or ():
        _check_model(name, (*path, "models"), catalog, faults)
    for key in ("first", "best", "cheap"):
        _check_listed([read[key]] if key in read else (), (*path, key), listed, faults)
    speed = SpeedOrder()
    if (order := read.pop("speed", None)) is not None:
        below = (*path, "speed")
        values: dict[str, Any] = read_keys(order, {**SPEED_KEYS, **day}, below, faults)
        is_whole &= demand_keys(values, order, DEMANDED_OF_SPEED, below, faults)
        quick = values.pop("models", ())
        _check_listed(quick, (*below, "models"), listed, faults)
        speed = SpeedOrder(models=tuple(map(ModelId, quick)), **values)
    return UseQuality(models=tuple(map(ModelId, listed)), speed=speed, **read) if is_whole and listed else None


def _check_listed(found: Iterable[str], path: Sequence[str], listed: Sequence[str] | None, faults: Faults) -> None:
    """Models that are marked in a use stand in its list; where the list can't be read, that is the fault."""
    for name in found:
        if listed is not None and name not in listed:
            expected = f"expected one of the models of this use{did_you_mean(name, listed)}"
            faults.add(path, f"{expected}, found {name!r}")


def _check_model(name: str, path: Sequence[str], catalog: ModelCatalog, faults: Faults) -> None:
    entry = catalog.entry(name)
    if entry is None:
        near = did_you_mean(name, [one.id for one in catalog.models()])
        faults.add(path, f"expected the id of a model of the registry{near}, found {name!r}")
    elif entry.id != name or entry.is_alias:
        real = entry.alias_of if entry.is_alias else entry.id
        faults.add(path, f"expected the model's own id, {str(real)!r}, found {name!r}")
