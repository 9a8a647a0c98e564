"""`make bench`: every measured promise, one after the other."""

import subprocess
import sys
from typing import Final

PARTS: Final = ("bench_validation", "bench_waiting", "bench_store", "bench_leadership")


def main() -> int:
    """Run each part in a process of its own; the worst exit status is ours."""
    statuses = []
    for part in PARTS:
        sys.stdout.write(f"\n== {part} ==\n")
        sys.stdout.flush()
        statuses.append(subprocess.run([sys.executable, "-m", f"bench.{part}"], check=False).returncode)
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
