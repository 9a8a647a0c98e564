"""A periodic duty goes on whatever a turn of it meets, and ends with the leadership."""

import asyncio

import pytest

from adapters.memory.clock import ManualClock
from application.errors import NotLeader, StoreUnavailable
from application.leading.repeat import repeat, until_store_answers
from tests.support.log_record import logs_recorded


class Turns:
    """What the next turns raise, and when each began."""

    def __init__(self, clock: ManualClock, *errors: Exception | None) -> None:
        self._clock = clock
        self._errors = list(errors)
        self.at: list[float] = []

    async def __call__(self) -> None:
        self.at.append(self._clock.monotonic())
        if self._errors and (error := self._errors.pop(0)):
            raise error


async def test_a_turn_that_fails_is_logged_and_the_next_one_comes() -> None:
    clock = ManualClock()
    turns = Turns(clock, StoreUnavailable("away"), ValueError("our own"))
    with logs_recorded() as record:
        duty = asyncio.create_task(repeat(turns, duty="counting", clock=clock, every_s=10.0, after_failure_s=3.0))
        await clock.advance(20)
    duty.cancel()
    assert turns.at == [0, 3, 6, 16]
    assert [(line["event"], line["level"]) for line in record.events] == [
        ("duty.postponed", "warning"),
        ("duty.fault", "error"),
    ]


async def test_a_duty_ends_with_its_leadership() -> None:
    clock = ManualClock()
    with pytest.raises(NotLeader):
        await repeat(Turns(clock, NotLeader("over")), duty="counting", clock=clock, every_s=10.0)


async def test_left_out_the_wait_after_a_failure_is_the_usual_one() -> None:
    clock = ManualClock()
    turns = Turns(clock, StoreUnavailable("away"))
    duty = asyncio.create_task(repeat(turns, duty="counting", clock=clock, every_s=10.0))
    await clock.advance(20)
    duty.cancel()
    assert turns.at == [0, 10, 20]


async def test_a_request_waits_for_a_store_that_is_away_for_a_moment() -> None:
    clock = ManualClock()
    turns = Turns(clock, StoreUnavailable("away"), StoreUnavailable("away"))
    asked = asyncio.create_task(until_store_answers(turns, clock=clock, for_s=10.0))
    await clock.advance(5)
    await asked
    assert turns.at == pytest.approx([0, 0.2, 0.6])


async def test_a_request_gives_up_before_it_would_wait_past_its_time() -> None:
    clock = ManualClock()
    turns = Turns(clock, *[StoreUnavailable("away")] * 9)
    asked = asyncio.create_task(until_store_answers(turns, clock=clock, for_s=1.5))
    await clock.advance(5)
    with pytest.raises(StoreUnavailable):
        await asked
    assert turns.at == pytest.approx([0, 0.2, 0.6, 1.4])


async def test_a_request_that_is_refused_is_not_repeated() -> None:
    clock = ManualClock()
    turns = Turns(clock, ValueError("no"))
    with pytest.raises(ValueError, match="no"):
        await until_store_answers(turns, clock=clock, for_s=10.0)
    assert turns.at == [0]
