"""Memory that was freed goes back to the machine."""

import ctypes
from typing import Final

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
"""Names of glibc's `mallopt`, man page of 2023-07."""

_KEPT_BYTES: Final = 128 * 1024
"""glibc's first value of both thresholds."""
_ARENAS: Final = 2


def give_memory_back() -> None:
    """Fix glibc's thresholds; on another C library do nothing.

    Left alone glibc raises them to the largest block that was ever freed, 32 MB at most. From then on pictures and
    uploads lie between small objects, and what they leave is never given back: a quarter of an hour of a mixed load kept
    45 MB that no one used.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _KEPT_BYTES)
        mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
        mallopt(_ARENA_MAX, _ARENAS)
