"""From a model's YAML to the domain's Model, every fault noted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve

from adapters.yaml_catalog.errors import Faults
from adapters.yaml_catalog.parameters import KEYS as PARAMETER_KEYS
from adapters.yaml_catalog.parameters import build_parameters
from adapters.yaml_catalog.prices import build_prices, check_prices
from adapters.yaml_catalog.rules import build_rules
from adapters.yaml_catalog.schema import (
    Reader,
    boolean,
    demand_keys,
    did_you_mean,
    mapping,
    names,
    one_of,
    path_of_url,
    positive,
    read_keys,
    read_names,
    sequence,
    text,
    texts,
    word,
)
from domain.media import MediaKind
from domain.model import (
    Endpoint,
    InputVariant,
    Model,
    ModelId,
    ModelStatus,
    ModelType,
    Parameter,
    ParameterType,
)

KEYS: Final[Mapping[str, Reader]] = {
    "title": text,
    "vendor": text,
    "model_type": one_of(ModelType),
    "output": one_of(MediaKind, (MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.TEXT)),
    "status": one_of(ModelStatus),
    "alias_of": text,
    "endpoint": mapping,
    "legacy_endpoint": mapping,
    "callback_required": boolean,
    "follows": texts,
    "input": mapping,
    "variants": sequence,
    "at_least_one": sequence,
    "rules": sequence,
    "price": sequence,
    "unknown_at_most": positive,
    "source": mapping,
    "origin": mapping,
    "notes": texts,
}
NEEDED: Final = ("title", "vendor", "model_type", "output", "status", "input", "source")
MAY_BE_LEFT_OUT: Final = frozenset({"title", "vendor", "output", "status"})
_BETWEEN_WORDS: Final = re.compile(r"[-_/]+")
ENDPOINT_KEYS: Final[Mapping[str, Reader]] = {"create": path_of_url, "status": path_of_url}
LEGACY_KEYS: Final[Mapping[str, Reader]] = {
    "path": path_of_url,
    "status": path_of_url,
    "download": path_of_url,
    "model_values": texts,
    "casing": text,
}
VARIANT_KEYS: Final[Mapping[str, Reader]] = {"name": text, "required": names, "fields": names, "params": mapping}
SOURCE_KEYS: Final[Mapping[str, Reader]] = {
    "confidence": word("official", "repo", "original"),
    "docs_seen": texts,
    "pages": texts,
}
ORIGIN_KEYS: Final[Mapping[str, Reader]] = {
    "original_type": one_of(ModelType),
    "in_trt_head": boolean,
    "differences": texts,
}
NARROWING: Final[Mapping[str, Reader]] = {key: PARAMETER_KEYS[key] for key in ("min", "max", "values")}


def build_model(model_id: str, data: object, faults: Faults) -> Model | None:
    """One model; None where it can't be known what it is. Anything less is a fault, and the rest is still checked."""
    if isinstance(data, dict) and not data.keys() >= MAY_BE_LEFT_OUT:
        data = _said_anyway(model_id, data) | data
    values = read_keys(data, KEYS, (), faults)
    complete = demand_keys(values, data, NEEDED, (), faults)
    source = _section(values, "source", SOURCE_KEYS, ("confidence", "pages"), faults) or {}
    origin = _section(values, "origin", ORIGIN_KEYS, (), faults) or {}
    endpoint = _section(values, "endpoint", ENDPOINT_KEYS, ("create", "status"), faults)
    _section(values, "legacy_endpoint", LEGACY_KEYS, ("path",), faults)
    if "input" not in values:
        return None  # all below speaks of its parameters
    before = faults.count
    parameters = build_parameters(values["input"], ("input",), faults)
    is_read = faults.count == before
    of_parameters = {
        "parameters": MappingProxyType(parameters),
        "variants": tuple(_variants(values, parameters, faults)),
        "at_least_one": tuple(_groups(values, parameters, faults)),
        "rules": tuple(build_rules(values.get("rules", ()), parameters, faults)),
        "prices": tuple(build_prices(values.get("price", ()), parameters, faults)),
    }
    if not complete or (endpoint is not None and len(endpoint) < len(ENDPOINT_KEYS)):
        return None
    made_at = None if endpoint is None else Endpoint(**endpoint)
    built = {**of_parameters, "endpoint": made_at, "original_type": origin.get("original_type")}
    model = _model(model_id, values, source, built)
    if is_read and len(model.prices) == len(values.get("price", ())):
        check_prices(model, faults)
    return model


