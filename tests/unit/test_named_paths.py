"""A path or a class that a page names is there: pages of a project go out of date where no one runs them."""

import os
import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
FOLDERS: Final = (
    "domain",
    "application",
    "adapters",
    "config",
    "simulators",
    "tests",
    "bench",
    "scripts",
    "docs",
    "deploy",
)
PAGES: Final = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    *(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")),
)
"""Records of decisions and the changelog speak of their day."""
FILE: Final = re.compile(r"`([\w./-]+\.(?:py|md|yaml|sh|sql|toml|txt|json))(?:::\w+)?`")
PLACE: Final = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*)`")
FILE_IN_PLACE: Final = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]+\.\w+)`")
LINK: Final = re.compile(r"\]\((?!http)([^)#]+)")
CLASS: Final = re.compile(r"`([A-Z][a-z]+[A-Z]\w+)(?:\.\w+)?`")
OF_OTHERS: Final = {"DiskFullError"}
"""Classes of libraries, which no module here names."""


@cache
def tree() -> frozenset[str]:
    """Every file and folder, as a path from the root."""
    found = {"."}
    for folder in FOLDERS:
        for parent, folders, files in os.walk(ROOT / folder):
            here = Path(parent).relative_to(ROOT)
            found |= {str(here / name) for name in (*folders, *files)} | {str(here)}
    return frozenset(found | {file.name for file in ROOT.iterdir()})


@cache
def endings() -> frozenset[str]:
    """The last parts of every path: a page may name a file of the folder that it speaks of."""
    parts = [path.split("/") for path in tree()]
    return frozenset("/".join(one[start:]) for one in parts for start in range(len(one)))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_paths_that_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {path.rstrip("/") for path in (*FILE.findall(text), *PLACE.findall(text))} - {"acme.yaml"}
    linked = {os.path.normpath(Path(page).parent / link) for link in LINK.findall(text)}
    assert (named - endings()) | (linked - tree()) == set()


def test_a_docstring_names_only_files_that_are_there() -> None:
    missing = {}
    for folder in FOLDERS[:7]:
        for file in (ROOT / folder).rglob("*.py"):
            named = set(FILE_IN_PLACE.findall(file.read_text(encoding="utf-8")))
            if lost := named - endings():
                missing[str(file.relative_to(ROOT))] = lost
    assert missing == {}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_classes_that_are_there(page: str) -> None:
    named = set(CLASS.findall((ROOT / page).read_text(encoding="utf-8")))
    assert named - words() - OF_OTHERS == set()


@cache
def words() -> frozenset[str]:
    """Every word of our modules."""
    modules = (file for folder in FOLDERS[:7] for file in (ROOT / folder).rglob("*.py"))
    return frozenset(word for file in modules for word in re.findall(r"\w+", file.read_text(encoding="utf-8")))
