"""What happens to a person's files on the way to the provider."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.memory.trouble import Trouble
from application.ports.messenger import Queued, Uploading
from domain.failure import Charged, FailureKind
from domain.generation import GenerationState
from domain.media import Attachment, MediaKind
from domain.media_fit import MediaFacts
from tests.support.core_fixture import World, wish

S = GenerationState


@pytest.fixture
def world() -> World:
    return World()


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


@pytest.fixture(autouse=True)
async def _no_task_is_left_behind(world: World) -> AsyncIterator[None]:
    yield
    await world.clock.advance(0)
    left = [task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    assert left == []
