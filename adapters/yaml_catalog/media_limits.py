"""From a parameter's ``limits`` of its files to the domain's, every fault noted."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.yaml_catalog.errors import Faults
from adapters.yaml_catalog.schema import Reader, Unexpected, day, number, positive, read_keys, text
from domain.media_limits import NO_LIMITS, MediaLimits, Range


def span(value: object) -> Range:
    """Read ``[least, most]``, either of which may be null."""
    if not isinstance(value, list) or len(value) != 2:  # two ends
        raise Unexpected("[least, most]")
    least, most = (None if end is None else float(number(end)) for end in value)
    if least is not None and most is not None and least > most:
        raise Unexpected("a least that is not above the most")
    return least, most


KEYS: Final[Mapping[str, Reader]] = {
    "seconds": span,
    "total_seconds": positive,
    "side_px": span,
    "long_side_px": span,
    "short_side_px": span,
    "pixels": span,
    "ratio": span,
    "fps": span,
    "total_mb": positive,
    "same_size_as": text,
    "as_of": day,
}


def build_limits(data: object, path: Sequence[str], faults: Faults) -> MediaLimits:
    """Return the limits that can be read; none where nothing is written."""
    return NO_LIMITS if data is None else MediaLimits(**read_keys(data, KEYS, path, faults))
