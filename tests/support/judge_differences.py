"""Where the validator or the quote differs from the simulated KIE, and why."""

from collections.abc import Mapping
from typing import Any, Final

STRICTER: Final = frozenset({"url_private_host", "wrong_media"})
"""Violations that the simulator cannot know: they speak of addresses that no one else can reach, and of names of files."""

QUOTES: Final[Mapping[str, Any]] = {"not offered": {}, "differences": {}}
"""Models that are not offered, and ``(model, kind of difference)`` with the reason."""
