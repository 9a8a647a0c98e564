"""A change of a model, applied to the model's plain data as the registry's files hold it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from adapters.yaml_catalog.errors import Faults
from adapters.yaml_catalog.parameters import OF_MEDIA, OF_TYPE, build_parameters
from config.registry_tools.change import Aspect, Change, ModelChange, ModelChangeKind
from config.registry_tools.live_model import LIVE_CATALOGUE, LivePrice
from config.registry_tools.price_text import price_rules
from domain.model import NO_DEFAULT, InputVariant, Model, Parameter, ParameterType, Scalar
from domain.price_rule import PriceRule, PriceUnit

Data = dict[str, Any]

KEY_ORDER: Final = (
    "type", "required", "required_when", "min", "max", "special_values", "step", "values", "open_values", "value_type",
    "pattern", "default", "send", "assumed", "format", "media", "accepted", "max_file_mb", "limits", "items", "about", "fields",
)  # fmt: skip
"""The keys of a parameter as they are written."""
MODEL_ORDER: Final = (
    "title", "vendor", "model_type", "output", "status", "alias_of", "follows", "endpoint", "legacy_endpoint", "input", "variants",
    "at_least_one", "rules", "price", "unknown_at_most", "source", "origin", "notes",
)  # fmt: skip
LIMITS: Final = {Aspect.MIN: "min", Aspect.MAX: "max", Aspect.STEP: "step", Aspect.PATTERN: "pattern"}


def changed_data(data: Data, change: ModelChange, *, on: date) -> Data:
    """What the registry says once the change is written; what needs a person is left out. ``data`` itself is not kept."""
    if change.kind is ModelChangeKind.GONE:
        data["status"] = "retired"
        data["notes"] = [*data.get("notes", ()), f"Gone from the {LIVE_CATALOGUE} on {on.isoformat()}."]
    if change.kind is ModelChangeKind.RETURNED:
        data["status"] = "current"
    has_variants = any(one.aspect is Aspect.VARIANTS for one in change.changes)
    for one in sorted(change.changes, key=lambda one: one.aspect is Aspect.VARIANTS):
        if not one.needs_person:
            _apply(data, one, on=on, forms_follow=not has_variants)
    return _ordered(data, MODEL_ORDER)


def model_data(model: Model) -> Data:
    """A whole new model."""
    data: Data = {
        "title": model.title,
        "vendor": model.vendor,
        "model_type": model.type.value,
        "output": model.output.value,
        "status": model.status.value,
        "input": {name: parameter_data(parameter) for name, parameter in model.parameters.items()},
        "source": {"confidence": "official", "docs_seen": list(model.docs_seen), "pages": list(model.sources)},
    }
    if model.variants:
        data["variants"] = _variants(model.variants, data["input"])
    if model.at_least_one:
        data["at_least_one"] = [sorted(group) for group in model.at_least_one]
    if model.prices:
        data["price"] = [_price(price) for price in model.prices]
    return _ordered(data, MODEL_ORDER)


def parameter_data(parameter: Parameter) -> Data:
    """A parameter with what is known of it."""
    known: Data = {
        "type": parameter.type.value,
        "required": parameter.required,
        "min": parameter.minimum,
        "max": parameter.maximum,
        "step": parameter.step,
        "values": list(parameter.values),
        "value_type": _value_type(parameter.values),
        "pattern": parameter.pattern,
        "format": "uri" if parameter.is_url and parameter.media is None else None,
        "media": parameter.media.value if parameter.media else None,
        "accepted": list(parameter.accepted),
        "max_file_mb": parameter.max_file_mb,
        "items": _items(parameter),
        "about": parameter.about,
        "fields": {field.name: parameter_data(field) for field in parameter.fields},
    }
    said = {key: value for key, value in known.items() if value not in (None, "", [], {}) and value is not False}
    if parameter.has_default:
        said["default"] = parameter.default
    return _ordered({key: said[key] for key in said.keys() & OF_TYPE[parameter.type]}, KEY_ORDER)


def _items(parameter: Parameter) -> Data | str | None:
    """Of a list: the type's name where there is nothing more to say, since a list speaks of the files in it itself."""
    if parameter.items is None:
        return None
    data = parameter_data(parameter.items)
    stated = {"about"} | (OF_MEDIA if parameter.is_url else set())
    return data["type"] if data.keys() - stated == {"type"} else data


