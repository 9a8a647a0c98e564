"""Bots that share an account at the provider wait for a place in its window, and no one's trouble stops the others."""

import asyncio

import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.creation_slots import InMemoryCreationSlots
from application.errors import StoreUnavailable
from application.generating.account_gate import ANSWERED_WITHIN_S, AccountGate
from application.generating.creation_rate_limiter import MARGIN_S, CreationWindow

WINDOW = CreationWindow(1, 10.0)


class SlotsByHand:
    """``CreationSlots`` whose answers a test gives."""

    def __init__(self) -> None:
        self.asked: list[asyncio.Future[float]] = []

    async def take(self, account: str, /, *, count: int, period_s: float) -> float:
        answer: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.asked.append(answer)
        return await answer


class Queue:
    """Three bots that ask at one gate, one after another; the clock lets all come to rest."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.slots = SlotsByHand()
        gate = AccountGate("account", WINDOW, self.slots, self.clock)
        self.first, self.second, self.third = (asyncio.create_task(gate.admit(bot)) for bot in ("1", "2", "3"))

    async def rest(self) -> None:
        await self.clock.advance(0)

    def waiting(self) -> list[bool]:
        return [not task.done() for task in (self.first, self.second, self.third)]


async def test_a_bot_waits_until_the_provider_has_forgotten_the_last_request() -> None:
    clock = ManualClock()
    gate = AccountGate("account", WINDOW, InMemoryCreationSlots(clock), clock)
    await gate.admit("1")
    waiting = asyncio.create_task(gate.admit("2"))
    await clock.advance(WINDOW.period_s + MARGIN_S + ANSWERED_WITHIN_S - 0.01)
    assert not waiting.done()
    await clock.advance(0.02)
    assert waiting.done()


async def test_where_the_store_is_away_only_the_bot_whose_turn_it_is_fails() -> None:
    bots = Queue()
    await bots.rest()
    bots.slots.asked[0].set_exception(StoreUnavailable("away"))
    await bots.rest()
    with pytest.raises(StoreUnavailable):
        await bots.first
    assert bots.waiting() == [False, True, True]
    for number in (1, 2):
        bots.slots.asked[number].set_result(0.0)
        await bots.rest()
    assert bots.waiting() == [False, False, False]


async def test_no_place_is_taken_for_a_bot_that_gave_up_before_its_turn() -> None:
    bots = Queue()
    await bots.rest()
    bots.slots.asked[0].set_result(0.0)
    bots.second.cancel()
    await bots.rest()
    assert bots.waiting() == [False, False, True]
    assert len(bots.slots.asked) == 2
    bots.slots.asked[1].set_result(0.0)
    await bots.rest()
    assert bots.waiting() == [False, False, False]


@pytest.mark.parametrize("is_away", [False, True])
async def test_a_bot_that_gives_up_during_its_turn_does_not_hold_the_others_up(is_away: bool) -> None:
    bots = Queue()
    await bots.rest()
    bots.first.cancel()
    if is_away:
        bots.slots.asked[0].set_exception(StoreUnavailable("away"))
    else:
        bots.slots.asked[0].set_result(0.0)
    for number in (1, 2):
        await bots.rest()
        bots.slots.asked[number].set_result(0.0)
    await bots.rest()
    assert bots.waiting() == [False, False, False]
    assert bots.first.cancelled()
