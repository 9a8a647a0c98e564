"""`make bench`: every measured promise, and at the end one screen that says what held.

Names of parts as arguments run only those: ``python -m bench service store``.
"""

import sys
import time
from collections.abc import Sequence
from typing import Final

from bench.aims import Aim, console, run_part, summary
from bench.processes import Child

PARTS: Final = (
    ("validation",),
    ("logs",),
    ("reading",),
    ("startup",),
    ("service",),
    ("answers",),
    ("studio",),
    ("growth",),
    ("cost",),
    ("store",),
    ("burst", "leadership"),
)
"""One after the other, since each wants both cores; those that mostly wait, at the same time. `instances` takes six minutes
more and runs when it is named."""


def run(together: Sequence[str]) -> list[Aim]:
    """Some parts, each in a process of its own."""
    children = {part: Child(run_part, part, core=None) for part in together}
    return [aim for part, child in children.items() for aim in _aims(part, child)]


def _aims(part: str, child: Child[list[Aim]]) -> list[Aim]:
    try:
        return child.result()
    except EOFError:
        return [Aim(f"{part}: measured to the end", "", "died", held=False)]


def main() -> int:
    """Exit status 1 when an aim was missed or a part died."""
    began_at = time.monotonic()
    chosen = [(part,) for part in sys.argv[1:]] or PARTS
    aims = [aim for together in chosen for aim in run(together)]
    console().print(summary(aims))
    console().print(f"{time.monotonic() - began_at:.0f} s in all")
    return int(not all(one.held for one in aims))


if __name__ == "__main__":
    sys.exit(main())
