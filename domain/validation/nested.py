"""Checks of lists and objects, and of the fields a model or an object has."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from attrs import evolve

from domain.media import Attachment
from domain.model import Parameter, ParameterType
from domain.validation.check import INVALID, LEFT_OUT, Check, Found, fault, plain, shown_text, wrong_type
from domain.validation.closest import Nearest, nearest_of
from domain.validation.media import media_check
from domain.validation.numbers import integer_check, number_check, numeric_text_check
from domain.validation.text import NO_LIMIT, boolean_check, enum_check, text_check
from domain.violation import ViolationCode

Fields = Callable[[Mapping[object, object], str, Found], dict[str, object]]
"""``(given, prefix of the paths, found)``: the values that are good; in the registry's order."""

_SIMPLE: Final[Mapping[ParameterType, Callable[[Parameter], Check]]] = {
    ParameterType.STRING: text_check,
    ParameterType.NUMERIC_TEXT: numeric_text_check,
    ParameterType.ENUM: enum_check,
    ParameterType.BOOLEAN: boolean_check,
    ParameterType.INTEGER: integer_check,
    ParameterType.NUMBER: number_check,
}


def compile_parameter(parameter: Parameter, *, allow_private_hosts: bool) -> Check:
    """One parameter's check, as closures over what the registry says."""
    if parameter.type is ParameterType.ARRAY:
        return _array_check(parameter, allow_private_hosts=allow_private_hosts)
    if parameter.type is ParameterType.OBJECT:
        return _object_check(parameter, allow_private_hosts=allow_private_hosts)
    if parameter.type is ParameterType.STRING and (parameter.is_url or parameter.media is not None):
        return media_check(parameter, allow_private_hosts=allow_private_hosts)
    return _SIMPLE[parameter.type](parameter)


def compile_fields(parameters: Iterable[Parameter], *, allow_private_hosts: bool) -> Fields:
    """The check of a mapping's keys and values: each parameter in order, then what no one asked for."""
    entries = tuple(
        (
            parameter.name,
            compile_parameter(parameter, allow_private_hosts=allow_private_hosts),
            parameter if parameter.required else None,
        )
        for parameter in parameters
    )
    names = frozenset(name for name, _, _ in entries)
    nearest = nearest_of(sorted(names))

    def check(given: Mapping[object, object], prefix: str, found: Found) -> dict[str, object]:
        output: dict[str, object] = {}
        get = given.get
        filled = 0
        for name, check_value, required in entries:
            value = get(name)  # None says nothing, as if it were left out
            if value is not None and (value := check_value(value, prefix + name, found)) is not LEFT_OUT:
                if value is not INVALID:
                    output[name] = value
            elif required is not None and (value := _default(required, prefix, found)) is not INVALID:
                output[name] = value
                filled += 1
        if len(output) - filled != len(given):  # else every key was asked for
            _note_unknown([key for key in given if type(key) is not str or key not in names], nearest, prefix, found)
        return output

    return check


def _default(parameter: Parameter, prefix: str, found: Found) -> object:
    """What a required parameter that is left out becomes."""
    if parameter.has_default:
        return parameter.default
    return fault(found, prefix + parameter.name, ViolationCode.REQUIRED)


def _note_unknown(keys: Iterable[object], nearest: Nearest, prefix: str, found: Found) -> None:
    for key in sorted(map(text_key, keys)):
        shown = shown_text(key)
        fault(found, prefix + shown, ViolationCode.UNKNOWN_PARAMETER, name=shown, closest=nearest(key))


def text_key(key: object) -> str:
    """A key as text; the empty one for what is no text."""
    key = plain(key)
    return key if isinstance(key, str) else ""


def _object_check(parameter: Parameter, *, allow_private_hosts: bool) -> Check:
    fields = compile_fields(parameter.fields, allow_private_hosts=allow_private_hosts)

    def check(value: object, path: str, found: Found) -> object:
        value = _from_form(value, "{")
        if value == "" and type(value) is str:
            return LEFT_OUT
        if type(value) is not dict:
            return wrong_type(found, path, "object", value)
        before = len(found)
        output = fields(value, f"{path}.", found)
        return output if len(found) == before else INVALID

    return check


def _array_check(parameter: Parameter, *, allow_private_hosts: bool) -> Check:
    """A check of an ``array``. A required list is not empty, as a required text is not."""
    item = _item_of(parameter)
    check_item = compile_parameter(item, allow_private_hosts=allow_private_hosts)
    low = parameter.minimum or (1 if parameter.required else 0)
    high = NO_LIMIT if parameter.maximum is None else parameter.maximum
    takes_text = item.type not in {ParameterType.ARRAY, ParameterType.OBJECT}

    def check(value: object, path: str, found: Found) -> object:
        values = _as_list(value, takes_text=takes_text)
        if values is LEFT_OUT:
            return LEFT_OUT
        if not isinstance(values, list | tuple):
            return wrong_type(found, path, "array", values)
        before = len(found)
        count = len(values)
        if count < low:
            fault(found, path, ViolationCode.TOO_FEW_ITEMS, limit=low, actual=count)
        elif count > high:
            fault(found, path, ViolationCode.TOO_MANY_ITEMS, limit=high, actual=count)
            values = values[: int(high)]  # the rest has to go anyway
        good = _good_items(check_item, values) if len(found) == before else None
        if good is not None:
            return good
        output = [_checked_item(check_item, one, f"{path}[{index}]", found) for index, one in enumerate(values)]
        return output if len(found) == before else INVALID

    return check


def _good_items(check_item: Check, values: Iterable[object]) -> list[object] | None:
    """Return the items where each is good, as nearly always; None where one is not: only then are their paths needed."""
    output: list[object] = []
    ignored: Found = []
    for value in values:
        if value is None or (checked := check_item(value, "", ignored)) is INVALID or checked is LEFT_OUT:
            return None
        output.append(checked)
    return None if ignored else output


def _checked_item(check_item: Check, value: object, path: str, found: Found) -> object:
    checked = LEFT_OUT if value is None else check_item(value, path, found)
    return fault(found, path, ViolationCode.EMPTY) if checked is LEFT_OUT else checked


def _item_of(parameter: Parameter) -> Parameter:
    """The items' own parameter. What a list says of files holds for the files of each item."""
    item = parameter.items
    if item is None:
        raise ValueError(f"{parameter.name}: an array without items")
    if parameter.max_file_mb is None or item.type is not ParameterType.OBJECT:
        return item
    return evolve(
        item,
        fields=tuple(
            evolve(one, max_file_mb=one.max_file_mb or parameter.max_file_mb) if one.media else one
            for one in item.fields
        ),
    )


def _as_list(value: object, *, takes_text: bool) -> object:
    """A list out of what a form or a chat has: JSON text; one value, or one a line, for a list of plain values; one file."""
    value = _from_form(value, "[")
    if isinstance(value, Attachment):
        return [value]
    if type(value) is not str:
        return value
    if not value:
        return LEFT_OUT
    if not takes_text:
        return value
    return [line.strip() for line in value.splitlines() if line.strip()] or [value]


def _from_form(value: object, opening: str) -> object:
    """A plain value; text that begins as JSON is read as such, and stays text where it is none."""
    value = plain(value)
    if type(value) is not str or not value.lstrip().startswith(opening):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
