"""How much a reader has to hold in mind: the modules that one module imports, and the lines of a function."""

import ast
from pathlib import Path
from typing import Final

from tests.support.syntax import statements

ROOT: Final = Path(__file__).parents[2]
SOURCE: Final = ("domain", "application", "adapters", "config", "simulators")
MOST: Final = 25
MOST_LINES: Final = 40


def _name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES: Final = {_name(file): file for folder in SOURCE for file in (ROOT / folder).rglob("*.py")}


def _imported(file: Path) -> set[str]:
    """The modules of the project that a file names in its imports, wherever they stand in it. No import is relative (ruff)."""
    found = set[str]()
    for node in statements(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = node.module or ""
            found |= {each if (each := f"{package}.{alias.name}") in FILES else package for alias in node.names}
    return found & set(FILES)


def test_no_module_imports_more_than_twenty_five_others() -> None:
    counts = {name: len(_imported(file) - {name}) for name, file in FILES.items()}
    assert max(counts.values()) > 10, "nothing was counted"
    assert {name: count for name, count in counts.items() if count > MOST} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    lengths = {
        f"{name}.{node.name}": node.end_lineno - node.lineno + 1
        for name, file in FILES.items()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    assert len(lengths) > 1000, "nothing was measured"
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}
