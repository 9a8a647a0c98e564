"""Which worker begins with which tests: so that cores are busy while others wait, and nothing long begins last."""

from collections.abc import Sequence
from itertools import groupby

import pytest

File = list[pytest.Item]


def dealt(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """The same tests in an order of which `--dist worksteal` gives each worker the next part.

    Most tests of services wait for real time-outs, and unit tests only compute: every part has files of both kinds in turn. Those that
    may take the longest begin in the first half, each worker's at another time: together they would starve each other. Files
    stay whole: what a module's fixtures set up is set up once.
    """
    files = [list(file) for _, file in groupby(items, key=lambda item: item.path)]
    waiting = sorted((file for file in files if not _only_computes(file)), key=_longest_s, reverse=True)
    computing = [file for file in files if _only_computes(file)]
    parts = (
        _in_turn(_later(waiting[worker::workers], worker / workers / 2), computing[worker::workers])
        for worker in range(workers)
    )
    return [item for part in parts for file in part for item in file]


def _only_computes(file: File) -> bool:
    return "unit" in file[0].path.parts


def _longest_s(file: File) -> float:
    """The most that a test of it is allowed beyond what every test is."""
    marks = (item.get_closest_marker("timeout") for item in file)
    return max(mark.args[0] if mark else 0.0 for mark in marks)


def _later(files: Sequence[File], share: float) -> list[File]:
    """The first of them after so much of the others."""
    place = round((len(files) - 1) * share) if files else 0
    return [*files[1 : place + 1], *files[:1], *files[place + 1 :]]


def _in_turn(some: Sequence[File], others: Sequence[File]) -> list[File]:
    """All of both, evenly mixed."""
    places = [((place + 0.5) / len(files), file) for files in (some, others) for place, file in enumerate(files)]
    return [file for _, file in sorted(places, key=lambda one: one[0])]
