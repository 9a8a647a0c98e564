"""Masks: pictures in black and white that say which part of another picture is to change."""

from typing import Final

from domain.model import Model

MASK: Final = "mask"
BLACK_CHANGES: Final = frozenset({"Ideogram"})
"""Makers whose masks are black where the picture is to change; those of the others are white there (Ideogram's reference of
its edit endpoint, as of 2026-10; for the others the usual form of inpainting)."""


def is_mask(parameter: str) -> bool:
    """Return whether a parameter takes a mask."""
    return MASK in parameter.lower()


def is_light_where_it_changes(model: Model) -> bool:
    """Return whether the model's masks are white where the picture is to change."""
    return model.vendor not in BLACK_CHANGES
