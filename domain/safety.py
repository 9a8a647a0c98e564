"""What may not be for every eye."""

from collections.abc import Mapping, Sequence
from typing import Final

from domain.model import Model, Parameter, ParameterType

SWITCH_NAMES: Final = frozenset({"enable_safety_checker", "nsfw_checker"})
"""Switches of the makers' and of KIE's own content filter (``config/registry``, 2026-11-24)."""

ADULT_VALUES: Final = frozenset({"spicy"})
"""Modes made for adults: Grok Imagine has one, called so."""


def safety_switches(model: Model) -> Sequence[Parameter]:
    """The switches with which the model checks what it makes."""
    return [one for one in model.parameters.values() if one.name in SWITCH_NAMES and one.type is ParameterType.BOOLEAN]


def is_unchecked(values: Mapping[str, object]) -> bool:
    """Whether an input asks for results that nobody checked, or for adult ones."""
    unchecked = any(values.get(name) is False for name in SWITCH_NAMES)
    return unchecked or any(value in ADULT_VALUES for value in values.values() if isinstance(value, str))
