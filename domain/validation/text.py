"""Checks of text: length in Unicode code points of the text as it is sent, blanks included."""

import re
from collections.abc import Callable
from typing import Final

from domain.model import Parameter
from domain.validation.check import INVALID, LEFT_OUT, Check, Found, fault, plain, wrong_type
from domain.violation import ViolationCode

NO_LIMIT: Final = float("inf")


def text_check(parameter: Parameter) -> Check:
    """A check of a ``string`` that is no URL. Only text is text: a number is refused, not written out.

    Text of nothing but blanks is ``empty`` where the parameter is required or has a least length. Elsewhere it is a
    form's field that was not filled, and is left out, so that a variant or a group that asks for it finds it missing.
    """
    low = parameter.minimum or 0
    high = NO_LIMIT if parameter.maximum is None else parameter.maximum
    needs_content = parameter.required or low >= 1
    matches = pattern_match(parameter.pattern)

    def check(value: object, path: str, found: Found) -> object:
        if type(value) is not str:
            value = plain(value)
            if type(value) is not str:
                return wrong_type(found, path, "string", value)
        if not value or value.isspace():
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
