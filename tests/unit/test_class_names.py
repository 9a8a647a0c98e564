"""A class name has one meaning in all of what ships, so that a search for it leads to one place."""

import ast
from collections import defaultdict
from pathlib import Path
from typing import Final

from tests.support.syntax import statements

ROOT: Final = Path(__file__).parents[2]
SHIPPED: Final = ("domain", "application", "adapters", "config", "simulators")


def test_no_class_name_has_two_meanings() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for folder in SHIPPED:
        for file in (ROOT / folder).rglob("*.py"):
            for node in statements(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places[node.name].append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
