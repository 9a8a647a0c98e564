"""Files: uploads, albums, file ids, downloads, and what Telegram refuses."""

import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram.exceptions import ClientDecodeError, TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
)
from aiohttp import web
from aiohttp.test_utils import TestServer

from simulators.telegram import FileKind, SentFile
from tests.support.telegram_simulator import OTHER_TOKEN, TOKEN, Simulated, photo, picture, simulated


@pytest.fixture
async def sim() -> AsyncIterator[Simulated]:
    async with simulated() as running:
        yield running


def some_file(name: str = "file.bin", data: bytes = b"some bytes") -> BufferedInputFile:
    return BufferedInputFile(data, name)


async def test_a_photo_comes_in_sizes_and_can_be_downloaded(sim: Simulated) -> None:
    data = picture(1280, 720)
    sent = await sim.bot.send_photo(sim.anna.id, BufferedInputFile(data, "a.jpg"), has_spoiler=True)
    assert sent.photo is not None
    assert [(size.width, size.height) for size in sent.photo] == [(320, 180), (1280, 720)]
    assert sent.has_media_spoiler
    full = await sim.bot.download(sent.photo[-1])
    assert full is not None
    assert full.read() == data
    small = await sim.bot.download(sent.photo[0])
    assert small is not None
    assert 0 < len(small.read()) < len(data)


async def test_every_kind_comes_back_as_itself(sim: Simulated) -> None:
    chat_id = sim.anna.id
    video = await sim.bot.send_video(chat_id, some_file("v.mp4"), width=320, height=180, duration=5)
    assert video.video is not None
    assert (video.video.width, video.video.height, video.video.duration) == (320, 180, 5)
    audio = await sim.bot.send_audio(chat_id, some_file("a.mp3"), title="Song", performer="Band", duration=60)
    assert audio.audio is not None
    assert (audio.audio.title, audio.audio.performer) == ("Song", "Band")
    voice = await sim.bot.send_voice(chat_id, some_file("v.ogg"), duration=3)
    assert voice.voice is not None
    document = await sim.bot.send_document(chat_id, some_file("a.pdf"), caption="<b>x</b>", parse_mode="HTML")
    assert document.document is not None
    assert (document.document.file_name, document.document.file_size) == ("a.pdf", 10)
    assert document.caption == "x"
    animation = await sim.bot.send_animation(chat_id, some_file("a.gif"))
    assert animation.animation is not None
    assert animation.document is not None


async def test_an_album_is_one_group_of_messages(sim: Simulated) -> None:
    sent = await sim.bot.send_media_group(
        sim.anna.id,
        [
            InputMediaPhoto(media=photo(), caption="first"),
            InputMediaVideo(media=some_file("v.mp4"), has_spoiler=True),
        ],
    )
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["first", None]
    assert [bool(message.has_media_spoiler) for message in sent] == [False, True]


@pytest.mark.parametrize(
    ("media", "complaint"),
    [
        ([InputMediaPhoto(media=photo())], "too few messages to send as an album"),
        ([InputMediaPhoto(media=photo())] * 11, "too many messages to send as an album"),
        (
            [InputMediaPhoto(media=photo()), InputMediaDocument(media=some_file())],
            "document can't be mixed with other media types",
        ),
        (
            [InputMediaPhoto(media=photo()), InputMediaAudio(media=some_file())],
            "audio can't be mixed with other media types",
        ),
    ],
)
async def test_an_album_telegram_does_not_take(sim: Simulated, media: list[InputMediaPhoto], complaint: str) -> None:
    with pytest.raises(TelegramBadRequest, match=complaint):
        await sim.bot.send_media_group(sim.anna.id, media)  # type: ignore[arg-type]  # a list of one kind of the union
    assert not sim.anna.chat().messages


async def test_an_animation_is_no_part_of_an_album(sim: Simulated) -> None:
    media = json.dumps([{"type": "photo", "media": "x"}, {"type": "animation", "media": "x"}])
    url = f"{sim.url}/bot{TOKEN}/sendMediaGroup"
    values = {"chat_id": str(sim.anna.id), "media": media}
    async with aiohttp.ClientSession() as session, session.get(url, params=values) as response:
        body = await response.json()
    assert body["description"] == "Bad Request: can't use the media of the specified type in the album"


async def test_a_file_id_sends_the_file_again_as_the_same_kind_by_the_same_bot(sim: Simulated) -> None:
    sent = await sim.bot.send_photo(sim.anna.id, photo())
    assert sent.photo is not None
    file_id = sent.photo[-1].file_id
    again = await sim.bot.send_photo(sim.anna.id, file_id)
    assert again.photo is not None
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    with pytest.raises(TelegramBadRequest, match="can't use file of type Photo as Document"):
        await sim.bot.send_document(sim.anna.id, file_id)
    sim.anna.say("hi", sim.anna.chat(sim.world.bots[OTHER_TOKEN]))
    async with sim.another_session(OTHER_TOKEN) as other:
        with pytest.raises(TelegramBadRequest, match="wrong file identifier/HTTP URL specified"):
            await other.send_photo(sim.anna.id, file_id)