def _model(model_id: str, values: Mapping[str, Any], source: Mapping[str, Any], built: Mapping[str, Any]) -> Model:
    """The model of its values; ``built`` are its fields that are more than a value."""
    return Model(
        id=ModelId(model_id),
        title=values["title"],
        vendor=values["vendor"],
        type=values["model_type"],
        output=values["output"],
        status=values["status"],
        alias_of=values.get("alias_of"),
        callback_required=values.get("callback_required", False),
        follows=values.get("follows", ()),
        unknown_at_most=values.get("unknown_at_most"),
        confidence=source.get("confidence", "official"),
        docs_seen=source.get("docs_seen", ()),
        sources=source.get("pages", ()),
        notes=values.get("notes", ()),
        **built,
    )


def _said_anyway(model_id: str, data: Mapping[Any, Any]) -> dict[str, str]:
    """Return what an entry may leave out: the id's two parts say who made it and what it is called, the type what comes out."""
    said = {"status": ModelStatus.CURRENT.value}
    vendor, slash, _ = model_id.partition("/")
    if slash:
        title = " ".join(word[:1].upper() + word[1:] for word in _BETWEEN_WORDS.split(model_id))
        said |= {"vendor": vendor.capitalize(), "title": title}
    comes_out = str(data.get("model_type")).partition("_to_")[2]
    if comes_out:
        said["output"] = "audio" if comes_out == "speech" else comes_out
    return said


def _section(
    values: Mapping[str, Any], name: str, keys: Mapping[str, Reader], needed: Iterable[str], faults: Faults
) -> dict[str, Any] | None:
    data = values.get(name)
    if data is None:
        return None
    section = read_keys(data, keys, (name,), faults)
    demand_keys(section, data, needed, (name,), faults)
    return section


def _groups(values: Mapping[str, Any], parameters: Mapping[str, Parameter], faults: Faults) -> Iterable[frozenset[str]]:
    for index, group in enumerate(values.get("at_least_one", ())):
        path = (f"at_least_one[{index}]",)
        if read := read_names(group, "names", path, faults):
            for name in sorted(read):
                _demand_parameter(name, parameters, path, faults)
            yield frozenset(read)


def _variants(values: Mapping[str, Any], parameters: Mapping[str, Parameter], faults: Faults) -> Iterable[InputVariant]:
    for index, data in enumerate(values.get("variants", ())):
        path = (f"variants[{index}]",)
        variant = read_keys(data, VARIANT_KEYS, path, faults)
        if not demand_keys(variant, data, ("name", "required", "fields"), path, faults):
            continue
        params = variant.get("params", {})
        for key, given in (("required", variant["required"]), ("fields", variant["fields"]), ("params", params)):
            for name in given:
                _demand_parameter(name, parameters, (*path, key), faults)
        _check_fields(variant, parameters, path, faults)
        narrowed = _narrowed(params, parameters, path, faults)
        yield InputVariant(
            name=variant["name"],
            required=frozenset(variant["required"]),
            fields=frozenset(variant["fields"]),
            parameters=MappingProxyType(narrowed),
        )


def _check_fields(
    variant: Mapping[str, Any], parameters: Mapping[str, Parameter], path: Sequence[str], faults: Faults
) -> None:
    """A form's fields hold all that it requires, and all that the model requires in any form."""
    always = {name for name, parameter in parameters.items() if parameter.required}
    missing = sorted((always | set(variant["required"])) - set(variant["fields"]))
    if missing:
        faults.add((*path, "fields"), f"expected the required {', '.join(missing)} among them")


def _narrowed(
    params: Mapping[str, Any], parameters: Mapping[str, Parameter], path: Sequence[str], faults: Faults
) -> dict[str, Parameter]:
    """The parameters as a variant has them: the model's own, with tighter limits or fewer values."""
    return {
        name: _narrow(parameters[name], changes, (*path, "params", name), faults)
        for name, changes in params.items()
        if name in parameters
    }


def _narrow(parameter: Parameter, changes: object, path: Sequence[str], faults: Faults) -> Parameter:
    values = read_keys(changes, NARROWING, path, faults)
    narrow = evolve(
        parameter,
        minimum=values.get("min", parameter.minimum),
        maximum=values.get("max", parameter.maximum),
        values=values.get("values", parameter.values),
    )
    if narrow.minimum is not None and narrow.maximum is not None and narrow.minimum > narrow.maximum:
        faults.add(path, f"expected min ({narrow.minimum}) at most max ({narrow.maximum})")
    known = (True, False) if parameter.type is ParameterType.BOOLEAN else parameter.values
    strange = [value for value in narrow.values if not any(value is one or value == one for one in known)]
    if strange:
        faults.add((*path, "values"), f"expected values the parameter has, found {strange}")
    return narrow


def _demand_parameter(name: str, parameters: Mapping[str, Parameter], path: Sequence[str], faults: Faults) -> None:
    if name not in parameters:
        faults.add(path, f"expected a parameter of the model{did_you_mean(name, parameters)}, found {name!r}")
