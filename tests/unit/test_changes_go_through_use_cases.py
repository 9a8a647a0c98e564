"""Front ends may read a store; every change of one goes through a use case (docs/adr/0013)."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
OWN: Final = {"ChatSessionStore", "UpdateInbox"}
"""Stores of a front end's own: what a chat shows, and the updates that it has received."""
READS: Final = {
    "AccessStore": {"people", "person", "blocks"},
    "AlarmStore": {"raised"},
    "BroadcastStore": {"get", "latest", "reachable", "under_way", "counts"},
    "DraftStore": {"get"},
    "GenerationStore": {"get", "history", "last_of", "unfinished", "durations", "changes"},
    "Ledger": {"balance", "history", "find", "between", "has_paid", "totals", "uneven"},
    "MediaIndex": {"get", "of_generations", "of_owner", "usage", "not_held"},
    "ModelSwitches": {"paused", "pause_of"},
    "PreferenceStore": {"get"},
    "PresetStore": {"get", "by_link", "of_owner"},
}
"""By port, what leaves the store as it is."""


def test_no_front_end_changes_a_store_itself() -> None:
    found = {call for folder in ("telegram", "cli", "web", "api_http") for call in _writes(ROOT / "adapters" / folder)}
    assert not found, sorted(found)


def _writes(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*.py"):
        tree = ast.parse(file.read_text())
        stores = dict(_stores(tree))
        for call in (node.func for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if (
                isinstance(call, ast.Attribute)
                and (port := stores.get(_name(call.value)))
                and call.attr not in READS[port]
            ):
                yield f"{file.relative_to(ROOT / 'adapters')}: {port}.{call.attr}"


def _stores(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The names of fields and arguments that are annotated as a store."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield from _named(node.target.id, node.annotation)
        elif isinstance(node, ast.arg) and node.annotation:
            yield from _named(node.arg, node.annotation)


def _named(name: str, annotation: ast.expr) -> Iterator[tuple[str, str]]:
    for port in (set(READS) - OWN) & {part.id for part in ast.walk(annotation) if isinstance(part, ast.Name)}:
        yield name, port


def _name(value: ast.expr) -> str:
    """``self._store`` and ``store`` by their last word."""
    return value.attr if isinstance(value, ast.Attribute) else value.id if isinstance(value, ast.Name) else ""