async def test_the_same_picture_has_another_id_for_another_bot(sim: Simulated) -> None:
    group = sim.world.add_group("Friends", [sim.anna])
    sim.anna.send_file(SentFile(data=picture(), name="a.jpg", mime="image/jpeg"), group, caption="/edit")
    async with sim.another_session(OTHER_TOKEN) as other:
        (mine,), (theirs,) = await sim.bot.get_updates(), await other.get_updates()
    assert mine.message is not None
    assert mine.message.photo is not None
    assert theirs.message is not None
    assert theirs.message.photo is not None
    assert mine.message.photo[-1].file_id != theirs.message.photo[-1].file_id
    assert mine.message.photo[-1].file_unique_id == theirs.message.photo[-1].file_unique_id


@pytest.mark.parametrize(
    ("width", "height", "complaint"),
    [(9000, 1001, "PHOTO_INVALID_DIMENSIONS"), (2100, 100, "PHOTO_INVALID_DIMENSIONS")],
)
async def test_a_photo_of_a_wrong_shape_is_refused(sim: Simulated, width: int, height: int, complaint: str) -> None:
    with pytest.raises(TelegramBadRequest, match=complaint):
        await sim.bot.send_photo(sim.anna.id, photo(width, height))


async def test_what_is_no_picture_is_no_photo(sim: Simulated) -> None:
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await sim.bot.send_photo(sim.anna.id, some_file("a.jpg"))
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await sim.bot.send_document(sim.anna.id, some_file(data=b""))


async def test_an_upload_over_50_mb_gets_a_page_instead_of_json(sim: Simulated) -> None:
    with pytest.raises(ClientDecodeError, match="413 Request Entity Too Large"):
        await sim.bot.send_document(sim.anna.id, some_file(data=bytes(50 * 1024 * 1024 + 1)))
    assert sim.world.log.by_status[413] == 1
    assert not sim.anna.chat().messages


async def test_a_file_over_20_mb_cannot_be_downloaded(sim: Simulated) -> None:
    sim.anna.send_file(SentFile(data=bytes(20 * 1024 * 1024 + 1), name="long.mp4", mime="video/mp4"))
    (update,) = await sim.bot.get_updates()
    assert update.message is not None
    assert update.message.video is not None
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await sim.bot.get_file(update.message.video.file_id)
    again = await sim.bot.send_video(sim.anna.id, update.message.video.file_id)
    assert again.video is not None


async def test_a_wrong_file_id_is_named_so(sim: Simulated) -> None:
    with pytest.raises(TelegramBadRequest, match="invalid file_id"):
        await sim.bot.get_file("AgACnonsense")
    with pytest.raises(TelegramBadRequest, match="wrong file identifier/HTTP URL specified"):
        await sim.bot.send_photo(sim.anna.id, "AgACnonsense")


async def test_what_a_person_sends_comes_as_their_app_would_send_it(sim: Simulated) -> None:
    sim.anna.send_file(SentFile(data=picture(), name="a.jpg", mime="image/jpeg"))
    sim.anna.send_file(SentFile(data=picture(), name="a.jpg", mime="image/jpeg", kind=FileKind.DOCUMENT))
    sim.anna.send_file(SentFile(data=picture(3000, 100), name="strip.png", mime="image/png"))
    sim.anna.send_file(SentFile(data=b"x", name="a.ogg", mime="audio/ogg"))
    sim.anna.send_files([SentFile(data=picture(), name="a.jpg", mime="image/jpeg")] * 2, caption="both")
    messages = [update.message for update in await sim.bot.get_updates()]
    kinds = [message.content_type for message in messages if message]
    assert kinds == ["photo", "document", "document", "voice", "photo", "photo"]
    groups = [message.media_group_id for message in messages if message]
    assert groups[4] is not None
    assert groups[4] == groups[5]


@pytest.fixture
async def website() -> AsyncIterator[TestServer]:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<p>", content_type="text/html")

    async def image(_: web.Request) -> web.Response:
        return web.Response(body=picture(), content_type="image/jpeg")

    async def film(_: web.Request) -> web.Response:
        return web.Response(body=bytes(20 * 1024 * 1024 + 1), content_type="video/mp4")

    app = web.Application()
    app.router.add_get("/page", page)
    app.router.add_get("/fox.jpg", image)
    app.router.add_get("/long.mp4", film)
    server = TestServer(app)
    await server.start_server()
    yield server
    await server.close()


async def test_a_photo_can_be_named_by_url(sim: Simulated, website: TestServer) -> None:
    sent = await sim.bot.send_photo(sim.anna.id, str(website.make_url("/fox.jpg")))
    assert sent.photo is not None
    assert sent.photo[-1].width == 640


@pytest.mark.parametrize(
    ("path", "complaint"),
    [("/page", "wrong type of the web page content"), ("/gone.jpg", "failed to get HTTP URL content")],
)
async def test_a_url_that_gives_no_photo_is_refused(
    sim: Simulated, website: TestServer, path: str, complaint: str
) -> None:
    with pytest.raises(TelegramBadRequest, match=complaint):
        await sim.bot.send_photo(sim.anna.id, str(website.make_url(path)))


async def test_a_url_must_fit_the_kind_and_the_limit(sim: Simulated, website: TestServer) -> None:
    with pytest.raises(TelegramBadRequest, match="wrong type of the web page content"):
        await sim.bot.send_document(sim.anna.id, str(website.make_url("/fox.jpg")))
    with pytest.raises(TelegramBadRequest, match="failed to get HTTP URL content"):
        await sim.bot.send_video(sim.anna.id, str(website.make_url("/long.mp4")))
