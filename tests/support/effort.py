"""How much a test that draws its cases tries: little in every run, much in the one a night that draws at random."""

import os
from typing import Final

IS_THOROUGH: Final = os.environ.get("HYPOTHESIS_PROFILE") == "random"


def tries(quick: int, *, thorough: int) -> int:
    """How many cases to draw in this run."""
    return thorough if IS_THOROUGH else quick
