"""The leader carries all that is unfinished, whatever the store, a race or a fault of our own puts in its way."""

import pytest

from adapters.memory.leader_lock import InMemoryLeaderLock
from adapters.memory.trouble import Trouble
from application.errors import StaleGeneration, StoreUnavailable
from application.generating.drive_generations import FAULTS_BORNE
from domain.generation import Generation, GenerationState
from domain.model import ModelId
from tests.support.core_fixture import World, wish
from tests.support.generations import NOON, a_generation, life_of

S = GenerationState
AWAY = Trouble(error=StoreUnavailable("away"))
FAULT = Trouble(error=RuntimeError("a fault of our own"))


@pytest.fixture
def world() -> World:
    return World()


def _wanted() -> Generation:
    """A wish that another instance accepts."""
    return a_generation(model_id=ModelId("z-image"))


async def test_the_leader_says_how_many_it_carries(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        for number in range(3):
            await instance.request_generation()(wish(key=f"wish {number}"))
        await world.clock.advance(1)
        assert instance.drive_generations().in_flight == 3
        await world.clock.advance(60)
        assert instance.drive_generations().in_flight == 0


async def test_a_store_that_is_away_when_a_leader_begins_delays_the_wishes_and_loses_none(world: World) -> None:
    row = await world.store.add(_wanted())
    world.store.on_read.add(AWAY, AWAY, AWAY)
    async with world.leading(world.instance()):
        await world.clock.advance(60)
    assert world.row(row).state is S.DELIVERED


async def test_a_fault_in_the_duty_itself_ends_it_and_is_not_taken_for_a_lost_leadership(world: World) -> None:
    world.store.on_read.add(FAULT)
    leadership = await InMemoryLeaderLock(world.room, bot="1").acquire()
    with pytest.raises(ExceptionGroup) as ended:
        await world.instance().drive_generations().run(leadership)
    assert ended.value.subgroup(RuntimeError)


async def test_a_wish_that_is_gone_or_over_when_it_is_heard_of_is_left_alone(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        await world.clock.advance(1)
        world.store.on_get.add(Trouble(delay_s=1), Trouble(delay_s=1))
        forgotten, over = await world.store.add(_wanted()), await world.store.add(_wanted())
        del world.store.rows[forgotten.id]
        await world.store.save(over.cancelled(at=NOON))
        later = await instance.request_generation()(wish())
        await world.clock.advance(60)
    assert world.row(over).state is S.CANCELLED
    assert world.row(later).state is S.DELIVERED
    assert len(world.provider.tasks) == 1


async def test_a_delivery_whose_row_is_gone_by_now_is_not_begun(world: World) -> None:
    *_, delivering, _ = life_of(_wanted())
    world.store.rows[delivering.id] = delivering
    world.store.on_get.add(Trouble(delay_s=1))
    async with world.leading(world.instance()):
        await world.clock.advance(0.5)
        del world.store.rows[delivering.id]
        await world.clock.advance(60)
    assert world.messenger.deliveries == []


async def test_a_row_that_others_changed_is_read_again_and_gets_one_task(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        world.store.on_save.add(Trouble(error=StaleGeneration("changed by another")))
        await world.clock.advance(60)
    assert world.row(generation).state is S.DELIVERED
    assert len(world.provider.tasks) == 1


async def test_a_delivery_found_by_a_new_leader_waits_for_a_store_that_is_away_and_is_made_once(world: World) -> None:
    *_, delivering, _ = life_of(_wanted())
    world.store.rows[delivering.id] = delivering
    world.store.on_get.add(AWAY, AWAY)
    async with world.leading(world.instance()):
        await world.clock.advance(60)
    assert world.row(delivering).state is S.DELIVERED
    assert len(world.messenger.deliveries) == 1


async def test_a_fault_about_one_wish_is_counted_and_tried_again_and_harms_no_other(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        world.store.on_save.add(FAULT)
        rows = [await instance.request_generation()(wish(key=f"wish {number}")) for number in range(2)]
        await world.clock.advance(120)
    assert {world.row(row).state for row in rows} == {S.DELIVERED}
    assert world.metrics.counted("generation_fault") == 1


async def test_after_several_faults_a_wish_is_left_to_the_next_leader(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        world.store.on_save.add(*[FAULT] * FAULTS_BORNE)
        await world.clock.advance(600)
        assert world.metrics.counted("generation_fault") == FAULTS_BORNE
        assert instance.drive_generations().in_flight == 0
        assert world.row(generation).state is S.QUEUED
    async with world.leading(world.instance()):
        await world.clock.advance(60)
    assert world.row(generation).state is S.DELIVERED


async def test_a_fault_about_an_announced_wish_ends_no_leadership_and_harms_no_other(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        await world.clock.advance(1)
        world.store.on_get.add(FAULT)
        unreadable = await world.store.add(_wanted())
        other = await world.store.add(_wanted())
        await world.clock.advance(60)
    assert (world.row(unreadable).state, world.row(other).state) == (S.QUEUED, S.DELIVERED)
    assert world.metrics.counted("generation_fault") == 1


async def test_a_fault_about_a_wish_that_was_taken_back_ends_no_leadership(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        carried = await instance.request_generation()(wish())
        await world.clock.advance(1)
        world.store.on_get.add(FAULT)
        await world.store.mark_quiet(carried.id)
        await world.clock.advance(60)
    assert world.row(carried).state is S.DELIVERED
    assert world.metrics.counted("generation_fault") == 1


async def test_a_fault_while_progress_is_shown_ends_no_leadership_and_is_forgotten_with_the_next_look(
    world: World,
) -> None:
    instance = world.instance()
    async with world.leading(instance):
        world.messenger.on_show_progress.add(FAULT)
        carried = await instance.request_generation()(wish())
        await world.clock.advance(60)
    assert world.row(carried).state is S.DELIVERED
    assert world.messenger.progress
