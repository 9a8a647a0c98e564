"""From a parameter's YAML to the domain's Parameter, every fault noted."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from adapters.yaml_catalog.errors import Faults
from adapters.yaml_catalog.media_limits import build_limits
from adapters.yaml_catalog.schema import (
    Reader,
    anything,
    boolean,
    demand_keys,
    did_you_mean,
    mapping,
    number,
    one_of,
    pattern,
    positive,
    read_keys,
    scalars,
    shown,
    text,
    texts,
    word,
)
from domain.media import MediaKind
from domain.media_limits import MediaLimits
from domain.model import NO_DEFAULT, Parameter, ParameterType
from domain.validation import compile_parameter
from domain.violation import Violation

T = ParameterType

KEYS: Final[Mapping[str, Reader]] = {
    "type": one_of(ParameterType),
    "required": boolean,
    "required_when": mapping,
    "default": anything,
    "send": anything,
    "assumed": anything,
    "about": text,
    "min": number,
    "max": number,
    "step": positive,
    "values": scalars,
    "open_values": boolean,
    "special_values": scalars,
    "value_type": word("integer", "number"),
    "pattern": pattern,
    "format": word("uri"),
    "media": one_of(MediaKind, (MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO)),
    "accepted": texts,
    "max_file_mb": positive,
    "limits": mapping,
    "items": anything,
    "fields": mapping,
}

COMMON: Final = frozenset({"type", "required", "required_when", "default", "send", "assumed", "about"})
OF_MEDIA: Final = frozenset({"format", "media", "accepted", "max_file_mb", "limits"})
OF_TYPE: Final[Mapping[ParameterType, frozenset[str]]] = {
    T.STRING: COMMON | OF_MEDIA | {"min", "max", "pattern"},
    T.NUMERIC_TEXT: COMMON | {"min", "max", "special_values", "step"},
    T.ENUM: COMMON | {"values", "open_values", "value_type", "min", "max"},
    T.BOOLEAN: COMMON,
    T.INTEGER: COMMON | {"min", "max", "special_values", "step"},
    T.NUMBER: COMMON | {"min", "max", "special_values", "step"},
    T.ARRAY: COMMON | OF_MEDIA | {"min", "max", "items"},
    T.OBJECT: COMMON | {"fields"},
}
NEEDED: Final[Mapping[ParameterType, str]] = {T.ENUM: "values", T.ARRAY: "items", T.OBJECT: "fields"}


def build_parameters(data: Mapping[str, Any], path: Sequence[str], faults: Faults) -> dict[str, Parameter]:
    """The parameters of a mapping ``name: parameter``; those that can't be read are missing from it."""
    built = ((name, build_parameter(name, one, (*path, name), faults)) for name, one in data.items())
    parameters = {name: parameter for name, parameter in built if parameter is not None}
    if len(parameters) == len(data):
        for parameter in parameters.values():
            _check_conditions(parameter, parameters, (*path, parameter.name), faults)
    return parameters


def build_parameter(name: str, data: object, path: Sequence[str], faults: Faults) -> Parameter | None:
    """One parameter; None where its type is not known."""
    values = read_keys(data, KEYS, path, faults)
    if not demand_keys(values, data, ("type",), path, faults):
        return None
    kind: ParameterType = values["type"]
    for key in sorted(values.keys() - OF_TYPE[kind]):
        faults.add((*path, key), f"expected no such key on type {kind}")
    needed = NEEDED.get(kind)
    if needed is not None and not demand_keys(values, data, (needed,), path, faults):
        return None
    _check_limits(values, path, faults)
    limits = build_limits(values.get("limits"), (*path, "limits"), faults)
    parameter = Parameter(
        name=name,
        type=kind,
        required=values.get("required", False),
        required_when=MappingProxyType(values.get("required_when", {})),
        default=values.get("default", NO_DEFAULT),
        send=values.get("send"),
        assumed=values.get("assumed"),
        about=values.get("about", ""),
        minimum=values.get("min"),
        maximum=values.get("max"),
        step=values.get("step"),
        values=values.get("values", ()),
        open_values=values.get("open_values", False),
        special_values=values.get("special_values", ()),
        pattern=values.get("pattern"),
        is_url="media" in values or "format" in values,
        media=values.get("media"),
        accepted=values.get("accepted", ()),
        max_file_mb=values.get("max_file_mb"),
        limits=limits,
        items=_build_items(name, values, limits, path, faults),
        fields=tuple(build_parameters(values.get("fields", {}), (*path, "fields"), faults).values()),
    )
    _check_default(parameter, path, faults)
    return parameter


