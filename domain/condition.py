"""When a fact of the registry applies: what values of a model's own parameters it asks for."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import isfinite
from typing import Final

from attrs import frozen

NOTHING: Final[Mapping[str, object]] = {}
LEFT_OUT: Final = "null"
"""The text of a value that is not there; the registry writes ``null``."""


@frozen(kw_only=True)
class Condition:
    """What the value of one parameter must be: one of ``values``, within the bounds, or given at all.

    The value that counts is the one given, else what we send, else the provider's default, else what it is assumed to be.
    Values are compared as text, since the provider takes some numbers as text.
    """

    values: frozenset[str] = frozenset()
    minimum: float | None = None
    maximum: float | None = None
    given: bool | None = None

    def holds(self, value: object) -> bool:
        """Return whether the effective value (None where there is none) fulfils the condition."""
        if self.given is not None:
            return self.given == bool(value)
        if self.minimum is None and self.maximum is None:
            return text_of(value) in self.values
        number = number_of(value)
        if number is None:
            return False
        return (self.minimum is None or number >= self.minimum) and (self.maximum is None or number <= self.maximum)


def text_of(value: object) -> str:
    """Return a value as the registry compares it: ``true``, ``10`` for 10 and 10.0, ``null`` for nothing."""
    if type(value) is str:
        return value
    if value is None:
        return LEFT_OUT
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def number_of(value: object) -> float | None:
    """Return the number a value is or says; None where it says none, as a switch does."""
    kind = type(value)
    if kind is bool or (kind is not int and kind is not float and not isinstance(value, int | float | str)):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]  # one of the three
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def is_filled(value: object) -> bool:
    """Return whether a value says something: no empty text, list or object."""
    kind = type(value)
    return bool(value) if kind is str or kind is list or kind is dict else value is not None


def items_at(values: object, path: str) -> Sequence[object]:
    """Return what stands at ``a[].b``, ``a[]`` or ``a`` of an input; nothing for what is absent."""
    return reader_of(path)(values)


Read = Callable[[object], Sequence[object]]
"""Returns what stands at a path of an input."""


@cache
def reader_of(path: str) -> Read:
    """Return ``items_at`` of one path: rules and prices ask for the same few again and again."""
    head, is_list, rest = path.partition("[]")
    if not is_list:
        return lambda values: [found] if is_filled(found := mapping_of(values).get(head)) else []
    rest = rest.lstrip(".")
    if not rest:
        return lambda values: _list_at(values, head)
    if "[]" not in rest:
        return _reader_of_field(head, rest)
    inner = reader_of(rest)
    return lambda values: [one for each in _list_at(values, head) for one in inner(each)]


def _reader_of_field(head: str, name: str) -> Read:
    def read(values: object) -> Sequence[object]:
        found: list[object] = []
        for each in _list_at(values, head):
            value = each.get(name) if type(each) is dict else mapping_of(each).get(name)
            if value or value == 0:
                found.append(value)
        return found

    return read


def mapping_of(value: object) -> Mapping[str, object]:
    """Return the fields of an object; none for what is no object."""
    return value if type(value) is dict or isinstance(value, Mapping) else NOTHING


def _list_at(values: object, name: str) -> Sequence[object]:
    """Return the list that an object has under a name; nothing where it has none."""
    value = values.get(name) if type(values) is dict else mapping_of(values).get(name)
    return value if type(value) is list or isinstance(value, tuple) else ()
