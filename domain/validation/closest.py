"""The names a misspelt name may have meant."""

from collections.abc import Callable, Iterable
from typing import Final

from rapidfuzz import fuzz, process

LONGEST_NAME: Final = 120
"""No one misspells a name into more than this; comparing megabytes would only cost time."""

Nearest = Callable[[str], list[str]]


def nearest_of(known: Iterable[str], *, limit: int = 3, least: float = 60.0) -> Nearest:
    """Prepare the search for the known names near another, the nearest first; letter case does not count.

    ``least`` is a likeness of 0 to 100. Of names equally near, the earlier known one comes first.
    """
    lowered = {one: one.lower() for one in known}

    def nearest(name: str) -> list[str]:
        if len(name) > LONGEST_NAME:
            return []
        if limit == 1:
            best = process.extractOne(name.lower(), lowered, scorer=fuzz.ratio, score_cutoff=least)
            return [] if best is None else [best[2]]
        found = process.extract(name.lower(), lowered, scorer=fuzz.ratio, limit=limit, score_cutoff=least)
        return [one for _, _, one in found]

    return nearest


def closest(name: str, known: Iterable[str], *, limit: int = 3, least: float = 60.0) -> list[str]:
    """The same for a single search."""
    return nearest_of(known, limit=limit, least=least)(name)
