"""``QuoteDraft`` says what is wrong with a draft, what it costs and whether it may run; ``RunDraft`` runs it. No one else does."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
CALLS: Final = {
    "ValidateInput": {
        "application/drafts/quote_draft.py",
        "application/generating/request_generation.py",  # the gate, whatever a front end said
        "application/generating/submit_generation.py",  # the registry may be another one by then
        "adapters/cli/validate.py",  # of inputs that will never be a draft
        "adapters/cli/price.py",
    },
    "PersonPrice": {"application/drafts/quote_draft.py"},
    "RequestGeneration": {
        "application/drafts/run_draft.py",
        "adapters/cli/runs.py",  # samples of our own, of ``mediabot sanity``
    },
}
"""Who calls a use case itself. Its other methods say less: the model of a name, what a model usually costs, several at once."""


def test_drafts_are_checked_priced_and_run_in_one_way() -> None:
    found: dict[str, set[str]] = {case: set() for case in CALLS}
    for path, tree in _modules("application", "adapters"):
        called = {_last(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for case, files in found.items():
            if called.intersection(_names(tree, case)):
                files.add(path)
    assert found == CALLS


def test_no_front_end_checks_or_prices_an_input_that_it_is_lent_the_use_case_for() -> None:
    """``ModelUseCases`` holds both for what they say besides."""
    for path, tree in _modules("adapters"):
        called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert not [one for one in called if one.endswith(("models.validate", "models.price"))], path


def _modules(*rings: str) -> Iterator[tuple[str, ast.Module]]:
    for file in (file for ring in rings for file in (ROOT / ring).rglob("*.py")):
        yield str(file.relative_to(ROOT)), ast.parse(file.read_text())


def _names(tree: ast.Module, case: str) -> list[str]:
    """The fields and arguments that are annotated as the use case."""
    fields = [(node.target, node.annotation) for node in ast.walk(tree) if isinstance(node, ast.AnnAssign)]
    arguments = [(node, node.annotation) for node in ast.walk(tree) if isinstance(node, ast.arg)]
    return [_last(name) for name, kind in [*fields, *arguments] if kind is not None and case in _words(kind)]


def _words(annotation: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)}


def _last(node: ast.expr | ast.arg) -> str:
    match node:
        case ast.arg():
            return node.arg
        case ast.Attribute():
            return node.attr
        case ast.Name():
            return node.id
    return ""