def _build_items(
    name: str, values: Mapping[str, Any], limits: MediaLimits, path: Sequence[str], faults: Faults
) -> Parameter | None:
    """The items' own parameter. ``items: string`` takes the list's media over, for the list's word speaks of each item."""
    items = values.get("items")
    if items is None:
        return None
    if not isinstance(items, str):
        return build_parameter(name, items, (*path, "items"), faults)
    if items != T.STRING:
        return build_parameter(name, {"type": items}, (*path, "items"), faults)
    return Parameter(
        name=name,
        type=T.STRING,
        is_url="media" in values or "format" in values,
        media=values.get("media"),
        accepted=values.get("accepted", ()),
        max_file_mb=values.get("max_file_mb"),
        limits=limits,
    )


def _check_limits(values: Mapping[str, Any], path: Sequence[str], faults: Faults) -> None:
    low, high = values.get("min"), values.get("max")
    if low is not None and high is not None and low > high:
        faults.add((*path, "min"), f"expected at most max ({high}), found {low}")
    if values["type"] in {T.STRING, T.ARRAY}:
        for key in ("min", "max"):
            limit = values.get(key)
            if limit is not None and (isinstance(limit, float) or limit < 0):
                faults.add((*path, key), f"expected a count (a whole number from 0), found {limit}")
    _check_values(values, path, faults)


def _check_values(values: Mapping[str, Any], path: Sequence[str], faults: Faults) -> None:
    """Values are text, or numbers of the ``value_type`` that says so: YAML reads an unquoted 5 or 16:9 as a number."""
    allowed: dict[str | None, type | tuple[type, ...]] = {None: str, "integer": int, "number": (int, float)}
    value_type = values.get("value_type")
    for value in values.get("values", ()):
        if isinstance(value, bool) or not isinstance(value, allowed[value_type]):
            expected = (
                f"a number as value_type {value_type} says" if value_type else "text (quote it, or give value_type)"
            )
            faults.add((*path, "values"), f"expected {expected}, found {shown(value)}")


def _check_default(parameter: Parameter, path: Sequence[str], faults: Faults) -> None:
    """A default, and what we send, must be what the provider takes: exactly as it stands, since it is sent unread."""
    stated = {"default": parameter.default} if parameter.has_default else {}
    chosen = {"send": parameter.send, "assumed": parameter.assumed}
    for key, value in (stated | {key: value for key, value in chosen.items() if value is not None}).items():
        complaint = value_fault(parameter, value)
        if complaint:
            faults.add((*path, key), complaint)


def value_fault(parameter: Parameter, value: object) -> str:
    """Why a value in the registry does not fit its parameter; empty where it does."""
    if parameter.type is T.ENUM and not all(isinstance(one, str | int | float) for one in parameter.values):
        return ""  # the values' own fault is reported already
    if parameter.type is T.BOOLEAN and type(value) is bool:
        return ""
    if parameter.type is T.ENUM and any(one == value and type(one) is type(value) for one in parameter.values):
        return ""
    violations: list[Violation] = []
    normalised = compile_parameter(parameter, allow_private_hosts=False)(value, parameter.name, violations)
    if violations:
        reasons = ", ".join(map(_reason, violations))
        return f"expected a value the parameter takes, found {shown(value)} ({reasons})"
    if normalised != value or type(normalised) is not type(value):
        return f"expected the value as it is sent, {shown(normalised)}, found {shown(value)}"
    return ""


def _reason(violation: Violation) -> str:
    """The code in words, with the limit or the values that there are."""
    said, values = violation.code.replace("_", " "), violation.values
    if "limit" in values:
        return f"{said}: {values['limit']}"
    allowed = values.get("allowed")
    return f"{said}: {', '.join(map(str, allowed))}" if isinstance(allowed, list) else said


def _check_conditions(
    parameter: Parameter, siblings: Mapping[str, Parameter], path: Sequence[str], faults: Faults
) -> None:
    for other, value in parameter.required_when.items():
        if other not in siblings:
            faults.add(
                (*path, "required_when"),
                f"expected a parameter of the model{did_you_mean(other, siblings)}, found {other!r}",
            )
        elif complaint := value_fault(siblings[other], value):
            faults.add((*path, "required_when", other), complaint)
