"""Masks: pictures in black and white that say which part of another picture is meant."""

from typing import Final

from domain.model import Model

MASK: Final = "mask"
CHANGE: Final = "mask_url"
"""The parameter whose mask says what may change. Another mask (``reference_mask_urls``) says what to look at."""
BLACK_CHANGES: Final = frozenset({"Ideogram"})
"""Makers whose masks are black where the picture is to change: Ideogram says so of Inpaint with Ideogram 3.0 and its
character version (developer.ideogram.ai/ideogram-api/masked-edits, read 2026-11-29). Qwen 2.1 changes what is white
(muapi.ai/playground/qwen2-1-image-to-image, read 2026-11-29), the usual form. KIE's own pages name no colour of any mask
(kie.ai/ideogram/v3, read 2026-11-29), so a page that paints one lets a person swap the colours."""


def is_mask(parameter: str) -> bool:
    """Return whether a parameter takes a mask."""
    return MASK in parameter.lower()


def is_light_where_painted(model: Model, parameter: str) -> bool:
    """Return whether the part that a person paints is white in this mask of the model, else black."""
    return not (parameter == CHANGE and model.vendor in BLACK_CHANGES)
