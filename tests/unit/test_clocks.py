"""Clocks that are off, or set while a task runs."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from adapters.kie_http.clock_check import EVERY_S, ClockCheck
from adapters.memory.clock import ManualClock
from application.generating.stopwatch import Stopwatch
from application.operating.clock_watch import TOLERATED_S, ClockWatch
from application.ports.messenger import Running
from domain.generation import GenerationState
from domain.operation import AlarmKind
from tests.support.core_fixture import World, wish

JUMPS = [timedelta(hours=-2), timedelta(hours=2), timedelta(days=40)]


@pytest.mark.parametrize("jump", JUMPS)
async def test_a_clock_that_is_set_while_a_task_runs_shows_in_no_message_and_costs_no_result(jump: timedelta) -> None:
    world = World()
    world.provider.run_time_s = 60
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(20)
        world.clock.set_forward(jump)
        await world.clock.advance(120)
    assert world.row(generation).state is GenerationState.DELIVERED
    assert world.row(generation).failure is None
    shown = [progress.elapsed_s for _, progress in world.messenger.progress if isinstance(progress, Running)]
    assert shown
    assert all(0 <= elapsed <= 70 for elapsed in shown)


@pytest.mark.parametrize("jump", JUMPS)
async def test_a_task_is_looked_at_before_a_new_leader_gives_it_up_for_its_age(jump: timedelta) -> None:
    world = World()
    world.provider.run_time_s = 10
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(2)
    await world.clock.advance(30)
    world.clock.set_forward(jump)
    async with world.leading(world.instance()):
        await world.clock.advance(10)
    assert world.row(generation).failure is None
    assert world.row(generation).state is GenerationState.DELIVERED


async def test_elapsed_time_is_never_negative() -> None:
    clock = ManualClock()
    lasts = Stopwatch.since(clock.now() + timedelta(hours=1), clock)
    assert lasts.elapsed_s == 0
    await clock.advance(5)
    clock.set_forward(timedelta(hours=-3))
    assert lasts.elapsed_s == 5


@pytest.mark.parametrize(("offset_s", "is_raised"), [(0, False), (30, False), (-30, False), (600, True), (-3600, True)])
async def test_the_operator_hears_of_a_clock_that_differs_from_kies(offset_s: float, is_raised: bool) -> None:
    clock, watch = ManualClock(), ClockWatch()
    check = ClockCheck(clock, watch)
    check.see(format_datetime(clock.now() + timedelta(seconds=offset_s), usegmt=True))
    assert [alarm.kind for alarm in watch.present()] == [AlarmKind.CLOCK] * is_raised
    await clock.advance(EVERY_S)
    check.see(format_datetime(clock.now(), usegmt=True))
    assert not watch.present()


@pytest.mark.parametrize(
    "header", [None, "", "yesterday", "Sun, 99 Nov 2026 99:99:99 GMT", "Sun, 29 Nov 2026 10:00:00"]
)
def test_a_date_that_cannot_be_read_says_nothing(header: str | None) -> None:
    watch = ClockWatch()
    ClockCheck(ManualClock(), watch).see(header)
    assert not watch.present()


def test_sources_without_end_take_no_memory_without_end() -> None:
    watch = ClockWatch()
    for number in range(1000):
        watch.observe(f"source {number}", TOLERATED_S + 1)
    assert len(watch._offsets) < 100
