"""Domain and application name no front end: what they decide holds for every one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
FRONT_ENDS: Final = re.compile(r"telegram|aiogram|studio|mini_?app|\bcli\b|inline_query", re.IGNORECASE)
OF_IDS: Final = {
    ("domain/access.py", "_TELEGRAM_ID"),
    ("domain/access.py", "telegram:"),
    ("domain/access.py", "telegram_subject"),
    ("domain/access.py", "telegram_user"),
    ("domain/audit.py", "cli:operator"),
    ("domain/generation.py", "telegram"),
    ("domain/media.py", "telegram"),
}
"""How ids of people, chats and files are written: rows that are years old hold them."""


def test_no_name_and_no_value_of_the_inner_rings_names_a_front_end() -> None:
    found = {
        (str(file.relative_to(ROOT)), word)
        for ring in ("domain", "application")
        for file in (ROOT / ring).rglob("*.py")
        for word in _words(ast.parse(file.read_text(encoding="utf-8")))
        if FRONT_ENDS.search(word)
    }
    assert {one for one in found if " " not in one[1]} == OF_IDS


def _words(tree: ast.Module) -> Iterator[str]:
    """Names and texts; docstrings may speak of front ends."""
    spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str() as text) if id(node) not in spoken:
                yield text
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.keyword(arg=str() as name):
                yield name
