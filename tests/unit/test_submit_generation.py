"""What becomes of a wish and its files on the way from the queue to a task, where something is in the way."""

import asyncio

import pytest
from attrs import evolve
from dependency_injector import providers

from adapters.memory.leader_lock import InMemoryLeaderLock
from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.trouble import Trouble
from application.errors import NotLeader, ProviderRejected, ProviderUnavailable
from application.ports.messenger import Uploading
from config.slices.generating import Generating
from domain.failure import Failure, FailureKind
from domain.generation import Generation, GenerationState
from domain.media import Attachment, MediaKind
from domain.media_fit import MediaFacts
from domain.model import ModelId
from domain.provider_account import AccountName
from tests.support.core_fixture import World, wish
from tests.support.generations import a_generation

S = GenerationState
AWAY = Trouble(error=ProviderUnavailable("away"))
NO_CREDITS = Failure(kind=FailureKind.OUT_OF_CREDITS, provider_code="402")
REJECTED = Failure(kind=FailureKind.INPUT_REJECTED, provider_code="422")
CUT_OUT = "recraft/remove-background"


@pytest.fixture
def world() -> World:
    return World()


def _photo(world: World, name: str, kind: MediaKind = MediaKind.IMAGE, mime: str = "image/jpeg") -> Attachment:
    """A file that a front end keeps."""
    world.attachments.files[name] = name.encode()
    return Attachment(reference=name, kind=kind, mime=mime, name=name, size_bytes=len(name))


async def _made(world: World, instance: Generating, model: str = CUT_OUT, **values: object) -> Generation:
    """What became of a wish after some minutes."""
    async with world.leading(instance):
        generation = await instance.request_generation()(wish(model=model, **values))  # type: ignore[arg-type]  # keyword arguments of several types
        await world.clock.advance(300)
    return world.row(generation)


async def test_a_file_is_uploaded_again_after_the_provider_was_away(world: World) -> None:
    world.provider.on_upload.add(AWAY, AWAY)
    row = await _made(world, world.instance(), image=_photo(world, "fox"))
    assert row.state is S.DELIVERED
    assert list(world.provider.uploads.values()) == [b"fox"]


async def test_a_file_is_uploaded_once_however_often_its_task_is_refused(world: World) -> None:
    world.provider.on_submit.add(AWAY, AWAY)
    row = await _made(world, world.instance(), image=_photo(world, "fox"))
    assert row.state is S.DELIVERED
    assert len(world.provider.uploads) == 1


async def test_a_file_the_provider_rejects_ends_the_wish_with_its_reason_and_no_task(world: World) -> None:
    world.provider.on_upload.add(Trouble(error=ProviderRejected(REJECTED)))
    row = await _made(world, world.instance(), image=_photo(world, "fox"))
    assert row.failure == REJECTED
    assert world.messenger.conclusions[0].failure == REJECTED
    assert world.provider.tasks == {}


@pytest.mark.parametrize(("failure", "is_made"), [(NO_CREDITS, True), (REJECTED, False)])
async def test_a_file_goes_to_another_account_where_one_is_refused_and_not_where_the_file_is(
    world: World, failure: Failure, *, is_made: bool
) -> None:
    instance, second = world.instance(), InMemoryProvider(world.clock)
    instance.accounts().use({AccountName("second"): second})
    world.provider.on_upload.add(Trouble(error=ProviderRejected(failure)))
    row = await _made(world, instance, image=_photo(world, "fox"))
    assert row.failure == (None if is_made else failure)
    assert (len(world.provider.uploads), len(second.uploads)) == (0, int(is_made))


async def test_files_in_lists_and_in_parts_of_a_value_all_become_addresses_and_the_person_sees_them_go(
    world: World,
) -> None:
    fox, hare = _photo(world, "fox"), _photo(world, "hare")
    owl = _photo(world, "owl", MediaKind.VIDEO, "video/mp4")
    world.media_files.facts["owl"] = MediaFacts(mime="video/mp4", size_bytes=3, seconds=4.0)
    world.provider.on_upload.add(Trouble(delay_s=20))
    row = await _made(
        world,
        world.instance(),
        "gemini-omni-video",
        prompt="a chase",
        duration="4",
        image_urls=[fox, hare],
        video_list=[{"url": owl, "start": 0, "ends": 2}],
    )
    assert row.failure is None
    [task] = world.provider.tasks.values()
    urls = {content.decode(): url for url, content in world.provider.uploads.items()}
    assert task.submission.input["image_urls"] == [urls["fox"], urls["hare"]]
    assert task.submission.input["video_list"] == [{"url": urls["owl"], "start": 0, "ends": 2}]
    assert isinstance(world.messenger.progress[0][1], Uploading)


