"""What was freed is given back, also where small objects that stay lie between."""

import subprocess
import sys
from typing import Final

ONE_AND_THE_OTHER: Final = """
import sys
from pathlib import Path
from config.memory import give_memory_back

def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

if sys.argv[1] == "given back":
    give_memory_back()
bytes(8_000_000)  # freed at once: from now on glibc takes blocks of this size from its heap
before = resident_mb()
large, small = [], []
for _ in range(60):
    large.append(b"x" * 900_000)
    small.append(b"x" * 20_000)
del large
print(resident_mb() - before)
"""


def test_large_blocks_between_small_ones_leave_nothing_behind() -> None:
    left = {way: _left_mb(way) for way in ("left alone", "given back")}
    assert left["given back"] < 5  # megabytes; the small ones alone are 1.2
    assert left["left alone"] > 30


def _left_mb(way: str) -> float:
    return float(subprocess.check_output([sys.executable, "-c", ONE_AND_THE_OTHER, way], text=True))
