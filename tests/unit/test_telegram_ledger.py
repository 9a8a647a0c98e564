"""How far Telegram may forget."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.bot.updates.ledger import OffsetLedger


def test_before_anything_is_finished_there_is_no_offset() -> None:
    ledger = OffsetLedger()
    assert ledger.accept(7)
    assert (ledger.offset, ledger.unfinished) == (None, 1)


def test_an_update_on_hand_is_not_taken_again_even_when_it_is_finished() -> None:
    ledger = OffsetLedger()
    ledger.accept(7)
    ledger.accept(8)
    ledger.finish(8)
    assert not ledger.accept(7)
    assert not ledger.accept(8)


@given(st.permutations(range(12)))
def test_the_offset_is_always_the_first_unfinished(order: list[int]) -> None:
    ledger = OffsetLedger()
    for update_id in range(12):
        ledger.accept(update_id)
    done: set[int] = set()
    for update_id in order:
        ledger.finish(update_id)
        done.add(update_id)
        first = next((number for number in range(12) if number not in done), 12)
        assert ledger.offset == (first or None)
        assert ledger.unfinished == 12 - len(done)


def test_numbering_may_begin_anew_after_a_quiet_week() -> None:
    ledger = OffsetLedger()
    ledger.accept(900)
    ledger.finish(900)
    assert ledger.accept(5)
    ledger.finish(5)
    assert ledger.offset == 6
