"""One generation from acceptance to its end, whatever happens on the way."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.memory.trouble import Trouble
from application.errors import (
    DeliveryOutcomeUnknown,
    DestinationGone,
    MessengerUnavailable,
    NotCancellable,
    ProviderOutcomeUnknown,
    ProviderRejected,
    ProviderUnavailable,
    StoreUnavailable,
)
from application.ports.media_provider import TaskFailed, TaskSucceeded
from application.ports.messenger import Queued, Running
from domain.failure import Charged, Failure, FailureKind
from domain.generation import GenerationState, Receipt, Result
from domain.media import MediaKind
from tests.support.core_fixture import World, wish
from tests.support.generations import ANN, BOB

S = GenerationState


@pytest.fixture
def world() -> World:
    return World()


async def test_a_wish_becomes_one_task_one_result_and_one_delivery(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(60)
    row = world.row(generation)
    assert row.state is S.DELIVERED
    assert [task.submission.input for task in world.provider.tasks.values()] == [
        {"prompt": "a red fox in snow", "aspect_ratio": "1:1"}
    ]
    assert [delivery.indexes for delivery in world.messenger.deliveries] == [(0,)]
    assert row.receipts[0].file_ids
    assert [ended.id for ended in world.messenger.conclusions] == [generation.id]


async def test_the_same_request_twice_is_one_generation(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        first = await instance.request_generation()(wish(key="update-7"))
        second = await instance.request_generation()(wish(key="update-7"))
        await world.clock.advance(60)
    assert second.id == first.id
    assert len(world.provider.tasks) == 1


async def test_progress_is_one_message_edited_in_place(world: World) -> None:
    world.provider.run_time_s = 30
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(60)
    shown = [progress for _, progress in world.messenger.progress]
    assert isinstance(shown[0], Queued)
    assert any(isinstance(progress, Running) for progress in shown)
    assert world.row(generation).progress_message == world.messenger.conclusions[0].progress_message


async def test_a_lost_answer_is_never_submitted_again_and_ends_in_an_honest_message(world: World) -> None:
    world.provider.on_submit.add(Trouble(error=ProviderOutcomeUnknown("dropped"), takes_effect=True))
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(3600)
    assert len(world.provider.tasks) == 1
    row = world.row(generation)
    assert row.state is S.DELIVERED
    assert row.failure == Failure(kind=FailureKind.OUTCOME_UNKNOWN, charged=Charged.UNKNOWN)
    assert world.messenger.conclusions[0].failure == row.failure


@pytest.mark.parametrize("refusals", [1, 4])
async def test_what_certainly_did_not_start_is_submitted_again(world: World, refusals: int) -> None:
    unavailable = Trouble(error=ProviderUnavailable("maintenance", retry_after_s=5.0))
    world.provider.on_submit.add(*[unavailable] * refusals)
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(300)
    assert world.row(generation).state is S.DELIVERED
    assert len(world.provider.tasks) == 1


async def test_a_provider_that_stays_away_gives_the_wish_back_after_hours(world: World) -> None:
    world.provider.on_submit.add(*[Trouble(error=ProviderUnavailable("away"))] * 1000)
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(7 * 3600)
    failure = world.row(generation).failure
    assert failure
    assert failure.kind is FailureKind.PROVIDER_UNAVAILABLE


async def test_a_rejection_is_reported_and_not_repeated(world: World) -> None:
    refused = Failure(kind=FailureKind.OUT_OF_CREDITS, provider_code="402")
    world.provider.on_submit.add(Trouble(error=ProviderRejected(refused)))
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(60)
    assert world.row(generation).failure == refused
    assert world.row(generation).state is S.DELIVERED
    assert world.provider.tasks == {}


async def test_a_failed_task_is_reported_with_its_reason(world: World) -> None:
    failure = Failure(kind=FailureKind.GENERATION_FAILED, provider_code="501", provider_message="upstream")
    world.provider.outcomes.append(TaskFailed(failure=failure))
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(60)
    assert world.row(generation).failure == failure
    assert world.messenger.deliveries == []
    assert len(world.messenger.conclusions) == 1


async def test_a_crash_at_any_moment_costs_neither_a_task_nor_a_result(world: World) -> None:
    """Every instance lives for a fraction of a second only; the next one carries on."""
    world.provider.run_time_s = 2
    first = world.instance()
    generation = await first.request_generation()(wish())
    for _ in range(40):
        async with world.leading(world.instance()):
            await world.clock.advance(0.35)
    assert world.row(generation).state is S.DELIVERED
    assert len(world.provider.tasks) == 1
    assert len(world.messenger.deliveries) == 1


async def test_found_in_submitting_means_unknown_not_again(world: World) -> None:
    instance = world.instance()
    generation = await instance.request_generation()(wish())
    await world.store.save(generation.submitting(at=world.clock.now()))
    async with world.leading(world.instance()):
        await world.clock.advance(3600)
    assert world.provider.tasks == {}
    failure = world.row(generation).failure
    assert failure
    assert failure.kind is FailureKind.OUTCOME_UNKNOWN


async def test_an_answer_that_comes_after_the_leadership_was_lost_is_not_lost(world: World) -> None:
    world.provider.on_submit.add(Trouble(delay_s=5))
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(1)
    assert world.row(generation).state is S.SUBMITTING
    async with world.leading(world.instance()):
        await world.clock.advance(60)
    row = world.row(generation)
    assert (row.state, row.failure) == (S.DELIVERED, None)
    assert len(world.provider.tasks) == 1


async def test_a_store_that_is_away_at_the_worst_moment_does_not_cost_the_task(world: World) -> None:
    away = Trouble(error=StoreUnavailable("away"))
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        world.store.on_save.add(Trouble(), *[away] * 5)
        await world.clock.advance(120)
    assert world.row(generation).state is S.DELIVERED
    assert len(world.provider.tasks) == 1


async def test_a_write_whose_answer_was_lost_is_recognised(world: World) -> None:
    lost = Trouble(error=StoreUnavailable("dropped"), takes_effect=True)
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        world.store.on_save.add(*[lost] * 6)
        await world.clock.advance(120)
    assert world.row(generation).state is S.DELIVERED
    assert len(world.provider.tasks) == 1
    assert len(world.messenger.deliveries) == 1


async def test_a_deposed_leader_writes_and_sends_nothing(world: World) -> None:
    instance = world.instance()
    generation = await instance.request_generation()(wish())
    with pytest.raises(Exception, match="later leadership"):
        async with world.leading(instance):
            world.store.epoch += 1
            await world.clock.advance(60)
    assert world.provider.tasks == {}
    assert world.row(generation).state is S.QUEUED


async def test_a_queued_wish_is_cancelled_for_nothing(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        instance.turns().pause(60)
        generation = await instance.request_generation()(wish())
        await world.clock.advance(1)
        await instance.cancel_generation()(generation.id, ANN)
        await world.clock.advance(120)
    assert world.row(generation).state is S.CANCELLED
    assert world.provider.tasks == {}


async def test_a_running_one_can_not_be_cancelled(world: World) -> None:
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(1)
        with pytest.raises(NotCancellable):
            await instance.cancel_generation()(generation.id, ANN)


async def test_a_chat_that_is_gone_ends_the_delivery(world: World) -> None:
    world.messenger.on_deliver.add(Trouble(error=DestinationGone("blocked")))
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(60)
    row = world.row(generation)
    assert row.state is S.UNDELIVERABLE
    assert row.results


async def test_a_chat_that_must_wait_delays_no_one_else(world: World) -> None:
    world.messenger.on_deliver.add(Trouble(error=MessengerUnavailable("flood", retry_after_s=300.0)))
    instance = world.instance()
    async with world.leading(instance):
        slow = await instance.request_generation()(wish(ANN, key="1"))
        await world.clock.advance(60)
        quick = await instance.request_generation()(wish(BOB, key="2"))
        await world.clock.advance(60)
        assert world.row(slow).state is S.DELIVERING
        assert world.row(quick).state is S.DELIVERED
        await world.clock.advance(300)
    assert world.row(slow).state is S.DELIVERED
    assert len(world.messenger.deliveries) == 2


async def test_a_send_no_one_knows_the_end_of_is_repeated(world: World) -> None:
    world.messenger.on_deliver.add(Trouble(error=DeliveryOutcomeUnknown("timed out"), takes_effect=True))
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(60)
    assert world.row(generation).state is S.DELIVERED
    assert len(world.messenger.deliveries) == 2  # the one window in which twice is allowed


@pytest.mark.parametrize(
    "outcome",
    [None, TaskFailed(failure=Failure(kind=FailureKind.GENERATION_FAILED, charged=Charged.NO))],
    ids=["good", "bad"],
)
async def test_a_delivery_that_ended_while_the_leader_read_the_list_is_not_begun_again(
    world: World, outcome: TaskFailed | None
) -> None:
    world.provider.outcomes.extend([outcome] if outcome else [])
    cut = Trouble(delay_s=1000)
    world.messenger.on_deliver.add(cut)
    world.messenger.on_conclude.add(cut)
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(60)
    row = world.row(generation)
    assert row.state is S.DELIVERING
    world.store.on_read.add(Trouble(), Trouble(), Trouble(answer_delay_s=5))  # listening, the window, the list
    async with world.leading(world.instance()):
        await world.clock.advance(1)
        if row.results:  # what another process had still to write down
            row = await world.store.save(row.part_delivered(Receipt(indexes=(0,), message="1")))
        await world.store.save(row.delivered(at=world.clock.now()))
        await world.clock.advance(60)
    assert (len(world.messenger.deliveries), len(world.messenger.conclusions)) == (0, 0)


async def test_a_result_that_is_gone_is_delivered_as_its_link(world: World) -> None:
    url = "https://results.example/gone.png"
    world.provider.outcomes.append(TaskSucceeded(results=(Result(kind=MediaKind.IMAGE, url=url),)))
    world.fetcher.files[url] = None
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(60)
    assert world.row(generation).state is S.DELIVERED
    assert world.messenger.deliveries[0].sizes == (None,)


async def test_draining_lets_an_act_finish_and_begins_no_other(world: World) -> None:
    world.provider.on_submit.add(Trouble(delay_s=2))
    instance = world.instance()
    async with world.leading(instance):
        under_way = await instance.request_generation()(wish(key="1"))
        await world.clock.advance(1)
        draining = asyncio.create_task(instance.drive_generations().drain())
        late = await instance.request_generation()(wish(key="2"))
        await world.clock.advance(2)
        await draining
    assert world.row(under_way).state is S.RUNNING
    assert world.row(late).state is S.QUEUED
    assert len(world.provider.tasks) == 1


@pytest.fixture(autouse=True)
async def _no_task_is_left_behind(world: World) -> AsyncIterator[None]:
    yield
    await world.clock.advance(0)
    left = [task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    assert left == []


async def test_a_run_time_that_the_provider_only_claims_is_shown_to_no_one_as_the_usual_one(world: World) -> None:
    results = (Result(kind=MediaKind.IMAGE, url="https://results.example/1.png"),)
    world.provider.outcomes.append(TaskSucceeded(results=results, run_time_s=1e12))
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(60)
    usual_s = instance.planner().usual_s(generation.model_id)
    assert usual_s is not None
    assert usual_s < 60
