"""The shape of a compiled check, and what all checks share: sentinels, plain values, faults."""

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

from domain.media import Attachment
from domain.violation import Violation, ViolationCode


class Verdict(Enum):
    """What a check returns instead of a value."""

    INVALID = "invalid"
    LEFT_OUT = "left out"


INVALID: Final = Verdict.INVALID
LEFT_OUT: Final = Verdict.LEFT_OUT

Found = list[Violation]
Check = Callable[[object, str, Found], object]
"""``(value, path, found)``: the normalised value; or INVALID, after adding to ``found``; or LEFT_OUT for a blank field."""

Rule = Callable[[dict[str, object], frozenset[str], Found], None]
"""``(output, names of faulty parameters, found)``: notes what the values as a whole lack, and may fill defaults."""

SHOWN_LENGTH: Final = 60
SHOWN_INTEGER: Final = 10**15
"""Larger integers lose digits as a JSON number; and from 4,300 digits on Python refuses to write them out."""


def is_given(output: Mapping[str, object], name: str) -> bool:
    """Whether a parameter says something: an empty list does not."""
    return name in output and output[name] != []


def fault(found: Found, path: str, code: ViolationCode, **values: object) -> Verdict:
    """Note a violation; returns INVALID, so that a check can end with it."""
    found.append(Violation(path=path, code=code, values=MappingProxyType(values)))
    return INVALID


def wrong_type(found: Found, path: str, expected: str, value: object) -> Verdict:
    return fault(found, path, ViolationCode.WRONG_TYPE, expected=expected, actual=kind_of(value))


def shown_text(text: str) -> str:
    """Any text, cut short and made fit for UTF-8."""
    if text.isascii():
        return text[:SHOWN_LENGTH]
    return text[:SHOWN_LENGTH].encode("utf-8", "replace").decode()


def shown_number(number: int | float) -> int | float | str:
    """A number as JSON can carry it."""
    if type(number) is int and abs(number) > SHOWN_INTEGER:
        digits = int(abs(number).bit_length() * 0.30103)
        return f"{'-' if number < 0 else ''}10^{digits}"
    if type(number) is float and abs(number) > SHOWN_INTEGER:
        return f"{number:.0e}"
    return number


def kind_of(value: object) -> str:
    """The JSON word for a value's type; ``other`` for what JSON has no word for."""
    match plain(value):
        case None:
            return "nothing"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list() | tuple():
            return "array"
        case dict():
            return "object"
        case Attachment():
            return "file"
        case _:
            return "other"


def plain(value: object) -> object:
    """A value as the plain JSON type it stands for: ``StrEnum``, ``OrderedDict`` and other subclasses lose their class.

    Whatever the value's own class does is never run: overridden methods of a stranger must not decide, or raise, here.
    Anything else that is not JSON comes back as it is, or as an ``object()`` where even looking at it could raise.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    for base, copied in _COPIES:
        if issubclass(kind, base):
            return copied(value)
    if kind is MappingProxyType:
        return _copied_proxy(value)
    return object()


def _copied_dict(value: Any) -> object:
    return dict(dict.items(value))  # dict.copy would iterate as the subclass does


def _copied_tuple(value: Any) -> object:
    return tuple.__getitem__(value, slice(None))


def _copied_proxy(value: Any) -> object:
    try:
        return dict(value)
    except Exception:  # a proxy runs whatever mapping stands behind it
        return object()


_PLAIN: Final = frozenset({type(None), bool, int, float, str, list, tuple, dict, Attachment})
_COPIES: Final[tuple[tuple[type, Callable[[Any], object]], ...]] = (
    (str, str.__str__),
    (int, int.__int__),
    (float, float.__float__),
    (dict, _copied_dict),
    (list, list.copy),
    (tuple, _copied_tuple),
)
"""The copying methods of the base classes themselves: a subclass has no say in them."""
