"""The list of the points at which the service is killed is complete: anyone who adds an effect is asked for its row."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from application.ports.media_provider import MediaProvider
from application.ports.result_fetcher import ResultFetcher
from domain.generation import TRANSITIONS
from domain.ledger import EntryKind
from tests.support.crash_effects import entered, transition, written_by
from tests.support.crash_points import CHAPTERS, SERIES, WITHOUT_CALLBACKS, is_listed, table

ROOT = Path(__file__).parents[2]


def test_every_change_of_state_is_struck() -> None:
    changes = {transition(before, after) for before, afters in TRANSITIONS.items() for after in afters}
    assert [change for change in changes if not is_listed(change)] == []


def test_every_statement_that_writes_is_struck_or_may_be_repeated() -> None:
    written = {effect for folder in ("postgres_store", "postgres_lock") for effect in _written_in(folder)}
    written -= {"update generations: version", "insert schema_migrations"}  # distinguished by state; before the lock
    assert [effect for effect in written if not is_listed(effect)] == []


def test_every_kind_of_entry_is_struck_or_written_with_a_change_of_state() -> None:
    with_a_change = {EntryKind.CHARGE, EntryKind.RELEASE}
    assert [kind for kind in EntryKind if kind not in with_a_change and not is_listed(entered(kind))] == []


def test_every_request_to_telegram_is_struck_or_may_be_repeated() -> None:
    assert [effect for effect in _asked_of_telegram() if not is_listed(effect)] == []


def test_every_request_to_the_provider_is_struck_or_only_reads() -> None:
    effects = {"submit": "KIE: create", "look_up": "KIE: read", "upload": "KIE: upload"}
    assert _asked_of(MediaProvider) == {*effects, "credits", "download_link"}
    assert all(is_listed(effect) for effect in effects.values())
    assert _asked_of(ResultFetcher) == {"fetch"}
    assert is_listed("KIE: result file")


def test_the_page_about_crashes_prints_the_list() -> None:
    page = (ROOT / "docs" / "durability.md").read_text()
    for points in (*CHAPTERS.values(), WITHOUT_CALLBACKS, SERIES):
        assert table(points) in page


def _written_in(folder: str) -> Iterator[str]:
    for file in (ROOT / "adapters" / folder).glob("*.py"):
        for text in _texts_in(ast.parse(file.read_text())):
            if effect := written_by(text):
                yield effect


def _texts_in(node: ast.AST) -> Iterator[str]:
    """Every text, one that is put together as one."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _texts_in(child)


def _asked_of(port: type) -> set[str]:
    return {name for name in vars(port) if not name.startswith("_")}


def _asked_of_telegram() -> set[str]:
    """Methods as the front end names them: as classes of aiogram, as calls of its bot, as answers to what came."""
    sources = [file.read_text() for file in (ROOT / "adapters" / "telegram").rglob("*.py")]
    imported = (re.findall(r"from aiogram\.methods import (?:\(([^)]*)\)|(.*))", source) for source in sources)
    classes = {name for found in imported for names in found for name in re.findall(r"\w+", "".join(names))}
    called = {name for source in sources for name in re.findall(r"_bot\.(\w+)\(", source)}
    names = {name[0].lower() + name[1:] for name in classes - {"TelegramMethod", "Response"}}
    names |= {re.sub(r"_(\w)", lambda found: found[1].upper(), name) for name in called}
    return {f"Telegram: {name}" for name in names}
