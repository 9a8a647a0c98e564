"""From a model's rules between parameters in YAML to the domain's, every fault noted.

The format: ``docs/registry.md``, "Rules between parameters".
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from adapters.yaml_catalog.conditions import build_conditions, check_values
from adapters.yaml_catalog.errors import Faults
from adapters.yaml_catalog.schema import (
    Reader,
    Unexpected,
    anything,
    day,
    did_you_mean,
    mapping,
    number,
    one_of,
    positive,
    read_keys,
    scalars,
    shown,
    text,
)
from domain.input_rule import Bounds, Counted, InputRule, Names, RuleEffect, RuleKind
from domain.model import Parameter

Parameters = Mapping[str, Parameter]

BOUND_KEYS: Final[Mapping[str, Reader]] = {
    "values": scalars,
    "min": number,
    "max": number,
    "min_items": number,
    "max_items": number,
    "max_length": number,
}
KEYS: Final[Mapping[str, Reader]] = {
    **{kind.value: anything for kind in RuleKind},
    **BOUND_KEYS,
    "id": text,
    "effect": one_of(RuleEffect),
    "when": mapping,
    "path": text,
    "count": one_of(Counted),
    "max_of": text,
    "left_out": anything,
    "note": text,
    "as_of": day,
    "source": text,
}


def build_rules(data: Iterable[object], parameters: Parameters, faults: Faults) -> Iterable[InputRule]:
    """Return the rules that can be read."""
    places: dict[str, str] = {}
    for index, one in enumerate(data):
        path = (f"rules[{index}]",)
        values = read_keys(one, KEYS, path, faults)
        kinds = [kind for kind in RuleKind if kind in values]
        if not kinds and isinstance(one, dict) and not one.keys() <= KEYS.keys():
            continue  # its kind is misspelt, and reported as an unknown key
        if len(kinds) != 1:
            faults.add(path, f"expected one of the kinds {', '.join(RuleKind)}, found {', '.join(kinds) or 'none'}")
            continue
        rule = _rule(kinds[0], values, parameters, path, faults)
        if rule is None:
            continue
        if rule.id in places:
            faults.add((*path, "id"), f"expected an id that {places[rule.id]} has not, found {shown(rule.id)}")
        places.setdefault(rule.id, path[0])
        yield rule


def _rule(
    kind: RuleKind, values: Mapping[str, Any], parameters: Parameters, path: tuple[str, ...], faults: Faults
) -> InputRule | None:
    try:
        spoken = _SPOKEN[kind](values[kind])
    except (TypeError, ValueError, AttributeError, Unexpected):
        faults.add((*path, kind), f"expected {_EXPECTED[kind]}, found {shown(values[kind])}")
        return None
    when = values.get("when")
    rule = InputRule(
        id=values.get("id", f"{kind}-{path[0]}"),
        kind=kind,
        effect=values.get("effect", RuleEffect.REFUSED),
        when=MappingProxyType({}) if when is None else build_conditions(when, parameters, (*path, "when"), faults),
        bounds=_bounds(values),
        counted=values.get("count", Counted.ITEMS),
        most_of=values.get("max_of", ""),
        left_out=tuple(values.get("left_out", (None, None))),
        note=values.get("note", ""),
        as_of=values.get("as_of", ""),
        source=values.get("source", ""),
        **({"path": values["path"]} if "path" in values else {}),
        **spoken,
    )
    strange = [name for name in sorted(rule.names) if name not in parameters and name not in (when or {})]
    for name in strange:
        faults.add(
            (*path, kind), f"expected a parameter of the model{did_you_mean(name, parameters)}, found {shown(name)}"
        )
    if strange:
        return None
    _check_sense(rule, parameters, path, faults)
    return rule


def _check_sense(rule: InputRule, parameters: Parameters, path: tuple[str, ...], faults: Faults) -> None:
    """Note a rule that no input can break, or that none with these values can obey."""
    bounds = rule.bounds
    needed = _BOUNDS.get(rule.kind, {})
    if needed and not rule.most_of and all(getattr(bounds, name) in (None, ()) for name in needed.values()):
        faults.add(path, f"expected one of the keys {', '.join(needed)}")
    for low, high, key in ((bounds.minimum, bounds.maximum, "min"), (bounds.min_items, bounds.max_items, "min_items")):
        if low is not None and high is not None and low > high:
            faults.add((*path, key), f"expected at most the most ({high}), found {low}")
    if rule.kind in {RuleKind.EXCLUDES, RuleKind.REQUIRES} and set(rule.groups[0]) & set(rule.groups[1]):
        faults.add((*path, rule.kind), f"expected other names on the second side, found {', '.join(rule.groups[1])}")
    if rule.kind is RuleKind.ALLOWED_WHEN and bounds.values:
        check_values(bounds.values, parameters[rule.groups[0][0]], (*path, "values"), faults)


def _bounds(values: Mapping[str, Any]) -> Bounds:
    return Bounds(
        values=values.get("values", ()),
        minimum=values.get("min"),
        maximum=values.get("max"),
        min_items=values.get("min_items"),
        max_items=values.get("max_items"),
        max_length=values.get("max_length"),
    )


def _group(value: object) -> Names:
    """One name, or a list of names."""
    names = (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]  # TypeError is informed
    if not names or not all(isinstance(name, str) for name in names):
        raise ValueError
    return names


def _two(value: object) -> tuple[Names, Names]:
    sides: list[object] = list(value)  # type: ignore[call-overload]  # TypeError is informed
    first, second = sides
    return _group(first), _group(second)


def _from_mapping(value: object) -> tuple[Names, Names]:
    """``{last_frame_url: first_frame_url}``: where the first is given, the second must be."""
    pairs: list[tuple[object, object]] = list(value.items())  # type: ignore[attr-defined]  # AttributeError is informed
    ((first, second),) = pairs
    return _group(first), _group(second)


def _weights(value: object) -> Mapping[str, float]:
    if isinstance(value, dict):
        return {str(path): float(positive(weight)) for path, weight in value.items()}
    return dict.fromkeys(_group(value), 1.0)


def _path(value: object) -> str:
    (path,) = _group(value)
    return path


_SPOKEN: Final[Mapping[RuleKind, Callable[[Any], dict[str, Any]]]] = {
    RuleKind.EXCLUDES: lambda value: {"groups": _two(value)},
    RuleKind.REQUIRES: lambda value: {"groups": _from_mapping(value)},
    RuleKind.REQUIRED_WHEN: lambda value: {"groups": (_group(value),)},
    RuleKind.FORBIDDEN_WHEN: lambda value: {"groups": (_group(value),)},
    RuleKind.AT_LEAST_ONE: lambda value: {"groups": (_group(value),)},
    RuleKind.EXACTLY_ONE: lambda value: {"groups": tuple(map(_group, value))},
    RuleKind.ALLOWED_WHEN: lambda value: {"groups": ((_path(value),),)},
    RuleKind.EACH: lambda value: {"path": _path(value)},
    RuleKind.MAX_TOTAL: lambda value: {"weights": MappingProxyType(_weights(value))},
    RuleKind.GAP: lambda value: {"groups": (tuple(name for group in _two(value) for name in group),)},
    RuleKind.DECLARED_IN: lambda value: dict(zip(("path", "declared_at"), map(_path, value), strict=True)),
    RuleKind.UNIQUE: lambda value: {"path": _path(value)},
    RuleKind.SAME_LENGTH: lambda value: {"groups": (tuple(name for group in _two(value) for name in group),)},
}
_OF_VALUE: Final = {
    "values": "values",
    "min": "minimum",
    "max": "maximum",
    "min_items": "min_items",
    "max_items": "max_items",
    "max_length": "max_length",
}
_BOUNDS: Final[Mapping[RuleKind, Mapping[str, str]]] = {
    RuleKind.ALLOWED_WHEN: _OF_VALUE,
    RuleKind.EACH: _OF_VALUE,
    RuleKind.MAX_TOTAL: {"max": "maximum", "max_of": "maximum"},
    RuleKind.GAP: {"min": "minimum", "max": "maximum"},
}
"""The keys that say how much, one of which a rule of this kind needs, and where they are kept."""
_TWO: Final = "two names, or two lists of names"
_NAMES: Final = "a name or a list of names"
_EXPECTED: Final[Mapping[RuleKind, str]] = {
    RuleKind.EXCLUDES: _TWO,
    RuleKind.REQUIRES: "one name and what it needs, as {name: needed}",
    RuleKind.REQUIRED_WHEN: _NAMES,
    RuleKind.FORBIDDEN_WHEN: _NAMES,
    RuleKind.AT_LEAST_ONE: _NAMES,
    RuleKind.EXACTLY_ONE: "a list of names, or of lists of names that belong together",
    RuleKind.ALLOWED_WHEN: "one name",
    RuleKind.EACH: "one path, such as dialogue[].text",
    RuleKind.MAX_TOTAL: "names or paths, or a mapping of them to weights",
    RuleKind.GAP: "two names: from and to",
    RuleKind.DECLARED_IN: "two paths: what is used, and where it is declared",
    RuleKind.UNIQUE: "one path",
    RuleKind.SAME_LENGTH: "two names",
}
