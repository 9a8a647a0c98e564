"""Checks of numbers: integers, numbers, and numbers the provider wants written as text.

A JSON number is taken as it is. Text is taken for a number where it can be nothing else (``5``, ``-2.5``, ``1e3``,
blanks around it allowed), because a form or a chat has only text. Booleans are never numbers.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from math import isfinite
from typing import Final

from domain.model import Parameter
from domain.validation.check import INVALID, LEFT_OUT, Check, Found, Verdict, fault, plain, shown_number, wrong_type
from domain.violation import ViolationCode

INT64_MIN: Final = -(2**63)
INT64_MAX: Final = 2**63 - 1
"""Integers beyond 64 bits are refused where the registry knows no limit: no JSON reader is sure to keep them."""

NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
NUMBER_LENGTH: Final = 40

Bounds = Callable[[int | float, str, Found], bool]


def parse_number(text: str) -> int | float | None:
    """The number a text says, None where it says none. ``1e400`` is infinite, for the caller to refuse."""
    text = text.strip()
    if len(text) > NUMBER_LENGTH or not NUMBER.fullmatch(text):
        return None
    return float(text) if any(sign in text for sign in ".eE") else int(text)


def bounds_check(parameter: Parameter) -> Bounds:
    """Whether a finite number keeps to the limits and the step; what it breaks is noted."""
    low, high = _limits(parameter)
    on_step = _step_check(parameter)
    special = frozenset(parameter.special_values)

    def check(number: int | float, path: str, found: Found) -> bool:
        if low <= number <= high and (on_step is None or on_step(number)):
            return True
        if number in special:
            return True
        if number < low:
            fault(found, path, ViolationCode.TOO_SMALL, limit=low, actual=shown_number(number))
        elif number > high:
            fault(found, path, ViolationCode.TOO_LARGE, limit=high, actual=shown_number(number))
        elif on_step is not None:
            fault(found, path, ViolationCode.NOT_A_STEP, step=parameter.step, actual=shown_number(number))
        return False

    return check


def _limits(parameter: Parameter) -> tuple[int | float, int | float]:
    low = INT64_MIN if parameter.minimum is None else parameter.minimum
    high = INT64_MAX if parameter.maximum is None else parameter.maximum
    return low, high


def _step_check(parameter: Parameter) -> Callable[[int | float], bool] | None:
    """Whether a number is a whole count of steps from the minimum (from 0 where there is none), exactly.

    From the minimum, as sliders and HTML's number fields count: a slider that starts at 0.7 in steps of 0.5 has 1.2.
    In decimals, since 0.3 is three steps of 0.1 to a person and not to a binary fraction: a float stands for the
    shortest decimal that reads back as it, which is what it was written as.
    """
    if parameter.step is None:
        return None
    scale: int = 10 ** max(_decimals(parameter.step), _decimals(parameter.minimum or 0))
    step = round(parameter.step * scale)
    start = round((parameter.minimum or 0) * scale)

    def on_step(number: int | float) -> bool:
        scaled = round(number * scale)
        return scaled / scale == number and (scaled - start) % step == 0

    return on_step


def _decimals(number: int | float) -> int:
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def number_check(parameter: Parameter) -> Check:
    """A check of a ``number``: integers stay integers, floats stay floats."""
    within = bounds_check(parameter)
    low, high = _limits(parameter)
    stepless = parameter.step is None

    def check(value: object, path: str, found: Found) -> object:
        if type(value) is float or type(value) is int:
            if stepless and low <= value <= high:  # true of no NaN and of no infinity
                return value
        else:
            value = _read(value, path, found, "number")
            if isinstance(value, Verdict):
                return value
        number: int | float = value
        if not is_finite(number):
            return fault(found, path, ViolationCode.NOT_FINITE)
        return number if within(number, path, found) else INVALID

    return check


def integer_check(parameter: Parameter) -> Check:
    """A check of an ``integer``. A float without a fraction is one (JSON has one kind of number): 5.0 becomes 5."""
    within = bounds_check(parameter)
    low, high = _limits(parameter)
    stepless = parameter.step is None

    def check(value: object, path: str, found: Found) -> object:
        if type(value) is int:
            if stepless and low <= value <= high:
                return value
        else:
            value = _read(value, path, found, "integer")
            if type(value) is float:
                value = _whole(value, path, found)
            if isinstance(value, Verdict):
                return value
        number: int = value  # type: ignore[assignment]  # the exact types were checked above
        return number if within(number, path, found) else INVALID

    return check


def numeric_text_check(parameter: Parameter) -> Check:
    """A check of a ``numeric_text``: bounds and step are the number's, what is sent is text."""
    within = bounds_check(parameter)

    def check(value: object, path: str, found: Found) -> object:
        number = _read(value, path, found, "number")
        if isinstance(number, Verdict):
            return number
        if not is_finite(number):
            return fault(found, path, ViolationCode.NOT_FINITE)
        return text_of(number) if within(number, path, found) else INVALID

    return check


def text_of(number: int | float) -> str:
    """A number as the text a provider knows it by: ``10`` for 10.0, ``0.5`` for 0.5."""
    if type(number) is float and number.is_integer() and abs(number) <= INT64_MAX:
        number = int(number)
    return str(shown_number(number))


def _read(value: object, path: str, found: Found, expected: str) -> int | float | Verdict:
    value = plain(value)
    if type(value) is int or type(value) is float:
        return value
    if type(value) is str:
        if not value:
            return LEFT_OUT
        number = parse_number(value)
        if number is not None:
            return number
    return wrong_type(found, path, expected, value)


def is_finite(number: int | float) -> bool:
    """``isfinite`` that does not overflow on an integer no float can hold."""
    return type(number) is int or isfinite(number)


def _whole(number: float, path: str, found: Found) -> int | Verdict:
    if not isfinite(number):
        return fault(found, path, ViolationCode.NOT_FINITE)
    if not number.is_integer():
        return fault(found, path, ViolationCode.NOT_AN_INTEGER, actual=number)
    return int(number)
