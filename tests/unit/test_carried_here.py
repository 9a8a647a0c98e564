"""What a callback costs the store, by where it comes in."""

from adapters.memory.trouble import Trouble
from application.errors import StoreUnavailable
from config.settings import Settings
from config.slices.generating import Generating
from domain.generation import Generation, GenerationState
from tests.support.callbacks import naming
from tests.support.core_fixture import World, wish

S = GenerationState


async def running(world: World, instance: Generating) -> Generation:
    """A task that has ended at the provider, and that no one has looked at since."""
    generation = await instance.request_generation()(wish())
    await world.clock.advance(6)
    assert world.row(generation).state is S.RUNNING
    return world.row(generation)


def hosted(world: World) -> Generating:
    world.provider.run_time_s = 5
    return world.instance(Settings(public_url="https://bot.example"))


async def test_at_the_leaders_own_process_it_asks_the_store_nothing_and_announces_nothing() -> None:
    world = World()
    leader = hosted(world)
    async with world.leading(leader):
        row = await running(world, leader)
        world.store.on_report_task.add(Trouble(error=StoreUnavailable("announced all the same")))
        world.store.on_get.add(Trouble(error=StoreUnavailable("read all the same")))
        assert not await leader.handle_callback()(row.id, "of someone else", naming(row.task_id))
        assert await leader.handle_callback()(row.id, row.secret, naming(row.task_id))
        await world.clock.advance(0)
        assert world.row(row).state is S.DELIVERED


async def test_at_another_process_and_at_one_that_led_it_is_announced() -> None:
    world = World()
    former, other = hosted(world), hosted(world)
    async with world.leading(former):
        row = await running(world, former)
    async with world.store.changes() as heard:
        for instance in (former, other):
            assert await instance.handle_callback()(row.id, row.secret, naming(row.task_id))
            assert await anext(heard) == row.id
