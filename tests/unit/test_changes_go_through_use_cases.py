"""Front ends may read a store; every change of one goes through a use case (docs/adr/0013)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
OWN: Final = {"ChatSessionStore", "UpdateInbox", "WebhookOutbox"}
"""Stores of a front end's own: what a chat shows, the updates that it has received, the notices that the API has to send."""
READS: Final = {
    "AccessStore": {"people", "person", "blocks"},
    "AlarmStore": {"raised"},
    "ApiKeyStore": {"get", "all"},
    "AuditLog": {"newest"},
    "BookReports": {"days", "models", "unsettled", "wrong_charges", "overruns", "last_charges"},
    "BotDirectory": {"all", "accounts", "revision"},
    "BotStates": {"states"},
    "BroadcastStore": {"get", "latest", "reachable", "under_way", "counts"},
    "CreationSlots": set(),
    "CurrentResultStore": {"get"},
    "DraftStore": {"get"},
    "Gallery": {"find", "models_of", "favourites", "links", "shared"},
    "GenerationStore": {"get", "history", "last_of", "unfinished", "durations", "changes"},
    "Ledger": {"balance", "history", "find", "between", "has_paid", "totals", "uneven"},
    "LimitStore": {"get"},
    "MediaIndex": {"get", "of_generations", "of_owner", "usage", "not_held"},
    "MediaStore": {"open", "read"},
    "ModelSwitches": {"paused", "pause_of"},
    "PersonRecords": {"export", "unfinished"},
    "PreferenceStore": {"get"},
    "PresetStore": {"get", "by_link", "of_owner"},
    "PriceBook": {"prices"},
    "ProgressStore": {"of", "watch"},
    "ProviderAccounts": {"taken", "uncertain", "last_reading"},
    "PurchaseStore": {"open_refunds", "refund_ended", "noted_refunds", "subscriptions", "inviter_of"},
    "ReferenceStore": {"of_owner"},
    "SessionStore": {"find", "of_user"},
    "TextCallStore": {"spent", "unended"},
    "UnsafeList": {"phrases"},
}
"""By port, what leaves the store as it is."""


def test_no_front_end_changes_a_store_itself() -> None:
    found = {call for folder in ("telegram", "cli", "web", "api_http") for call in _writes(ROOT / "adapters" / folder)}
    assert not found, sorted(found)


def test_every_port_that_keeps_something_is_looked_at() -> None:
    kept = re.compile(
        r"(Store|Index|Ledger|List|Log|Book|Reports|Directory|States|Slots|Accounts|Switches|Records|Gallery|Outbox|Inbox)$"
    )
    ports = {
        node.name
        for file in (ROOT / "application" / "ports").glob("*.py")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Protocol" for base in node.bases)
    }
    assert {port for port in ports if kept.search(port)} == set(READS) | OWN


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
