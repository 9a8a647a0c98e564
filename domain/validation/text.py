"""Checks of text, and of values out of a short list: enums and booleans. Lengths are in Unicode code points of the text as it is sent."""

import re
from collections.abc import Callable, Mapping
from math import log
from typing import Final

from attrs import evolve

from domain.earlier_task import EarlierTask
from domain.model import Parameter
from domain.validation.check import (
    INVALID,
    LEFT_OUT,
    Check,
    Found,
    Verdict,
    fault,
    plain,
    shown_number,
    shown_text,
    wrong_type,
)
from domain.validation.closest import nearest_of
from domain.validation.numbers import parse_number, text_of
from domain.violation import ViolationCode

NO_LIMIT: Final = float("inf")
BOOLEAN_WORDS: Final = {
    "true": True, "yes": True, "on": True, "да": True,
    "false": False, "no": False, "off": False, "нет": False,
}  # fmt: skip
"""Text from a form or a chat that can mean nothing else. ``1`` and ``0`` can, so they are no booleans."""
OPEN_LENGTH: Final = 100
"""Characters of a value that is not among the known ones: an id or a name."""
_INVISIBLE: Final = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    r"\ufeff\uffa0\U000e0000-\U000e0fff]+"
)
"""Characters without a picture of their own. https://www.unicode.org/Public/16.0.0/ucd/DerivedCoreProperties.txt,
Default_Ignorable_Code_Point, and the Braille blank; read 2026-11."""
_RATIO: Final = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)[:x×/](\d{1,5}(?:\.\d{1,3})?)")


def text_check(parameter: Parameter) -> Check:
    """A check of a ``string`` that is no URL. Only text is text: a number is refused, not written out.

    Text in which there is nothing to see is ``empty`` where the parameter is required or has a least length. Elsewhere it is a
    form's field that was not filled, and is left out, so that a variant or a group that asks for it finds it missing.
    """
    low = parameter.minimum or 0
    high = NO_LIMIT if parameter.maximum is None else parameter.maximum
    needs_content = parameter.required or low >= 1
    matches = pattern_match(parameter.pattern)

    def check(value: object, path: str, found: Found) -> object:
        if type(value) is not str:
            if type(value) is EarlierTask:
                return value if check(str.__str__(value), path, found) is not INVALID else INVALID
            value = plain(value)
            if type(value) is not str:
                return wrong_type(found, path, "string", value)
        if is_blank(value):
            return fault(found, path, ViolationCode.EMPTY) if needs_content else LEFT_OUT
        if low <= len(value) <= high and matches is None and value.isascii() and "\0" not in value:
            return value  # nearly every text, and the checks below would find nothing in it
        good = length_within(len(value), low, high, path, found)
        if not is_text(value):
            good = False
            fault(found, path, ViolationCode.NOT_TEXT)
        if matches is not None and not matches(value):
            good = False
            fault(found, path, ViolationCode.PATTERN, pattern=parameter.pattern)
        return value if good else INVALID

    return check


def is_blank(value: str) -> bool:
    """Whether there is nothing to see: blanks, and what people send to write nothing (a Hangul filler, a Braille blank)."""
    return not value or value.isspace() or (not value.isascii() and _INVISIBLE.fullmatch(value) is not None)


def length_within(length: int, low: int | float, high: int | float, path: str, found: Found) -> bool:
    """Whether a length in code points is within its limits; what it breaks is noted."""
    if low <= length <= high:
        return True
    if length > high:
        fault(found, path, ViolationCode.TOO_LONG, limit=high, actual=length)
    else:
        fault(found, path, ViolationCode.TOO_SHORT, limit=low, actual=length)
    return False


def is_text(value: str) -> bool:
    """Whether a string can be sent and stored: no half surrogate pairs (not UTF-8), no NUL (PostgreSQL keeps none)."""
    if "\0" in value:
        return False
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def pattern_match(pattern: str | None) -> Callable[[str], object] | None:
    r"""How a pattern is meant in JSON Schema: found anywhere, ASCII classes, and ``$`` is the end, not before a ``\n``."""
    if pattern is None:
        return None
    compiled = re.compile(pattern, re.ASCII)
    return compiled.fullmatch if pattern.startswith("^") and pattern.endswith("$") else compiled.search


