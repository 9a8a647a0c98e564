"""Numbers as KIE writes them: mostly as numbers, now and then as text."""

import re
from typing import Final

from domain.price_rule import MOST_CREDITS

LARGEST: Final = 1e15
"""Beyond any time in milliseconds and any number of credits."""
_DECIMAL: Final = re.compile(r"-?[0-9]{1,17}(?:\.[0-9]{1,17})?")


def number_of(value: object) -> float | None:
    """The number, also where it is text such as "88.25"; None for anything else, and for what is not finite."""
    if isinstance(value, str):
        text = value.strip()
        value = float(text) if _DECIMAL.fullmatch(text) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -LARGEST < value < LARGEST else None


def charge_of(value: object) -> float | None:
    """The credits that one task or answer took; None for what is no number, below 0, or beyond what any can cost."""
    number = number_of(value)
    return number if number is not None and 0 <= number <= MOST_CREDITS else None


def code_of(value: object) -> int | None:
    """A code of KIE's envelope, also where it is text such as "200"; None for what is no whole number."""
    number = number_of(value)
    return int(number) if number is not None and number.is_integer() else None
