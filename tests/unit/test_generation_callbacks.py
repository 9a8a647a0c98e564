"""What a callback changes, and what a take-over does with one that no one saw."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.memory.trouble import Trouble
from application.errors import (
    ProviderOutcomeUnknown,
)
from application.generating.creation_rate_limiter import CreationWindow
from config.settings import Settings
from domain.generation import GenerationState, TaskId
from tests.support.callbacks import naming
from tests.support.core_fixture import World, wish

S = GenerationState


@pytest.fixture
def world() -> World:
    return World()


async def test_a_callback_brings_the_lost_task_back(world: World) -> None:
    world.provider.on_submit.add(Trouble(error=ProviderOutcomeUnknown("dropped"), takes_effect=True))
    instance = world.instance(Settings(public_url="https://bot.example"))
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(20)
        (task_id,) = world.provider.tasks
        assert world.row(generation).state is S.UNKNOWN
        assert await instance.handle_callback()(generation.id, generation.secret, naming(task_id))
        await world.clock.advance(60)
    row = world.row(generation)
    assert (row.state, row.failure, row.task_id) == (S.DELIVERED, None, task_id)


async def test_a_callback_with_a_wrong_secret_changes_nothing(world: World) -> None:
    instance = world.instance()
    generation = await instance.request_generation()(wish())
    assert not await instance.handle_callback()(generation.id, "guessed", naming(TaskId("forged")))
    assert world.row(generation).reported_task_id is None


async def test_a_forged_callback_is_refused_after_the_end_too(world: World) -> None:
    class Forged(Exception):
        pass

    async def forged(_known: TaskId | None) -> TaskId | None:
        raise Forged

    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(60)
    assert world.row(generation).is_terminal
    with pytest.raises(Forged):
        await instance.handle_callback()(generation.id, generation.secret, forged)


async def test_a_callback_ends_the_wait_at_once(world: World) -> None:
    world.provider.run_time_s = 5
    instance = world.instance(Settings(public_url="https://bot.example"))
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(6)
        assert world.row(generation).state is S.RUNNING
        await instance.handle_callback()(generation.id, generation.secret, naming(world.row(generation).task_id))
        await world.clock.advance(0)
        assert world.row(generation).state is S.DELIVERED


async def test_a_callback_taken_while_no_one_led_is_looked_at_by_the_next_leader_at_once(world: World) -> None:
    world.provider.run_time_s = 5
    settings = Settings(public_url="https://bot.example")
    instance = world.instance(settings)
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(2)
    await world.clock.advance(4)
    await instance.handle_callback()(generation.id, generation.secret, naming(world.row(generation).task_id))
    async with world.leading(world.instance(settings)):
        await world.clock.advance(0)
        assert world.row(generation).state is S.DELIVERED


@pytest.mark.parametrize("dead_for_s", [30, 600, 3000])
async def test_a_task_whose_callback_fell_into_the_dead_time_is_delivered_within_ten_seconds_of_a_take_over(
    world: World, dead_for_s: float
) -> None:
    world.provider.run_time_s = 20
    settings = Settings(public_url="https://bot.example")
    instance = world.instance(settings)
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(2)
    await world.clock.advance(dead_for_s)
    async with world.leading(world.instance(settings)):
        await world.clock.advance(10)
        assert world.row(generation).state is S.DELIVERED


@pytest.mark.parametrize("count", [20, 60])
async def test_many_tasks_are_all_looked_up_within_ten_seconds_of_a_take_over_and_not_all_at_once(
    world: World, count: int
) -> None:
    world.provider.run_time_s = 40
    settings = Settings(public_url="https://bot.example", creation_window=CreationWindow(1000, 10.0))
    instance = world.instance(settings)
    async with world.leading(instance):
        rows = [await instance.request_generation()(wish(key=f"wish {number}")) for number in range(count)]
        await world.clock.advance(5)
    assert {world.row(row).state for row in rows} == {S.RUNNING}
    await world.clock.advance(60)
    async with world.leading(world.instance(settings)):
        await world.clock.advance(0.5)
        assert 1 <= sum(world.row(row).state is S.DELIVERED for row in rows) <= 10
        await world.clock.advance(9.5)
        assert {world.row(row).state for row in rows} == {S.DELIVERED}


@pytest.fixture(autouse=True)
async def _no_task_is_left_behind(world: World) -> AsyncIterator[None]:
    yield
    await world.clock.advance(0)
    left = [task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    assert left == []
