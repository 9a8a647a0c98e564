"""Looking through programs, as quickly as a look at all of them wants to be."""

import ast
from collections.abc import Iterator
from typing import Final

_BLOCKS: Final = ("body", "orelse", "finalbody", "handlers", "cases")


def statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Every statement at any depth. No expression holds one, so none is looked into: that saves most of ``ast.walk``."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt):
            yield node
        for block in _BLOCKS:
            waiting += getattr(node, block, ())
