"""Masks: pictures in black and white that say which part of another picture is meant."""

from typing import Final

from domain.model import Model

MASK: Final = "mask"
CHANGE: Final = "mask_url"
"""The parameter whose mask says what may change. Another mask (``reference_mask_urls``) says what to look at."""
BLACK_CHANGES: Final = frozenset({"Ideogram"})
"""Makers whose masks are black where the picture is to change: Ideogram says so of Inpaint with Ideogram 3.0 and its
character version (developer.ideogram.ai/ideogram-api/masked-edits, read 2026-11-29)."""
WHITE_CHANGES: Final = frozenset({"Alibaba Qwen"})
"""Makers whose masks are white there: Qwen 2.1 (muapi.ai/playground/qwen2-1-image-to-image, read 2026-11-29). KIE's own pages
name no colour of any mask (kie.ai/ideogram/v3, read 2026-11-29), so a page that paints one lets a person swap the colours."""


def is_mask(parameter: str) -> bool:
    """Return whether a parameter takes a mask."""
    return MASK in parameter.lower()


def is_light_where_painted(model: Model, parameter: str) -> bool:
    """Return whether the part that a person paints is white in this mask of the model, else black; white, the usual form,
    where no one says."""
    return not (parameter == CHANGE and model.vendor in BLACK_CHANGES)


def is_colour_known(model: Model, parameter: str) -> bool:
    """Return whether anyone says which colour of this mask means what."""
    return parameter == CHANGE and model.vendor in BLACK_CHANGES | WHITE_CHANGES
