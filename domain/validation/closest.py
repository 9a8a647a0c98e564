"""The names a misspelt name may have meant."""

from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz, process

LONGEST_NAME: Final = 120
"""Nobody misspells a name into more than this; comparing megabytes would only cost time."""


def closest(name: str, known: Iterable[str], *, limit: int = 3, least: float = 60.0) -> list[str]:
    """Known names near ``name``, the nearest first; letter case does not count. ``least`` is a likeness of 0 to 100."""
    if len(name) > LONGEST_NAME:
        return []
    found = process.extract(
        name.lower(), {one: one.lower() for one in known}, scorer=fuzz.ratio, limit=limit, score_cutoff=least
    )
    return [one for _, _, one in found]
