"""What is worth saying about a result: the options that were chosen, and until when the provider keeps it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from domain.generation import Generation
from domain.parameter_roles import SWITCH_NAMES, TASK_ID_NAMES

PROVIDER_KEEPS: Final = timedelta(days=14)
"""How long the provider keeps a result's file: its documentation, read 2026-10."""
OPTION_LIMIT: Final = 30
"""Longer values, and those of several words, are someone's text and no option."""


def chosen_options(generation: Generation) -> Mapping[str, object]:
    """Return what was chosen beside words and files, by the name of the parameter."""
    unspoken = SWITCH_NAMES | TASK_ID_NAMES
    return {
        name: value
        for name, value in generation.input.items()
        if name.lower() not in unspoken and _is_option(value, generation.prompt)
    }


def link_works_until(generation: Generation) -> datetime:
    """Return when the provider deletes the file."""
    return (generation.ended_at or generation.created_at) + PROVIDER_KEEPS


def _is_option(value: object, prompt: str) -> bool:
    if isinstance(value, str):
        return value.strip() != prompt and len(value) <= OPTION_LIMIT and "://" not in value and " " not in value
    return isinstance(value, (bool, int, float))
