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
from application.generating.creation_rate_limiter import CreationWindow
from application.ports.media_provider import TaskFailed, TaskSucceeded
from application.ports.messenger import Queued, Running, Uploading
from config.settings import Settings
from domain.failure import Charged, Failure, FailureKind
from domain.generation import GenerationState, Receipt, Result, TaskId
from domain.media import Attachment, MediaKind
from domain.media_fit import MediaFacts
from tests.support.callbacks import naming
from tests.support.core_fixture import ANN, BOB, World, wish

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


async def test_a_persons_file_is_uploaded_when_the_task_is_created(world: World) -> None:
    photo = Attachment(reference="file1", kind=MediaKind.IMAGE, mime="image/jpeg", name="photo.jpg", size_bytes=4)
    world.attachments.files["file1"] = b"jpeg"
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish(model="recraft/remove-background", image=photo))
        await world.clock.advance(60)
    assert world.row(generation).state is S.DELIVERED
    (task,) = world.provider.tasks.values()
    assert list(world.provider.uploads.values()) == [b"jpeg"]
    assert task.submission.input == {"image": next(iter(world.provider.uploads))}


async def test_a_person_sees_that_a_file_is_uploaded_and_not_that_the_wish_waits(world: World) -> None:
    photo = Attachment(reference="file1", kind=MediaKind.IMAGE, mime="image/jpeg", name="photo.jpg", size_bytes=4)
    world.attachments.files["file1"] = b"jpeg"
    world.provider.on_upload.add(Trouble(delay_s=30))
    instance = world.instance()
    async with world.leading(instance):
        await instance.request_generation()(wish(model="recraft/remove-background", image=photo))
        await world.clock.advance(20)
    assert {type(progress) for _, progress in world.messenger.progress} == {Uploading}


async def test_a_wish_that_waits_for_its_turn_is_not_shown_as_uploading(world: World) -> None:
    photo = Attachment(reference="file1", kind=MediaKind.IMAGE, mime="image/jpeg", name="photo.jpg", size_bytes=4)
    world.attachments.files["file1"] = b"jpeg"
    instance = world.instance()
    async with world.leading(instance):
        instance.turns().pause(40)
        await instance.request_generation()(wish(model="recraft/remove-background", image=photo))
        await world.clock.advance(30)
    assert world.messenger.progress[-1][1] == Queued(place=1)


async def test_a_file_of_a_rare_type_is_converted_before_it_is_uploaded_and_the_person_is_informed(
    world: World,
) -> None:
    photo = Attachment(reference="file1", kind=MediaKind.IMAGE, mime="image/heic", name="photo.heic", size_bytes=4)
    world.attachments.files["file1"] = b"heic"
    world.media_files.facts["photo.heic"] = MediaFacts(mime="image/heic", size_bytes=4, width=8000, height=6000)
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish(model="recraft/remove-background", image=photo))
        await world.clock.advance(60)
    assert world.row(generation).state is S.DELIVERED
    [plan] = world.media_files.fitted
    assert plan.mime == "image/jpeg"


async def test_a_file_outside_the_limits_fails_before_it_is_uploaded(world: World) -> None:
    photo = Attachment(reference="file1", kind=MediaKind.IMAGE, mime="image/jpeg", name="huge.jpg", size_bytes=4)
    world.attachments.files["file1"] = b"jpeg"
    world.media_files.facts["huge.jpg"] = MediaFacts(mime="image/jpeg", size_bytes=4, width=60_000, height=60_000)
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish(model="recraft/remove-background", image=photo))
        await world.clock.advance(60)
    failure = world.row(generation).failure
    assert failure
    assert (failure.kind, failure.charged, failure.provider_code) == (FailureKind.INVALID_INPUT, Charged.NO, "side_px")
    assert world.provider.uploads == {}
    assert world.provider.tasks == {}


@pytest.mark.parametrize(("measured_s", "is_bought"), [(2.9, True), (300.0, False)])
async def test_a_file_that_is_longer_than_its_sender_said_costs_no_more_than_was_shown(
    world: World, measured_s: float, *, is_bought: bool
) -> None:
    voice = Attachment(
        reference="v",
        kind=MediaKind.AUDIO,
        mime="audio/mpeg",
        name="v.mp3",
        size_bytes=4,
        seconds=2.0,
        seconds_error=1.0,
    )
    world.attachments.files["v"] = b"ID3."
    world.media_files.facts["v.mp3"] = MediaFacts(mime="audio/mpeg", size_bytes=4, seconds=measured_s)
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish(model="elevenlabs/audio-isolation", audio_url=voice))
        await world.clock.advance(60)
    assert len(world.provider.tasks) == is_bought
    failure = world.row(generation).failure
    assert (failure is None) == is_bought
    if failure:
        assert (failure.provider_code, failure.charged) == ("price", Charged.NO)


@pytest.mark.parametrize(("mask_size", "is_bought"), [((640, 480), True), ((320, 240), False)])
async def test_a_mask_of_another_size_than_its_picture_is_not_sent(
    world: World, mask_size: tuple[int, int], *, is_bought: bool
) -> None:
    sizes = {"picture.png": (640, 480), "mask.png": mask_size}
    for name, (width, height) in sizes.items():
        world.attachments.files[name] = b"png."
        world.media_files.facts[name] = MediaFacts(mime="image/png", size_bytes=4, width=width, height=height)
    picture, mask = (
        Attachment(reference=name, kind=MediaKind.IMAGE, mime="image/png", name=name, size_bytes=4) for name in sizes
    )
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(
            wish(model="ideogram/v3-edit", prompt="a red fox", image_url=picture, mask_url=mask)
        )
        await world.clock.advance(60)
    assert len(world.provider.tasks) == is_bought
    failure = world.row(generation).failure
    assert (failure.provider_code if failure else None) == (None if is_bought else "same_size_as")


async def test_an_empty_file_fails_before_it_costs_and_is_called_empty(world: World) -> None:
    photo = Attachment(reference="none", kind=MediaKind.IMAGE, mime="image/jpeg", name="photo.jpg")
    world.attachments.files["none"] = b""
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish(model="recraft/remove-background", image=photo))
        await world.clock.advance(60)
    failure = world.row(generation).failure
    assert failure
    assert (failure.kind, failure.charged) == (FailureKind.ATTACHMENT_EMPTY, Charged.NO)
    assert not world.provider.tasks


async def test_a_file_the_front_end_lost_fails_before_it_costs(world: World) -> None:
    photo = Attachment(reference="lost", kind=MediaKind.IMAGE, mime="image/jpeg", name="photo.jpg", size_bytes=4)
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish(model="recraft/remove-background", image=photo))
        await world.clock.advance(60)
    failure = world.row(generation).failure
    assert failure
    assert (failure.kind, failure.charged) == (FailureKind.ATTACHMENT_LOST, Charged.NO)
    assert world.provider.tasks == {}


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