def _apply(data: Data, change: Change, *, on: date, forms_follow: bool) -> None:
    match change:
        case Change(aspect=Aspect.PRICE, after=LivePrice() as price):
            data["price"] = _new_prices(data, price, on)
        case Change(aspect=Aspect.VARIANTS, after=tuple(variants)):
            data["variants"] = _variants(variants, data["input"])
        case Change(aspect=Aspect.AT_LEAST_ONE, after=tuple(groups)):
            data["at_least_one"] = [sorted(group) for group in groups]
        case Change(aspect=Aspect.ADDED, path=path, after=Parameter() as parameter):
            siblings, name = _place(data, path)
            siblings[name] = parameter_data(parameter)
            if forms_follow and siblings is data["input"]:
                _add_to_forms(data, name)
        case Change(aspect=Aspect.REMOVED, path=path):
            siblings, name = _place(data, path)
            del siblings[name]
            _forget_condition(siblings, name)
            if siblings is data["input"]:
                _remove_from_groups(data, name)
        case _:
            _change_parameter(data, change)


def _change_parameter(data: Data, change: Change) -> None:
    siblings, name = _place(data, change.path)
    old = siblings[name] if isinstance(siblings[name], dict) else {"type": siblings[name]}
    match change:
        case Change(aspect=Aspect.TYPE, after=Parameter() as parameter):
            new = _retyped(old, parameter)
        case Change(aspect=Aspect.REQUIRED, after=required):
            new = old | {"required": True} if required else _without(old, "required")
        case Change(aspect=Aspect.DEFAULT, after=default):
            new = _without(old, "default") if default is NO_DEFAULT else old | {"default": default}
        case Change(aspect=Aspect.VALUES, after=tuple(values)):
            new = _with_values(old, values)
        case _:
            new = old | {LIMITS[change.aspect]: change.after}
    if isinstance(siblings[name], str):  # items that were a type's name, and spoken of by their list
        if new.keys() == {"type"}:
            siblings[name] = new["type"]
            return
        new |= {key: siblings[key] for key in OF_MEDIA & siblings.keys() & OF_TYPE[ParameterType(new["type"])]}
    siblings[name] = _ordered(new, KEY_ORDER)


def _retyped(old: Data, parameter: Parameter) -> Data:
    """Theirs, with our words and what only we know of files."""
    kept = {key: old[key] for key in (OF_MEDIA | {"about"}) & OF_TYPE[parameter.type] & old.keys()}
    return {key: value for key, value in parameter_data(parameter).items() if key not in OF_MEDIA} | kept


def _with_values(old: Data, values: Sequence[Scalar]) -> Data:
    value_type = _value_type(values)
    new = (old if value_type else _without(old, "value_type")) | {"values": list(values)}
    if value_type and old.get("value_type") != "number":  # which takes integers too
        new["value_type"] = value_type
    return new


def _place(data: Data, path: str) -> tuple[Data, str]:
    """The mapping and the key under which a path's parameter stands: ``elements[].start`` is a field of the items."""
    siblings: Data = data["input"]
    *outer, last = path.split(".")
    for part in outer:
        holder, key = _inside(siblings, part)
        siblings = holder[key]["fields"]
    return _inside(siblings, last)


def _inside(siblings: Data, part: str) -> tuple[Data, str]:
    name = part.rstrip("[]")
    for _ in range(part.count("[]")):
        siblings, name = siblings[name], "items"
    return siblings, name


def _add_to_forms(data: Data, name: str) -> None:
    for variant in data.get("variants", ()):
        variant["fields"] = sorted({*variant["fields"], name})


