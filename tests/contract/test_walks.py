"""The pages on the three walks say which files a walk enters: docs/walks.md one by one, docs/architecture.md in short."""

import re
from pathlib import Path
from typing import Final

import pytest

from scripts.walks import BEFORE, PAGE, ROOT, entered_at_rest, walked

LISTED: Final = {
    section.partition(":")[0]: re.findall(r"^1\. `(.+)`$", section, re.MULTILINE)
    for section in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
}
ARCHITECTURE: Final = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
RUNS: Final = 3
"""Duties that tick by the clock may enter a file of their own in one run and not in the next; on a busy machine in each."""


async def test_a_walk_enters_the_files_that_the_page_lists() -> None:
    at_rest = await entered_at_rest()
    runs = [await walked() for _ in range(RUNS)]
    for name, listed in LISTED.items():
        always = set.intersection(*(set(run[name]) for run in runs))
        ever = set.union(*(set(run[name]) for run in runs))
        more = sorted(always - set(listed) - at_rest)
        assert not more, f"python -m scripts.walks: {name} also enters {more}"
        assert set(listed) <= ever, f"python -m scripts.walks: {name} no longer enters {sorted(set(listed) - ever)}"


@pytest.mark.parametrize("name", BEFORE)
def test_a_walk_enters_fewer_files_than_before_the_slices(name: str) -> None:
    assert len(LISTED[name]) < BEFORE[name]


@pytest.mark.parametrize("name", BEFORE)
def test_the_short_walk_names_its_files_and_classes_as_they_are(name: str) -> None:
    short = re.search(rf"\*\*{name}: (\d+) files\.\*\*(.+?)\n\n", ARCHITECTURE, re.DOTALL)
    assert short
    assert int(short[1]) == len(LISTED[name])
    rooms = re.findall(r"`([A-Za-z_/]+)`", short[2])
    source = {file: (ROOT / file).read_text(encoding="utf-8") for file in LISTED[name]}
    missing = [room for room in rooms if not any(_is_in(room, file, text) for file, text in source.items())]
    assert len(rooms) > 5
    assert missing == []


def _is_in(room: str, file: str, text: str) -> bool:
    """Whether a room of the short walk is this file, or a class or function of it."""
    if room.islower():
        return Path(file).with_suffix("").as_posix().endswith(f"/{room}") or f"def {room}(" in text
    return re.search(rf"\bclass \w*{room}\b|: {room}\b", text) is not None
