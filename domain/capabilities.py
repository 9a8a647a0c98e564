"""What a model can do, as far as its own parameters say it: how long, how sharp, how many pictures it takes."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from domain.media import MediaKind
from domain.model import Model, Parameter, ParameterType

RESOLUTION_NAMES: Final = frozenset({"resolution", "image_resolution", "output_resolution", "quality", "size"})
"""What models call their tiers of sharpness (``config/registry``, 2026-11-24); some are words, which say nothing here."""

_TIER: Final = re.compile(r"(\d+(?:\.\d+)?)([pk]?)", re.IGNORECASE)


@frozen(kw_only=True)
class Capabilities:
    """What the registry tells, and nothing where it does not.

    ``lengths_s``: the whole seconds a video or sound can have, rising. ``resolution``: the sharpest, as ``1080p`` or
    ``4K``. ``pictures``: the most it takes in one field, if more than one.
    """

    lengths_s: Sequence[int] = ()
    resolution: str | None = None
    pictures: int | None = None


def capabilities(model: Model) -> Capabilities:
    """Read from the parameters alone."""
    return Capabilities(
        lengths_s=_lengths(model.parameters.get("duration")),
        resolution=_sharpest(model),
        pictures=max(_pictures(model), default=None),
    )


def _lengths(parameter: Parameter | None) -> Sequence[int]:
    """A range that begins at 0 or below has a number that means something else, so it says nothing."""
    if parameter is None or parameter.type is ParameterType.STRING:
        return ()
    if parameter.type is ParameterType.ENUM:
        return sorted(int(value) for value in parameter.values if str(value).isdecimal())
    if parameter.minimum is None or parameter.maximum is None or parameter.minimum <= 0:
        return ()
    return range(int(parameter.minimum), int(parameter.maximum) + 1)


def _sharpest(model: Model) -> str | None:
    values = (value for name in RESOLUTION_NAMES & model.parameters.keys() for value in model.parameters[name].values)
    tiers = (tier.groups() for value in values if (tier := _TIER.fullmatch(str(value))))
    size, unit = max(tiers, key=_pixels, default=(None, ""))
    return size and size + ("K" if unit in {"k", "K"} else "p")


def _pixels(tier: tuple[str, ...]) -> float:
    """How to compare ``1080p`` with ``2K``."""
    size, unit = tier
    return float(size) * (1000 if unit in {"k", "K"} else 1)


def _pictures(model: Model) -> Iterator[int]:
    for parameter in model.parameters.values():
        is_list = parameter.type is ParameterType.ARRAY and parameter.media is MediaKind.IMAGE
        if is_list and "mask" not in parameter.name and parameter.maximum and parameter.maximum > 1:
            yield int(parameter.maximum)
