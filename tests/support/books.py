"""Entries for tests of the ledger, and the one question they all end with."""

from datetime import timedelta
from itertools import count
from typing import Any, Final

from application.ports.ledger import Ledger
from domain.generation import UserId
from domain.ledger import Entry, EntryKind
from domain.reservation import Reservation
from tests.support.generations import ANN, NOON

DEAR: Final = Reservation(units=18_000, expected_units=12_000)

_numbers = count(1)


def an_entry(kind: EntryKind, units: int, *, user: UserId = ANN, key: str = "", **changes: Any) -> Entry:
    """An entry of Ann's, with a key of its own unless one is given."""
    number = next(_numbers)
    values: dict[str, Any] = {"key": key or f"key {number}", "at": NOON + timedelta(seconds=number)}
    return Entry(user=user, kind=kind, units=units, **values | changes)


def a_grant(units: int, user: UserId = ANN) -> Entry:
    """Credits for nothing."""
    return an_entry(EntryKind.GRANT, units, user=user)


async def assert_books_balance(ledger: Ledger) -> None:
    """What came in is what is there, what was spent and what is held back; and every balance is its entries' sum."""
    totals = await ledger.totals()
    assert totals.is_even, totals
    assert list(await ledger.uneven()) == []
