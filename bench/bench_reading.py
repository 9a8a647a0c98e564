"""What reading a wish costs: ``python -m bench.bench_reading``. CPU time on one core, over the labelled wishes."""

import time
from collections.abc import Sequence
from statistics import median, quantiles
from typing import Final

from bench.aims import Aim, at_most, console, run_alone
from tests.support.wishes import labelled_wishes, reader

ROUNDS: Final = 5
LONGEST_MS: Final = 20.0


def spent_ms() -> Sequence[float]:
    """CPU time of each reading, in the quickest of some rounds."""
    wishes = [one.wish for one in labelled_wishes()]
    rounds = []
    for _ in range(ROUNDS):
        spent = []
        for wish in wishes:
            began_s = time.process_time()
            reader().read_now(wish)
            spent.append((time.process_time() - began_s) * 1000)
        rounds.append(spent)
    return [min(times) for times in zip(*rounds, strict=True)]


def main(_arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the median and the slowest hundredth."""
    spent = spent_ms()
    slowest = quantiles(spent, n=100)[98]
    console().print(f"reading a wish: median {median(spent):.2f} ms, p99 {slowest:.2f} ms of CPU, {len(spent)} wishes")
    return [at_most("local reading of a wish, p99", slowest, LONGEST_MS, unit=" ms")]


if __name__ == "__main__":
    run_alone(main)