@pytest.mark.parametrize(
    ("reported", "read", "is_sent"),
    [(5.0, 5.5, True), (5.0, 6.5, False), (5.0, None, False), (None, None, True)],
)
async def test_a_film_whose_length_cannot_be_read_is_sent_only_where_the_most_was_agreed_to(
    world: World, reported: float | None, read: float | None, *, is_sent: bool
) -> None:
    film = evolve(_photo(world, "owl", MediaKind.VIDEO, "video/mp4"), seconds=reported, seconds_error=1.0)
    world.media_files.facts["owl"] = MediaFacts(mime="video/mp4", size_bytes=3, seconds=read)
    row = await _made(world, world.instance(), "happyhorse/video-edit", prompt="in oil", video_url=film)
    assert (row.failure is None) is is_sent
    assert len(world.provider.tasks) == int(is_sent)
    if not is_sent:
        assert row.failure is not None
        assert row.failure.provider_code == ("price" if read else "price_of_unread_length")
        assert row.failure.violation
        assert (row.failure.violation.path, row.failure.violation.values["measure"]) == (
            "video_url",
            row.failure.provider_code,
        )


@pytest.mark.parametrize(("width", "is_sent"), [(1000, True), (1024, True), (1025, False), (None, False)])
async def test_a_picture_larger_than_its_sender_said_is_not_enlarged_for_more_than_was_agreed_to(
    world: World, width: int | None, *, is_sent: bool
) -> None:
    picture = evolve(_photo(world, "fox", mime="image/png"), width=1000, height=900)
    world.media_files.facts["fox"] = MediaFacts(mime="image/png", size_bytes=3, width=width, height=900)
    row = await _made(world, world.instance(), "topaz/image-upscale", image_url=picture, upscale_factor="2")
    assert (row.failure is None) is is_sent
    assert len(world.provider.tasks) == int(is_sent)
    assert row.failure is None or row.failure.provider_code == "price"
    assert row.reserved_credits == 10


async def test_where_no_file_can_be_looked_into_it_goes_as_it_is(world: World) -> None:
    instance = world.instance()
    instance.media_files.override(providers.Object(None))
    row = await _made(world, instance, image=_photo(world, "fox", mime="image/heic"))
    assert row.state is S.DELIVERED
    assert world.media_files.fitted == []


async def test_a_wish_the_model_no_longer_takes_ends_before_it_costs(world: World) -> None:
    row = await world.store.add(a_generation(model_id=ModelId("z-image"), input={"prompt": "fox", "gone": 1}))
    async with world.leading(world.instance()):
        await world.clock.advance(60)
    failure = world.row(row).failure
    assert failure
    assert failure.violation
    assert (failure.kind, failure.violation.path) == (FailureKind.INVALID_INPUT, "gone")
    assert world.provider.tasks == {}


async def _deposed(world: World, instance: Generating, lock: InMemoryLeaderLock) -> None:
    """Lead until that is over, as it must be within a few seconds."""
    leadership = await lock.acquire()
    world.store.epoch = leadership.epoch
    driving = asyncio.create_task(instance.drive_generations().run(leadership))
    await world.clock.advance(10)
    assert driving.done()
    with pytest.raises(NotLeader):
        await driving
    await instance.turns().close()
    await lock.close()


async def test_a_leader_deposed_just_before_the_request_creates_no_task_and_the_wish_keeps_its_turn(
    world: World,
) -> None:
    instance, lock = world.instance(), InMemoryLeaderLock(world.room, bot="1")
    world.store.watchers.append(lambda row: lock.lose() if row.state is S.SUBMITTING else None)
    generation = await instance.request_generation()(wish())
    await _deposed(world, instance, lock)
    assert world.row(generation).state is S.QUEUED
    assert world.provider.tasks == {}


async def test_a_task_created_under_a_leadership_that_is_over_is_handed_to_the_next(world: World) -> None:
    instance = world.instance()

    def succeed(row: Generation) -> None:
        if row.state is S.SUBMITTING:
            world.store.epoch += 1

    world.store.watchers.append(succeed)
    generation = await instance.request_generation()(wish())
    await _deposed(world, instance, InMemoryLeaderLock(world.room, bot="1"))
    [task_id] = world.provider.tasks
    assert world.row(generation).reported_task_id == task_id
    world.store.watchers.clear()
    async with world.leading(world.instance()):
        await world.clock.advance(60)
    assert world.row(generation).state is S.DELIVERED
    assert len(world.provider.tasks) == 1
