"""What is Telegram's own about delivering: forms, fallbacks, albums, edits, addresses."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from adapters.telegram.api.forms import MessageForm
from adapters.telegram.bot.results.kept import kept_results
from application.errors import MessengerUnavailable
from application.ports.messenger import Deliverable, Queued, Running
from domain.failure import Failure, FailureKind
from domain.generation import Destination, Generation, Receipt, Result
from domain.media import MediaFile, MediaKind
from domain.model import ModelId
from domain.preferences import Preferences
from simulators.telegram import ChatKind, TelegramFault
from simulators.telegram import FileKind as Shown
from tests.support.generations import NOON, a_generation, life_of
from tests.support.messenger_stages import TelegramStage, telegram_stage
from tests.support.telegram_simulator import picture

MIMES = {MediaKind.IMAGE: "image/jpeg", MediaKind.VIDEO: "video/mp4", MediaKind.AUDIO: "audio/mpeg"}


@pytest.fixture
async def stage() -> AsyncIterator[TelegramStage]:
    async with telegram_stage() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def a_file(folder: Path, mime: str = "image/jpeg", *, data: bytes | None = None, size_bytes: int = 0) -> MediaFile:
    path = folder / f"{len(list(folder.iterdir()))}.bin"
    path.write_bytes(picture() if data is None else data)
    name = f"result.{mime.partition('/')[2]}"
    return MediaFile(path=path, name=name, mime=mime, size_bytes=size_bytes or path.stat().st_size)


def finished(stage: TelegramStage, kinds: Sequence[MediaKind], **changes: Any) -> Generation:
    results = tuple(
        Result(kind=kind, text="A fox.") if kind is MediaKind.TEXT else Result(kind=kind, url=f"https://x.example/{n}")
        for n, kind in enumerate(kinds)
    )
    running = life_of(a_generation(user=stage.user, destination=stage.destination, **changes))[1]
    return running.succeeded(results, credits=4.0, at=NOON)


async def deliver(stage: TelegramStage, generation: Generation, files: Sequence[MediaFile | None]) -> Receipt:
    items = [
        Deliverable(index=index, result=result, file=file)
        for index, (result, file) in enumerate(zip(generation.results, files, strict=True))
    ]
    return await stage.messenger.deliver(generation, items)


def shown(stage: TelegramStage) -> list[Shown | None]:
    return [message.media.kind if message.media else None for message in stage.messages()]


@pytest.mark.parametrize("count", [1, 2])
async def test_a_song_comes_with_its_title_its_performer_its_length_and_its_cover(
    stage: TelegramStage, folder: Path, count: int
) -> None:
    generation = finished(stage, [MediaKind.AUDIO] * count, model_id=ModelId("ai-music-api/generate"))
    songs = tuple(evolve(one, title=f"Fox {number}", seconds=12.4) for number, one in enumerate(generation.results))
    generation = evolve(generation, results=songs)
    cover = a_file(folder, "image/jpeg")
    items = [
        Deliverable(index=number, result=one, file=a_file(folder, "audio/mpeg", data=b"ID3 music"), cover=cover)
        for number, one in enumerate(songs)
    ]
    await stage.messenger.deliver(generation, items)
    found = [message.media for message in stage.messages() if message.media]
    assert [(one.title, one.duration) for one in found] == [(one.title, 12) for one in songs]
    for one in found:
        assert one.performer == "Suno"
        assert one.cover
        assert one.cover.path.read_bytes() == cover.path.read_bytes()


@pytest.mark.parametrize(
    ("kind", "mime", "form"),
    [
        (MediaKind.IMAGE, "image/jpeg", Shown.PHOTO),
        (MediaKind.IMAGE, "image/gif", Shown.ANIMATION),
        (MediaKind.IMAGE, "image/svg+xml", Shown.DOCUMENT),
        (MediaKind.VIDEO, "video/mp4", Shown.VIDEO),
        (MediaKind.VIDEO, "video/x-matroska", Shown.DOCUMENT),
        (MediaKind.AUDIO, "audio/mpeg", Shown.AUDIO),
        (MediaKind.AUDIO, "audio/ogg", Shown.VOICE),
        (MediaKind.AUDIO, "audio/wav", Shown.DOCUMENT),
        (MediaKind.FILE, "application/zip", Shown.DOCUMENT),
    ],
)
async def test_a_result_is_shown_as_what_it_is(
    stage: TelegramStage, folder: Path, kind: MediaKind, mime: str, form: Shown
) -> None:
    receipt = await deliver(stage, finished(stage, [kind]), [a_file(folder, mime)])
    assert shown(stage) == [form]
    assert len(receipt.file_ids) == 1


async def test_the_caption_says_model_cost_and_prompt_and_the_buttons_name_the_generation(
    stage: TelegramStage, folder: Path
) -> None:
    generation = finished(stage, [MediaKind.IMAGE], prompt="a <b>fox</b> & a hare", model_id="z-image")
    await deliver(stage, generation, [a_file(folder)])
    (message,) = stage.messages()
    assert message.words == "Z-Image · 4 credits\na <b>fox</b> & a hare"
    assert all(generation.id in str(button["callback_data"]) for row in message.buttons for button in row)


async def test_a_very_long_prompt_is_cut_so_that_the_caption_fits(stage: TelegramStage, folder: Path) -> None:
    await deliver(stage, finished(stage, [MediaKind.IMAGE], prompt="🦊<" * 2000), [a_file(folder)])
    (message,) = stage.messages()
    assert message.words.endswith("…")
    assert len(message.words.encode("utf-16-le")) // 2 <= 1024


async def test_someone_who_wants_neither_captions_nor_previews_gets_the_bare_file(
    stage: TelegramStage, folder: Path
) -> None:
    await stage.preferences.save(Preferences(user=stage.user, originals=True, captions=False))
    await deliver(stage, finished(stage, [MediaKind.IMAGE]), [a_file(folder)])
    (message,) = stage.messages()
    assert (shown(stage), message.words) == ([Shown.DOCUMENT], "")


@pytest.mark.parametrize("size", [(9000, 2000), (2000, 60)], ids=["too large", "too long"])
async def test_a_picture_of_a_shape_that_is_no_photo_comes_as_a_document(
    stage: TelegramStage, folder: Path, size: tuple[int, int]
) -> None:
    await deliver(stage, finished(stage, [MediaKind.IMAGE]), [a_file(folder, data=picture(*size))])
    assert shown(stage) == [Shown.DOCUMENT]


async def test_a_picture_over_ten_megabytes_comes_as_a_document(stage: TelegramStage, folder: Path) -> None:
    heavy = picture() + bytes(10_000_000)
    await deliver(stage, finished(stage, [MediaKind.IMAGE]), [a_file(folder, data=heavy)])
    assert shown(stage) == [Shown.DOCUMENT]


async def test_what_is_over_fifty_megabytes_comes_as_a_link_with_its_last_day(
    stage: TelegramStage, folder: Path
) -> None:
    await deliver(stage, finished(stage, [MediaKind.VIDEO]), [a_file(folder, "video/mp4", size_bytes=50_000_001)])
    (message,) = stage.messages()
    assert "The link works until 15.03.2026" in message.words
    assert [entity["url"] for entity in message.entities if "url" in entity] == ["https://x.example/0"]


async def test_a_proxy_that_finds_the_file_too_large_gets_the_link_in_the_end(
    stage: TelegramStage, folder: Path
) -> None:
    for method in ("sendVideo", "sendDocument"):
        page = "<html><h1>413 Request Entity Too Large</h1></html>"
        stage.world.faults.add(TelegramFault(method=method, status=413, body=page))
    await deliver(stage, finished(stage, [MediaKind.VIDEO]), [a_file(folder, "video/mp4")])
    assert shown(stage) == [None]


@pytest.mark.parametrize(
    ("kind", "forms"),
    [
        (MediaKind.IMAGE, [Shown.PHOTO] * 3),
        (MediaKind.VIDEO, [Shown.VIDEO] * 3),
        (MediaKind.AUDIO, [Shown.AUDIO] * 3),
    ],
)
async def test_several_results_come_as_an_album_with_buttons_under_it(
    stage: TelegramStage, folder: Path, kind: MediaKind, forms: list[Shown]
) -> None:
    generation = finished(stage, [kind] * 3)
    receipt = await deliver(stage, generation, [a_file(folder, MIMES[kind]) for _ in forms])
    assert shown(stage) == [*forms, None]
    assert len({message.group_id for message in stage.messages()[:-1]}) == 1
    assert stage.messages()[-1].buttons
    assert (receipt.indexes, len(receipt.file_ids)) == ((0, 1, 2), 3)


async def test_an_album_with_one_picture_that_is_no_photo_comes_one_by_one(stage: TelegramStage, folder: Path) -> None:
    files = [a_file(folder), a_file(folder, data=picture(9000, 2000))]
    receipt = await deliver(stage, finished(stage, [MediaKind.IMAGE] * 2), files)
    assert shown(stage) == [Shown.PHOTO, Shown.DOCUMENT]
    assert len(receipt.file_ids) == 2


async def test_what_is_too_large_for_an_album_is_linked_under_it(stage: TelegramStage, folder: Path) -> None:
    files = [a_file(folder), a_file(folder, size_bytes=50_000_001), a_file(folder)]
    generation = finished(stage, [MediaKind.IMAGE] * 3)
    receipt = await deliver(stage, generation, files)
    assert shown(stage) == [Shown.PHOTO, Shown.PHOTO, None]
    assert "link works" in stage.messages()[-1].words
    assert sorted(kept_results(evolve(generation, receipts=(receipt,)))) == [0, 2]


async def test_what_of_a_refused_album_went_as_a_file_is_kept(stage: TelegramStage, folder: Path) -> None:
    stage.world.faults.add(TelegramFault(method="sendMediaGroup", status=400, description="Bad Request: refused"))
    files = [a_file(folder), a_file(folder, size_bytes=50_000_001), a_file(folder)]
    generation = finished(stage, [MediaKind.IMAGE] * 3)
    receipt = await deliver(stage, generation, files)
    kept = kept_results(evolve(generation, receipts=(receipt,)))
    assert {index: file.form for index, file in kept.items()} == {0: MessageForm.PHOTO, 2: MessageForm.PHOTO}


async def test_what_arrived_of_a_refused_album_is_not_sent_again_when_telegram_asks_for_patience(
    stage: TelegramStage, folder: Path
) -> None:
    stage.world.faults.add(
        TelegramFault(method="sendMediaGroup", status=400, description="Bad Request: refused", times=2)
    )
    stage.world.faults.add(TelegramFault(method="sendPhoto", hang_s=0.001))
    stage.world.faults.add(TelegramFault.flood(30, method="sendPhoto"))
    generation, files = finished(stage, [MediaKind.IMAGE] * 3), [a_file(folder) for _ in range(3)]
    receipt = await deliver(stage, generation, files)
    assert receipt.indexes == (0,)
    (rest,) = stage.messenger.batches(generation.part_delivered(receipt))
    items = [Deliverable(index=index, result=generation.results[index], file=files[index]) for index in rest]
    assert (await stage.messenger.deliver(generation, items)).indexes == (1, 2)
    assert shown(stage) == [Shown.PHOTO] * 3


async def test_links_that_could_not_be_sent_do_not_make_the_album_above_them_come_twice(
    stage: TelegramStage, folder: Path
) -> None:
    stage.world.faults.add(TelegramFault.flood(30, method="sendMessage"))
    files = [a_file(folder), a_file(folder), a_file(folder, size_bytes=50_000_001)]
    receipt = await deliver(stage, finished(stage, [MediaKind.IMAGE] * 3), files)
    assert receipt.indexes == (0, 1)


async def test_buttons_that_could_not_be_sent_do_not_make_an_album_come_twice(
    stage: TelegramStage, folder: Path
) -> None:
    stage.world.faults.add(TelegramFault.flood(30, method="sendMessage"))
    receipt = await deliver(stage, finished(stage, [MediaKind.IMAGE] * 2), [a_file(folder), a_file(folder)])
    assert receipt.indexes == (0, 1)


@pytest.mark.parametrize(("length", "messages"), [(4096, 1), (4097, 2), (12000, 3)])
async def test_a_long_text_comes_in_several_messages(stage: TelegramStage, length: int, messages: int) -> None:
    text = ("fox & hare " * length)[:length]
    running = life_of(a_generation(user=stage.user, destination=stage.destination))[1]
    generation = running.succeeded((Result(kind=MediaKind.TEXT, text=text),), credits=1, at=NOON)
    await deliver(stage, generation, [None])
    assert "".join(message.words for message in stage.messages()).replace(" ", "") == text.replace(" ", "")
    assert len(stage.messages()) == messages
    assert [bool(message.buttons) for message in stage.messages()] == [False] * (messages - 1) + [True]


async def test_a_long_text_that_telegram_interrupts_goes_on_where_it_stopped(stage: TelegramStage) -> None:
    stage.world.faults.add(TelegramFault(method="sendMessage", hang_s=0.001))
    stage.world.faults.add(TelegramFault.flood(1, method="sendMessage"))
    running = life_of(a_generation(user=stage.user, destination=stage.destination))[1]
    text = Result(kind=MediaKind.TEXT, text="fox and hare " * 500)
    await deliver(stage, running.succeeded((text,), credits=1, at=NOON), [None])
    assert len(stage.messages()) == 2


async def test_a_very_long_text_comes_as_a_file(stage: TelegramStage) -> None:
    text = "лиса " * 10_000
    running = life_of(a_generation(user=stage.user, destination=stage.destination))[1]
    generation = running.succeeded((Result(kind=MediaKind.TEXT, text=text),), credits=1, at=NOON)
    await deliver(stage, generation, [None])
    (message,) = stage.messages()
    assert message.media
    assert message.media.file.path.read_text() == text


async def test_texts_and_media_are_never_in_one_batch(stage: TelegramStage) -> None:
    kinds = [MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.TEXT, MediaKind.TEXT, MediaKind.FILE]
    assert list(stage.messenger.batches(finished(stage, kinds))) == [[0, 1], [2], [3], [4], [5]]


async def test_progress_is_edited_in_place_and_not_for_nothing(stage: TelegramStage) -> None:
    generation = a_generation(user=stage.user, destination=stage.destination)
    message = await stage.messenger.show_progress(generation, Queued(place=2))
    assert message
    generation = evolve(generation, progress_message=message)
    assert await stage.messenger.show_progress(generation, Running(elapsed_s=1)) is None  # too soon
    assert await stage.successor.show_progress(generation, Running(elapsed_s=30)) == message
    assert await stage.successor.show_progress(generation, Running(elapsed_s=30)) is None  # nothing new
    (shown_message,) = stage.messages()
    assert "At work for 30 s" in shown_message.words


async def test_progress_that_telegram_had_no_time_for_is_not_tried_again_before_it_asked(
    stage: TelegramStage,
) -> None:
    generation = a_generation(user=stage.user, destination=stage.destination)
    stage.world.faults.add(TelegramFault.flood(60, method="sendMessage"))
    with pytest.raises(MessengerUnavailable):
        await stage.messenger.show_progress(generation, Queued(place=2))
    assert await stage.messenger.show_progress(generation, Queued(place=1)) is None
    assert stage.world.log.by_method["sendMessage"] == 1


async def test_waiting_is_cancelled_from_the_progress_message_and_later_given_up(stage: TelegramStage) -> None:
    queued = a_generation(user=stage.user, destination=stage.destination)
    message = await stage.messenger.show_progress(queued, Queued(place=1))
    assert "Cancel" in str(stage.messages()[0].buttons)
    running = evolve(life_of(queued)[1], progress_message=message)
    await stage.successor.show_progress(running, Running(elapsed_s=5))
    assert "Stop waiting" in str(stage.messages()[0].buttons)


async def test_an_action_is_shown_with_the_first_progress_and_in_private_alone(stage: TelegramStage) -> None:
    running = life_of(a_generation(user=stage.user, destination=stage.destination, model_id=ModelId("veo3")))[1]
    group = stage.world.add_group("Foxes", [stage.person])
    there = evolve(running, destination=Destination(chat=str(group.id)))
    await stage.messenger.show_progress(running, Running(elapsed_s=40))
    await stage.messenger.show_progress(there, Running(elapsed_s=5))
    assert stage.world.log.of("sendChatAction") == []
    await stage.successor.show_progress(running, Running(elapsed_s=5))
    assert [call.parameters["action"] for call in stage.world.log.of("sendChatAction")] == ["record_video"]


async def test_a_group_sees_one_edit_in_a_while_however_many_wait_there(stage: TelegramStage) -> None:
    group = stage.world.add_group("Foxes", [stage.person])
    wishes = [a_generation(destination=Destination(chat=str(group.id))) for _ in range(5)]
    shown = [await stage.messenger.show_progress(wish, Queued(place=1)) for wish in wishes]
    assert [message is not None for message in shown] == [True, False, False, False, False]


async def test_a_result_no_one_waits_for_comes_without_a_sound(stage: TelegramStage, folder: Path) -> None:
    for quiet in (False, True):
        await deliver(stage, evolve(finished(stage, [MediaKind.IMAGE]), quiet=quiet), [a_file(folder)])
    silent = [call.parameters.get("disable_notification") for call in stage.world.log.of("sendPhoto")]
    assert silent == [None, "true"]


async def test_progress_whose_message_was_deleted_goes_on_in_a_new_one(stage: TelegramStage) -> None:
    generation = a_generation(user=stage.user, destination=stage.destination, progress_message="999")
    message = await stage.messenger.show_progress(generation, Queued(place=1))
    assert message == str(stage.messages()[0].id)


async def test_after_a_delivery_the_progress_message_is_gone(stage: TelegramStage) -> None:
    generation = finished(stage, [MediaKind.IMAGE])
    message = await stage.messenger.show_progress(generation, Running(elapsed_s=5))
    await stage.messenger.conclude(evolve(generation, progress_message=message))
    assert stage.messages() == []


async def test_a_failure_turns_the_progress_message_into_the_reason_with_a_way_to_repair_it(
    stage: TelegramStage,
) -> None:
    running = life_of(a_generation(user=stage.user, destination=stage.destination))[1]
    message = await stage.messenger.show_progress(running, Running(elapsed_s=5))
    failure = Failure(kind=FailureKind.CONTENT_REFUSED, provider_message="The picture is too sensitive & rude.")
    failed = running.failed(failure, at=NOON)
    await stage.messenger.conclude(evolve(failed, progress_message=message))
    (said,) = stage.messages()
    assert str(said.id) == message
    assert "KIE says: The picture is too sensitive & rude." in said.words
    assert failed.id in said.words
    assert said.buttons


async def test_a_group_that_became_a_supergroup_is_followed_at_once_and_later(
    stage: TelegramStage, folder: Path
) -> None:
    group = stage.world.add_group("Foxes", [stage.person], kind=ChatKind.GROUP)
    generation = evolve(finished(stage, [MediaKind.IMAGE]), destination=Destination(chat=str(group.id)))
    supergroup = stage.world.upgrade(group)
    await deliver(stage, generation, [a_file(folder)])
    await deliver(stage, generation, [a_file(folder)])
    assert len(supergroup.messages) == 2
    assert [call.status for call in stage.world.log.of("sendPhoto")] == [400, 200, 200]


async def test_a_topic_that_is_gone_and_a_message_that_is_gone_keep_nothing_back(
    stage: TelegramStage, folder: Path
) -> None:
    forum = stage.world.add_group("Foxes", [stage.person], is_forum=True)
    lost = Destination(chat=str(forum.id), thread="77", reply_to="12345")
    await deliver(stage, evolve(finished(stage, [MediaKind.IMAGE]), destination=lost), [a_file(folder)])
    assert len(forum.messages) == 1


async def test_results_answer_the_message_that_asked(stage: TelegramStage, folder: Path) -> None:
    asked = stage.person.say("a red fox")
    destination = evolve(stage.destination, reply_to=str(asked.id))
    await deliver(stage, evolve(finished(stage, [MediaKind.IMAGE]), destination=destination), [a_file(folder)])
    assert stage.messages()[-1].reply_to is asked
