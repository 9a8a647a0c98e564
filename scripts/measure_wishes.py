"""Send labelled wishes (a .jsonl file) to the running bot, and count what it reads and what it shows.

``tests/support/wish_screens.py`` says how screens are judged; ``docs/understanding.md`` keeps what was measured.
"""

import asyncio
import sys
from pathlib import Path

import structlog
from attrs import asdict

from tests.support.wish_screens import score_screens
from tests.support.wishes import labelled_wishes, score


def main() -> int:
    """Print the shares; with ``--faults`` each wish that went wrong as well."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    path = Path(sys.argv[1])
    for name, result in (
        ("read", score(labelled_wishes(path))),
        ("shown", asyncio.run(score_screens(path))),
    ):
        shares = {key: value for key, value in asdict(result).items() if key != "faults"}
        sys.stdout.write(f"{name}\t" + "  ".join(f"{key} {value:.3f}" for key, value in shares.items()) + "\n")
        if "--faults" in sys.argv:
            sys.stdout.write("".join(f"  {line}\n" for line in result.faults))
    return 0


if __name__ == "__main__":
    sys.exit(main())
