"""KIE's OpenAPI objects, read into the registry's words (kie/API.md §9)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, Final

from attrs import evolve

from config.registry_tools.comparison import accepts
from config.registry_tools.live_model import LiveForm
from config.registry_tools.schema_tree import Schema, SchemaTree, Unreadable, mapping
from config.registry_tools.schema_words import UrlMedia, about, described_media, described_step
from domain.model import NO_DEFAULT, InputVariant, Parameter, ParameterType, Scalar

T = ParameterType

COMMON_PATH: Final = "/api/v1/jobs/createTask"
_ENVELOPE: Final = frozenset({"model", "callBackUrl"})
"""Fields beside the input where a body is flat."""

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")

_TYPES: Final[Mapping[str, ParameterType]] = {
    one.value: one for one in (T.STRING, T.BOOLEAN, T.INTEGER, T.NUMBER, T.ARRAY, T.OBJECT)
}
_SIZES: Final[Mapping[ParameterType, tuple[str, str]]] = {
    T.STRING: ("minLength", "maxLength"),
    T.ARRAY: ("minItems", "maxItems"),
    T.INTEGER: ("minimum", "maximum"),
    T.NUMBER: ("minimum", "maximum"),
}


def read_form(document: object) -> LiveForm:
    """What a model takes.

    Raises:
        Unreadable: the document is no OpenAPI object with one POST, or has a field of a type we don't know.
    """
    tree = SchemaTree(document)
    request = tree.request()
    properties = mapping(request.get("properties"), "properties")
    flat = {**request, "properties": {name: one for name, one in properties.items() if name not in _ENVELOPE}}
    schema = tree.resolved(properties["input"]) if "input" in properties else flat
    return _Reader(tree).form(schema, create_path=read_own_path(document))


def read_own_path(document: object) -> str | None:
    """Where a model is called that is not called at the common endpoint, whatever the rest of its schema is like.

    Raises:
        Unreadable: the document names no path, or several.
    """
    path = SchemaTree(document).path
    return None if path == COMMON_PATH else path


class _Reader:
    def __init__(self, tree: SchemaTree) -> None:
        self._tree = tree

    def form(self, schema: Schema, *, create_path: str | None) -> LiveForm:
        own = self._fields(schema)
        parts = [self._tree.resolved(part) for part in _parts(schema)]
        shapes = [part for part in parts if "properties" in part]
        forms = [self._fields(shape) for shape in shapes]
        parameters = _union(forms) | own
        if not parameters:
            raise Unreadable("an input without fields")
        return LiveForm(
            parameters=parameters,
            variants=tuple(
                _variant(shape, fields, parameters, number)
                for number, (shape, fields) in enumerate(zip(shapes, forms, strict=True), 1)
            ),
            at_least_one=_group([part for part in parts if "properties" not in part]),
            create_path=create_path,
        )

    def _fields(self, schema: Schema) -> dict[str, Parameter]:
        properties = mapping(schema.get("properties", {}), "properties")
        required = _names(schema)
        if strange := [name for name in properties if not _NAME.fullmatch(name)]:
            raise Unreadable(f"the name {strange[0][:60]!r}")
        return {name: self._parameter(name, one, required=name in required) for name, one in properties.items()}

    def _parameter(self, name: str, given: object, *, required: bool = False) -> Parameter:
        with self._tree.inside():
            return self._read(name, self._tree.resolved(given), required=required)

    def _read(self, name: str, schema: Schema, *, required: bool) -> Parameter:
        kind, values = _kind(name, schema)
        low, high = _limits(kind, schema)
        description = str(schema.get("description", ""))
        items = self._parameter(name, schema["items"]) if kind is T.ARRAY and "items" in schema else None
        is_url = items.is_url if items else schema.get("format") == "uri"
        holds_text = (items.type if items else kind) is T.STRING
        said = f"{description} {self._tree.resolved(schema['items']).get('description', '')}" if items else description
        media = described_media(name, said, is_url=is_url) if holds_text else UrlMedia()
        parameter = Parameter(
            name=name,
            type=kind,
            required=required,
            about=about(description),
            minimum=low,
            maximum=high,
            step=_step(schema, description) if kind in {T.INTEGER, T.NUMBER} else None,
            values=values,
            pattern=_pattern(schema) if kind is T.STRING else None,
            is_url=media.is_url,
            media=media.kind,
            accepted=media.accepted,
            max_file_mb=media.max_file_mb,
            items=items,
            fields=tuple(self._fields(schema).values()) if kind is T.OBJECT else (),
        )
        return _with_default(parameter, schema.get("default"))


def _kind(name: str, schema: Schema) -> tuple[ParameterType, tuple[Scalar, ...]]:
    """The type, and the values of an enum. "Or null" is no type of its own: a value left out is never sent as null."""
    stated = schema.get("type")
    types = [one for one in (stated if isinstance(stated, list) else [stated]) if one not in (None, "null")]
    values = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if values is not None and types != ["boolean"]:
        read = tuple(value for value in values if value is not None) if isinstance(values, list) else ()
        if not read or not all(isinstance(value, str | int | float) and not isinstance(value, bool) for value in read):
            raise Unreadable(f"the values of {name}")
        return T.ENUM, tuple(dict.fromkeys(read))
    if len(types) != 1 or types[0] not in _TYPES:
        raise Unreadable(f"the type of {name}: {str(stated)[:60]}")
    return _TYPES[types[0]], ()


def _limits(kind: ParameterType, schema: Schema) -> tuple[int | float | None, int | float | None]:
    low, high = (_number(schema.get(key)) for key in _SIZES.get(kind, ("", "")))
    if kind is T.INTEGER:
        above, below = _number(schema.get("exclusiveMinimum")), _number(schema.get("exclusiveMaximum"))
        low = above + 1 if low is None and above is not None else low
        high = below - 1 if high is None and below is not None else high
    if kind in {T.STRING, T.ARRAY} and low == 0:
        low = None  # nothing is shorter than nothing
    return low, high


def _step(schema: Schema, description: str) -> int | float | None:
    step = _number(schema.get("multipleOf"))
    return step if step is not None and step > 0 else described_step(description)


def _pattern(schema: Schema) -> str | None:
    """None too where it is JavaScript's own, which Python can't check."""
    pattern = schema.get("pattern")
    try:
        return re.compile(pattern).pattern if isinstance(pattern, str) else None
    except re.error:
        return None


def _number(value: object) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _with_default(parameter: Parameter, default: object) -> Parameter:
    """An empty default says nothing, and one that its own schema refuses is a slip."""
    if default in (None, "", []) or not accepts(parameter, default):
        return parameter
    return evolve(parameter, default=default)


def _names(schema: Schema) -> frozenset[str]:
    required = schema.get("required", [])
    if not isinstance(required, list):
        raise Unreadable("required")
    return frozenset(map(str, required))


def _parts(schema: Schema) -> Sequence[object]:
    parts = [*_alternatives(schema, "oneOf"), *_alternatives(schema, "anyOf")]
    return parts if len(parts) > 1 else []


def _alternatives(schema: Schema, key: str) -> list[Any]:
    found = schema.get(key, [])
    if not isinstance(found, list):
        raise Unreadable(key)
    return found


def _group(parts: Iterable[Schema]) -> tuple[frozenset[str], ...]:
    """``anyOf`` of single demands is a group of which one must be given; anything else we have no word for."""
    demands = [_names(part) for part in parts]
    single = all(len(names) == 1 for names in demands)
    return (frozenset[str]().union(*demands),) if len(demands) > 1 and single else ()


def _variant(
    shape: Schema, fields: Mapping[str, Parameter], known: Mapping[str, Parameter], number: int
) -> InputVariant:
    narrowed = {name: one for name, one in fields.items() if _bounds(one) != _bounds(known[name])}
    return InputVariant(
        name=str(shape.get("title") or f"Form {number}"),
        required=_names(shape) & fields.keys(),
        fields=frozenset(fields),
        parameters=narrowed,
    )


def _bounds(parameter: Parameter) -> tuple[object, ...]:
    return parameter.minimum, parameter.maximum, parameter.values


def _union(forms: Iterable[Mapping[str, Parameter]]) -> dict[str, Parameter]:
    """The parameters of all forms, each as wide as it is in any of them."""
    union: dict[str, Parameter] = {}
    for form in forms:
        for name, parameter in form.items():
            wide = reduce(_wider, (union[name], parameter)) if name in union else parameter
            union[name] = evolve(wide, required=False)
    return union


def _wider(first: Parameter, second: Parameter) -> Parameter:
    lows, highs = (first.minimum, second.minimum), (first.maximum, second.maximum)
    return evolve(
        first,
        minimum=None if None in lows else min(low for low in lows if low is not None),
        maximum=None if None in highs else max(high for high in highs if high is not None),
        values=tuple(dict.fromkeys((*first.values, *second.values))),
        default=first.default if first.default == second.default else NO_DEFAULT,
    )
