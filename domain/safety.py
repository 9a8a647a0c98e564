"""Content-filter switches and adult modes."""

from collections.abc import Mapping
from typing import Final

from domain.parameter_roles import SWITCH_NAMES

ADULT_VALUES: Final = frozenset({"spicy"})
"""Modes made for adults: Grok Imagine has one, called so."""


def is_unchecked(values: Mapping[str, object]) -> bool:
    """Whether an input asks for results that no one checked, or for adult ones."""
    unchecked = any(values.get(name) is False for name in SWITCH_NAMES)
    return unchecked or any(value in ADULT_VALUES for value in values.values() if isinstance(value, str))
