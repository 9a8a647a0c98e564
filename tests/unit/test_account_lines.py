"""What a person reads in their history of credits."""

from application.billing.account_lines import LineKind, account_lines
from domain.ledger import Entry, EntryKind, PostedEntry
from tests.support.books import an_entry


def _lines(*entries: Entry, released: tuple[str, ...] = ()) -> list[tuple[LineKind, int, str]]:
    posted = [PostedEntry(number=number, entry=entry) for number, entry in enumerate(entries)]
    return [(line.kind, line.units, line.reference) for line in account_lines(posted, released=released)]


HELD = an_entry(EntryKind.RESERVATION, -18_000, reference="g1")
RELEASED = an_entry(EntryKind.RELEASE, 18_000, reference="g1")
CHARGED = an_entry(EntryKind.CHARGE, -12_000, reference="g1")


def test_a_generation_that_was_paid_for_is_one_line_with_what_it_cost() -> None:
    assert _lines(CHARGED, RELEASED, HELD, released=("g1",)) == [(LineKind.CHARGE, -12_000, "g1")]


def test_a_generation_that_brought_nothing_says_that_its_credits_came_back() -> None:
    assert _lines(RELEASED, HELD, released=("g1",)) == [(LineKind.RETURNED, 18_000, "g1")]


def test_a_generation_under_way_says_what_is_held_for_it() -> None:
    assert _lines(HELD, released=("another",)) == [(LineKind.HELD, -18_000, "g1")]


def test_money_gifts_refunds_and_corrections_are_a_line_each_with_their_stars() -> None:
    payment = an_entry(EntryKind.PAYMENT, 100_000, reference="charge1", stars=50)
    grant = an_entry(EntryKind.GRANT, 5_000, reference="promo")
    refund = an_entry(EntryKind.REFUND, -100_000, reference="charge1", stars=-50)
    correction = an_entry(EntryKind.CORRECTION, 2_000, reference="g1")
    lines = account_lines(
        [PostedEntry(number=1, entry=each) for each in (correction, refund, grant, payment)], released=()
    )
    assert [(line.kind, line.units, line.stars) for line in lines] == [
        (LineKind.CORRECTION, 2_000, None),
        (LineKind.REFUND, -100_000, -50),
        (LineKind.GRANT, 5_000, None),
        (LineKind.PAYMENT, 100_000, 50),
    ]
    assert [line.at for line in lines] == [each.at for each in (correction, refund, grant, payment)]
