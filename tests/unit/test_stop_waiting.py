"""Someone who does not wait any more is left alone and still gets what was paid for."""

import pytest

from application.errors import GenerationNotFound
from domain.generation import GenerationState
from tests.support.core_fixture import World, wish
from tests.support.generations import ANN, BOB


@pytest.fixture
def world() -> World:
    return World()


async def test_no_more_progress_is_shown_and_the_result_is_delivered(world: World) -> None:
    world.provider.run_time_s = 120
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(30)
        shown = len(world.messenger.progress)
        await instance.stop_waiting()(generation.id, ANN)
        await world.clock.advance(60)
        assert shown
        assert len(world.messenger.progress) == shown
        await world.clock.advance(120)
    assert world.row(generation).state is GenerationState.DELIVERED
    assert [delivery.indexes for delivery in world.messenger.deliveries] == [(0,)]
    assert world.messenger.conclusions[0].quiet


async def test_the_next_leader_leaves_them_alone_too(world: World) -> None:
    world.provider.run_time_s = 120
    first, second = world.instance(), world.instance()
    async with world.leading(first):
        generation = await first.request_generation()(wish())
        await world.clock.advance(30)
        await first.stop_waiting()(generation.id, ANN)
        await world.clock.advance(1)
    shown = len(world.messenger.progress)
    async with world.leading(second):
        await world.clock.advance(200)
    assert len(world.messenger.progress) == shown
    assert world.row(generation).state is GenerationState.DELIVERED


async def test_what_is_over_stays_what_it_is_and_a_strangers_is_not_found(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(60)
    ended = await instance.stop_waiting()(generation.id, ANN)
    assert ended.is_terminal
    assert not world.row(generation).quiet
    with pytest.raises(GenerationNotFound):
        await instance.stop_waiting()(generation.id, BOB)
