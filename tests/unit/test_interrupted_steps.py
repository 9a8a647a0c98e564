"""What is under way when a leadership ends or the store goes away, and is neither lost nor done twice for it."""

import asyncio

import pytest
from attrs import evolve

from adapters.memory.messenger import InMemoryMessenger
from adapters.memory.trouble import Trouble
from application.errors import (
    DeliveryOutcomeUnknown,
    ProviderOutcomeUnknown,
    StoreUnavailable,
)
from application.ports.media_provider import TaskFailed, TaskSucceeded
from config.settings import Settings
from domain.failure import Failure, FailureKind
from domain.generation import GenerationState, Receipt, Result
from domain.media import MediaKind
from tests.support.core_fixture import World, wish

S = GenerationState
AWAY = Trouble(error=StoreUnavailable("away"))


@pytest.fixture
def world() -> World:
    return World()


async def test_a_message_that_was_on_its_way_when_the_leadership_ended_is_not_sent_again(world: World) -> None:
    world.messenger.on_deliver.add(Trouble(delay_s=1))
    async with world.leading(world.instance()):
        generation = await world.instance().request_generation()(wish())
        while world.row(generation).state is not S.DELIVERING:
            await world.clock.advance(0.1)
    assert world.messenger.deliveries == []
    await world.clock.advance(2)
    async with world.leading(world.instance()):
        await world.clock.advance(60)
    assert world.row(generation).state is S.DELIVERED
    assert len(world.messenger.deliveries) == 1


async def test_a_receipt_that_could_not_be_written_before_the_leadership_ended_is_written_after_it(
    world: World,
) -> None:
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(1)
        world.store.on_save.add(Trouble(), *[AWAY] * 3)  # delivering, and then the receipt
        while not world.messenger.deliveries:
            await world.clock.advance(0.1)
    assert not world.row(generation).receipts
    async with world.leading(instance):
        await world.clock.advance(60)
    assert world.row(generation).state is S.DELIVERED
    assert len(world.messenger.deliveries) == 1


async def test_a_message_is_not_sent_again_because_an_earlier_leaderships_receipt_came_while_it_was_sent(
    world: World,
) -> None:
    pictures = tuple(Result(kind=MediaKind.IMAGE, url=f"https://files.example/{name}.png") for name in "ab")
    world.provider.outcomes.append(TaskSucceeded(results=pictures, credits=1.0))
    world.messenger = InMemoryMessenger(world.clock, batch_size=1)
    world.messenger.on_deliver.add(Trouble(answer_delay_s=5))
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        while not world.messenger.deliveries:
            await world.clock.advance(0.1)
        await world.store.save(world.row(generation).part_delivered(Receipt(indexes=(1,), message="earlier")))
        await world.clock.advance(60)
    assert world.row(generation).state is S.DELIVERED
    assert [delivery.indexes for delivery in world.messenger.deliveries] == [(0,)]


async def test_what_can_not_be_sent_soon_after_the_leadership_is_left_to_the_next_one(world: World) -> None:
    world.messenger.on_deliver.add(Trouble(delay_s=30))
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(10)
    async with world.leading(instance):
        await world.clock.advance(60)
    assert world.row(generation).state is S.DELIVERED
    assert len(world.messenger.deliveries) == 1


async def test_a_wish_is_offered_to_a_store_that_stumbles_until_it_is_taken_on_once(world: World) -> None:
    lost = Trouble(error=StoreUnavailable("dropped"), takes_effect=True)
    world.store.on_add.add(AWAY, lost, AWAY)
    accepting = asyncio.create_task(world.instance().request_generation()(wish()))
    await world.clock.advance(5)
    assert list(world.store.rows) == [(await accepting).id]


async def test_a_person_is_informed_when_the_store_stays_away(world: World) -> None:
    world.store.on_add.add(*[AWAY] * 100)
    accepting = asyncio.create_task(world.instance().request_generation()(wish()))
    await world.clock.advance(11)
    with pytest.raises(StoreUnavailable):
        await accepting


async def test_bad_news_is_reported_until_it_has_certainly_arrived(world: World) -> None:
    world.provider.outcomes.append(TaskFailed(failure=Failure(kind=FailureKind.GENERATION_FAILED)))
    world.messenger.on_conclude.add(*[Trouble(error=DeliveryOutcomeUnknown("HTTP 500"))] * 3)
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(120)
    assert [said.id for said in world.messenger.conclusions] == [generation.id]


async def test_a_file_that_never_certainly_arrives_goes_as_its_link(world: World) -> None:
    arrives = Trouble(error=DeliveryOutcomeUnknown("timed out"), takes_effect=True)
    world.messenger.on_deliver.add(*[arrives] * 3)
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(300)
    assert world.row(generation).state is S.DELIVERED
    assert [sent.sizes for sent in world.messenger.deliveries] == [(6,), (6,), (6,), (None,)]


async def test_tidying_up_after_a_result_is_tried_once(world: World) -> None:
    world.messenger.on_conclude.add(*[Trouble(error=DeliveryOutcomeUnknown("HTTP 500"))] * 2)
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(120)
    assert world.row(generation).state is S.DELIVERED
    assert world.messenger.conclusions == []


async def test_a_write_whose_answer_was_lost_is_recognised_although_the_store_stays_away(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        instance.turns().pause(5)
        generation = await instance.request_generation()(wish())
        await world.clock.advance(1)
        world.store.on_save.add(Trouble(error=StoreUnavailable("dropped"), takes_effect=True))
        world.store.on_get.add(AWAY, AWAY)
        await world.clock.advance(120)
    row = world.row(generation)
    assert (row.state, row.failure) == (S.DELIVERED, None)


async def test_a_report_that_no_one_heard_is_found_before_the_wish_is_closed_as_unknown(world: World) -> None:
    world.provider.on_submit.add(Trouble(error=ProviderOutcomeUnknown("dropped"), takes_effect=True))
    instance = world.instance(Settings(public_url="https://bot.example"))
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(20)
        (task_id,) = world.provider.tasks
        world.store.rows[generation.id] = evolve(world.row(generation), reported_task_id=task_id)
        await world.clock.advance(120)
    row = world.row(generation)
    assert (row.state, row.failure, row.task_id) == (S.DELIVERED, None, task_id)


async def test_a_row_that_was_read_before_an_earlier_leaderships_receipt_is_read_again(world: World) -> None:
    """The receipt was written between the read of the row and the delivery that begins with it."""
    instance = world.instance()
    sendings = instance.sendings()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(60)
    sendings.note_later(generation.id, Receipt(indexes=(0,), message="5"))
    await world.clock.advance(0)
    assert [await sendings.tidied_up(generation.id) for _ in range(2)] == [True, False]