def _remove_from_groups(data: Data, name: str) -> None:
    """A parameter that is gone is gone from every form and group of the model; an empty one goes with it."""
    for variant in data.get("variants", ()):
        for key in ("required", "fields"):
            variant[key] = [one for one in variant[key] if one != name]
        variant["params"] = {one: narrowed for one, narrowed in variant.get("params", {}).items() if one != name}
        if not variant["params"]:
            del variant["params"]
    groups = [[one for one in group if one != name] for group in data.get("at_least_one", ())]
    data["at_least_one"] = [group for group in groups if group]
    if not data["at_least_one"]:
        del data["at_least_one"]
    data["rules"] = [kept for rule in data.get("rules", ()) if (kept := _rule_without(rule, name))]
    if not data["rules"]:
        del data["rules"]


_LISTS: Final = ("required_when", "forbidden_when", "at_least_one")
_SAID: Final = frozenset({"id", "note", "source", "as_of", "effect", "count", "values"})


def _rule_without(rule: Data, name: str) -> Data | None:
    """A rule that lists names goes on without one of them; any other that speaks of it is gone with it."""
    for key in _LISTS:
        if isinstance(rule.get(key), list) and name in rule[key] and name not in rule.get("when", {}):
            left = [one for one in rule[key] if one != name]
            return (rule | {key: left}) if left else None
    spoken = {part.partition("[")[0] for key, value in rule.items() if key not in _SAID for part in _texts(value)}
    return None if name in spoken else rule


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for one in value for text in _texts(one))


def _forget_condition(siblings: Data, name: str) -> None:
    for sibling in siblings.values():
        if name in sibling.get("required_when", {}):
            sibling["required_when"] = _without(sibling["required_when"], name)
            if not sibling["required_when"]:
                del sibling["required_when"]


def _variants(variants: Iterable[InputVariant], parameters: Mapping[str, Data]) -> list[Data]:
    return [_variant(variant, parameters) for variant in variants]


def _variant(variant: InputVariant, parameters: Mapping[str, Data]) -> Data:
    params = {name: _narrowing(one, parameters[name]) for name, one in sorted(variant.parameters.items())}
    narrowed = {name: one for name, one in params.items() if one}
    data: Data = {"name": variant.name, "required": sorted(variant.required), "fields": sorted(variant.fields)}
    return data | ({"params": narrowed} if narrowed else {})


def _narrowing(narrow: Parameter, wide: Data) -> Data:
    limits = {"min": narrow.minimum, "max": narrow.maximum, "values": list(narrow.values) or None}
    return {key: value for key, value in limits.items() if value is not None and value != wide.get(key)}


def _new_prices(data: Data, price: LivePrice, on: date) -> list[Data]:
    """The price as rules; what multiplies it and what comes on top stays as it was where there was one rule."""
    parameters = build_parameters(data["input"], ("input",), Faults([], file=""))
    rules = price_rules(price, parameters, as_of=on.isoformat(), source=LIVE_CATALOGUE)
    old = data.get("price", ())
    kept = {key: old[0][key] for key in ("per", "plus", "most_seconds") if key in old[0]} if len(old) == 1 else {}
    return [_price(rule) | kept for rule in rules]


def _price(rule: PriceRule) -> Data:
    data: Data = {"credits": rule.credits}
    if rule.unit is not PriceUnit.REQUEST:
        data["unit"] = rule.unit.value
    if rule.per is not None:
        data["per"] = rule.per.parameter
    if rule.when:
        data["when"] = {name: next(iter(one.values)) for name, one in rule.when.items()}
    return data | {"as_of": rule.as_of, "source": rule.source}


def _value_type(values: Sequence[Scalar]) -> str | None:
    """Of an enum whose values are numbers."""
    if not values or any(isinstance(value, str) for value in values):
        return None
    return "integer" if all(isinstance(value, int) for value in values) else "number"


def _without(data: Mapping[str, Any], key: str) -> Data:
    return {name: value for name, value in data.items() if name != key}


def _ordered(data: Data, order: Sequence[str]) -> Data:
    return {key: data[key] for key in sorted(data, key=order.index)}
