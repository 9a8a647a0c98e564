"""Docstrings, comments, pages and English texts use plain words: a reader who is not a native speaker understands them at once."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.syntax import statements

ROOT = Path(__file__).parents[2]
FOLDERS = ("domain", "application", "adapters", "config", "simulators", "scripts", "bench", "tests")
QUAINT = re.compile(
    r"\b(whoever|nobody|somebody|anew|mend(?:s|ed|ing)?|told|hush|heeds?|ours|wherein|thereof|lest|albeit|whence|naught"
    r"|keepsakes?|errands?|amiss|unheard|strays?)\b",
    re.IGNORECASE,
)
"""Words that plain English would not use, each with a standard one: ``anew`` is again, ``told`` is informed, said or reported, ``whoever`` is who or any."""


DEFINED = re.compile(r"^\s*(?:(?:async )?def |class )(\w+)|^([A-Z][A-Z_]*)(?:: \w+)? = ", re.MULTILINE)
WORD_IN_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
NOT_IN_NAMES = frozenset(
    [
        "whoever",
        "nobody",
        "somebody",
        "anew",
        "told",
        "ours",
        "mend",
        "mends",
        "mended",
        "hush",
        "heed",
        "heeds",
        "whence",
        "lest",
        "naught",
        "amiss",
        "errand",
        "keepsake",
        "unheard",
    ]
)
"""Of these words, those that no name of a function, a class, a test or a constant holds either."""


def prose_of(source: str) -> Iterator[tuple[int, str]]:
    """Comments and docstrings with their lines, without what is code in them."""
    starts = {
        (node.lineno, node.col_offset)
        for node in statements(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and token.start in starts):
            yield token.start[0], re.sub(r"`+[^`]*`+", "", token.string)


@pytest.mark.parametrize("folder", FOLDERS)
def test_comments_and_docstrings_are_in_plain_english(folder: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line} {word}"
        for file in sorted((ROOT / folder).rglob("*.py"))
        if QUAINT.search(source := file.read_text(encoding="utf-8"))  # or there is no prose to look at
        for line, prose in prose_of(source)
        for word in QUAINT.findall(prose)
    ]
    assert found == []


def test_names_of_functions_classes_and_tests_are_in_plain_english() -> None:
    found = [
        f"{file.relative_to(ROOT)} {name}"
        for folder in FOLDERS
        for file in sorted((ROOT / folder).rglob("*.py"))
        for name in map("".join, DEFINED.findall(file.read_text(encoding="utf-8")))
        if NOT_IN_NAMES & {word.lower() for word in WORD_IN_NAME.findall(name)}
    ]
    assert found == []


def test_what_the_code_says_in_logs_errors_and_tables_is_in_plain_english() -> None:
    """Texts in the code. The words of the wish reader are what people write; ``nobody`` is an account of Unix."""
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.value[:60]}"
        for folder in FOLDERS
        if folder != "tests"
        for file in sorted((ROOT / folder).rglob("*.py"))
        if file.parent.name != "local_wish_reader" and QUAINT.search(source := file.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != "nobody"
        if QUAINT.search(re.sub(r"`+[^`]*`+", "", node.value))
    ]
    assert found == []


def test_pages_and_english_texts_are_in_plain_english() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "adapters/fluent_texts/en").glob("*.ftl")]
    found = [
        f"{page.relative_to(ROOT)}:{number} {word}"
        for page in pages
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1)
        for word in QUAINT.findall(re.sub(r"`+[^`]*`+|^[a-z-]+ =|\[[a-z_]+\]", "", line))
    ]
    assert found == []


def test_every_exception_from_the_linter_or_the_type_checker_says_why() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for folder in FOLDERS
        for file in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"# (noqa(: [A-Z0-9, ]+)?|type: ignore(\[[a-z, -]+\])?)$", line)
    ]
    assert found == []
