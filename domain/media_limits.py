"""What a provider demands of a file beside its kind and size: length, sides, shape. Data only."""

from typing import Final

from attrs import frozen

Range = tuple[float | None, float | None]
"""Least and most, both included; None is not stated."""
ANY: Range = (None, None)


@frozen(kw_only=True)
class MediaLimits:
    """Limits of one file of a parameter, as the provider states them; what is not stated is not limited.

    ``side_px`` bounds both sides, ``ratio`` is width ÷ height, ``pixels`` width × height, ``fps`` frames a second.
    ``seconds`` is the length of one file, ``total_seconds`` of all files of the parameter together. ``total_mb`` bounds all
    files together; ``same_size_as`` names a parameter whose picture has the same sides.
    """

    seconds: Range = ANY
    total_seconds: float | None = None
    side_px: Range = ANY
    long_side_px: Range = ANY
    short_side_px: Range = ANY
    pixels: Range = ANY
    ratio: Range = ANY
    fps: Range = ANY
    total_mb: float | None = None
    same_size_as: str = ""
    as_of: str = ""


NO_LIMITS: Final = MediaLimits()