def enum_check(parameter: Parameter) -> Check:
    """A check of an ``enum``. Values are matched exactly, letter case included, as the provider matches them.

    A number given for a text of digits becomes that text, and the other way round: 10 is ``"10"`` to anyone who types.
    """
    if isinstance(parameter.values[0], str):
        return _text_enum_check(parameter)
    return _number_enum_check(parameter)


def _text_enum_check(parameter: Parameter) -> Check:
    values = frozenset(parameter.values)
    refuse = _refusal(parameter)
    take_other = text_check(evolve(parameter, maximum=OPEN_LENGTH)) if parameter.open_values else None

    def check(value: object, path: str, found: Found) -> object:
        if type(value) is str and value in values:
            return value
        if take_other is not None:
            return take_other(value, path, found)
        value = plain(value)
        if type(value) is int or type(value) is float:
            value = text_of(value)
        if type(value) is not str:
            return wrong_type(found, path, "enum", value)
        if value in values:
            return value
        return LEFT_OUT if not value else refuse(value, path, found)

    return check


def _number_enum_check(parameter: Parameter) -> Check:
    values = {value: value for value in parameter.values}
    refuse = _refusal(parameter)

    def check(value: object, path: str, found: Found) -> object:
        value = plain(value)
        if value == "" and type(value) is str:
            return LEFT_OUT
        number = parse_number(value) if type(value) is str else value
        if (type(number) is int or type(number) is float) and number in values:
            return values[number]
        if type(value) is str or type(value) is int or type(value) is float:
            return refuse(value, path, found)
        return wrong_type(found, path, "enum", value)

    return check


def _refusal(parameter: Parameter) -> Callable[[str | int | float, str, Found], Verdict]:
    """Notes that a value is not among the parameter's, and which one may have been meant."""
    alike, ratios = nearest_of([str(one) for one in parameter.values], limit=1), _ratios(parameter)

    def nearest(value: str) -> list[str]:
        ratio = ratio_of(value)
        if ratio is None or not ratios:
            return alike(value)
        return [min(ratios, key=lambda name: abs(log(ratios[name] / ratio)))]

    def refuse(value: str | int | float, path: str, found: Found) -> Verdict:
        if isinstance(value, str):
            near, actual = nearest(value), shown_text(value)
        else:
            near, actual = [], str(shown_number(value))
        allowed = list(parameter.values)
        return fault(found, path, ViolationCode.NOT_IN_ENUM, allowed=allowed, actual=actual, closest=near)

    return refuse


def ratio_of(text: str) -> float | None:
    """Width by height of ``16:9``, ``16x9`` and the like; None for anything else."""
    sides = _RATIO.fullmatch(text)
    if sides is None:
        return None
    width, height = float(sides[1]), float(sides[2])
    return width / height if width and height else None


def _ratios(parameter: Parameter) -> Mapping[str, float]:
    """The parameter's values that are ratios. Not the letters but the shape decides which of them is near another."""
    return {str(one): ratio for one in parameter.values if (ratio := ratio_of(str(one))) is not None}


def boolean_check(parameter: Parameter) -> Check:
    """A check of a ``boolean``. A variant may allow only one of the two."""
    allowed = frozenset(parameter.values) or frozenset({True, False})

    def check(value: object, path: str, found: Found) -> object:
        if type(value) is not bool:
            value = plain(value)
            if type(value) is str:
                if not value:
                    return LEFT_OUT
                value = BOOLEAN_WORDS.get(value.strip().lower(), value)
            if type(value) is not bool:
                return wrong_type(found, path, "boolean", value)
        if value not in allowed:
            return fault(
                found, path, ViolationCode.NOT_IN_ENUM, allowed=list(parameter.values), actual=value, closest=[]
            )
        return value

    return check
