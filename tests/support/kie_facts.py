"""The provider's facts as the simulator has them: what our registry is held against."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def facts(name: str) -> dict[str, Any]:
    """Return ``models``, ``prices``, ``rules`` or ``media_limits``."""
    read: dict[str, Any] = json.loads((files("simulators.kie") / "facts" / f"{name}.json").read_text(encoding="utf-8"))
    return read
