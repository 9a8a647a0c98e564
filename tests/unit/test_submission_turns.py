"""The provider's creation window is never exceeded, and is used fully."""

from application.generating.creation_rate_limiter import MARGIN_S
from domain.generation import GenerationId
from domain.provider_account import MAIN_ACCOUNT
from tests.support.generations import ANN, BOB
from tests.support.submission_office import WINDOW, Office, office

__all__ = ["office"]


async def test_sixty_at_once_are_placed_within_two_windows_and_never_more_than_twenty_in_one(office: Office) -> None:
    for number in range(60):
        office.ask(ANN, f"wish{number}")
    await office.clock.advance(2 * (WINDOW.period_s + MARGIN_S))
    assert len(office.left) == 60
    assert office.most_in_any_window() == 20


async def test_a_slow_request_holds_its_slot_until_a_window_after_its_end(office: Office) -> None:
    office.ask(ANN, "slow", takes_s=30.0)
    for number in range(19):
        office.ask(ANN, f"quick{number}")
    office.ask(ANN, "next")
    await office.clock.advance(10.0 + MARGIN_S)
    assert office.left[-1][1] == "next"
    for number in range(19):
        office.ask(ANN, f"more{number}")
    await office.clock.advance(11.0)
    in_flight_or_recent = [name for at, name in office.left if at > 10.0]
    assert len(in_flight_or_recent) == 19 + 1
    assert office.most_in_any_window() <= 20


async def test_users_take_turns(office: Office) -> None:
    for number in range(40):
        office.ask(ANN, f"ann{number}")
    office.ask(BOB, "bob")
    await office.clock.advance(0.0)
    assert office.turns.place(BOB, GenerationId("bob")) == 2
    await office.clock.advance(10.0 + MARGIN_S)
    assert [name for _, name in office.left[20:22]] == ["ann20", "bob"]


async def test_what_other_leaders_sent_still_counts(office: Office) -> None:
    office.turns.restore([(MAIN_ACCOUNT, age_s) for age_s in [1.0] * 15 + [9.5] * 5])
    office.ask(ANN, "wish")
    await office.clock.advance(0.4)
    assert office.left == []
    await office.clock.advance(0.2 + MARGIN_S)
    assert len(office.left) == 1


async def test_the_provider_may_ask_for_a_rest(office: Office) -> None:
    office.turns.pause(30.0)
    office.ask(ANN, "wish")
    await office.clock.advance(29.9)
    assert office.left == []
    await office.clock.advance(0.2)
    assert len(office.left) == 1


async def test_one_that_gives_up_leaves_the_queue_and_takes_no_slot(office: Office) -> None:
    for number in range(20):
        office.ask(ANN, f"ann{number}")
    gone = office.ask(BOB, "gone")
    office.ask(BOB, "stays")
    await office.clock.advance(1.0)
    gone.cancel()
    await office.clock.advance(10.0 + MARGIN_S)
    assert [name for _, name in office.left[20:]] == ["stays"]
    assert len(office.turns) == 0
