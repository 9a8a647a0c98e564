"""A history as a person reads it: what a generation cost is one line, not three entries."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from attrs import frozen

from domain.ledger import EntryKind, PostedEntry


class LineKind(StrEnum):
    """What happened."""

    PAYMENT = "payment"
    GRANT = "grant"
    CHARGE = "charge"
    REFUND = "refund"
    CORRECTION = "correction"
    HELD = "held"
    RETURNED = "returned"


@frozen(kw_only=True)
class AccountLine:
    """``units`` is signed, except for what is held or was returned: that is no change in the end."""

    kind: LineKind
    units: int
    at: datetime
    reference: str
    stars: int | None = None


def account_lines(entries: Sequence[PostedEntry], *, released: Collection[str]) -> Sequence[AccountLine]:
    """The lines of entries, newest first. ``released``: references whose reservation is held no more."""
    charged = _references(entries, EntryKind.CHARGE)
    lines = []
    for posted in entries:
        entry = posted.entry
        match entry.kind:
            case EntryKind.RESERVATION if entry.reference in released:
                continue
            case EntryKind.RELEASE if entry.reference in charged:
                continue
            case EntryKind.RESERVATION:
                kind = LineKind.HELD
            case EntryKind.RELEASE:
                kind = LineKind.RETURNED
            case _:
                kind = LineKind(entry.kind.value)
        lines.append(
            AccountLine(kind=kind, units=entry.units, at=entry.at, reference=entry.reference, stars=entry.stars)
        )
    return lines


def _references(entries: Iterable[PostedEntry], kind: EntryKind) -> set[str]:
    return {posted.entry.reference for posted in entries if posted.entry.kind is kind}
