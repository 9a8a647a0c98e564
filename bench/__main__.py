"""`make bench`: every measured promise, one part after the other, and at the end one screen that says what held.

Names of parts as arguments run only those: ``python -m bench service store``.
"""

import sys
import time
from typing import Final

from bench.aims import Aim, console, run_part, summary
from bench.processes import Child

PARTS: Final = ("validation", "logs", "waiting", "service", "burst", "growth", "store", "leadership")


def main() -> int:
    """Exit status 1 when an aim was missed or a part died."""
    began_at = time.monotonic()
    aims: list[Aim] = []
    for part in sys.argv[1:] or PARTS:
        console().rule(part)
        try:
            aims += Child(run_part, part, core=None).result()
        except EOFError:
            aims.append(Aim(f"{part}: measured to the end", "", "died", held=False))
    console().print(summary(aims))
    console().print(f"{time.monotonic() - began_at:.0f} s in all")
    return int(not all(one.held for one in aims))


if __name__ == "__main__":
    sys.exit(main())
