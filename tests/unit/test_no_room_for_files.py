"""A temporary folder that is full or gone is a passing fault of our own: no result, upload or kept file counts as lost for it."""

import resource
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram.types import Message
from aiohttp import ClientSession

from adapters.media_files import LocalMediaFiles
from adapters.media_preview import MediaPreviewMaker
from adapters.media_s3 import S3MediaStore, open_bucket
from adapters.memory.clock import ManualClock
from adapters.memory.ids import SequentialIds
from adapters.memory.media_index import InMemoryMediaIndex
from adapters.memory.media_store import InMemoryMediaStore
from adapters.memory.preview_maker import InMemoryPreviewMaker
from adapters.result_http import HttpResultFetcher
from adapters.system.machine import SystemClock
from adapters.telegram.api.attachments import TelegramAttachments
from adapters.telegram.api.client import open_bot
from adapters.telegram.api.incoming import media_of
from application.errors import AttachmentUnavailable, MediaUnavailable, ResultUnavailable
from application.ports.preview_maker import MadePreview
from application.results.file_away import FileAway
from application.results.keep_upload import KeepUpload
from application.results.receive_upload import ReceiveUpload
from domain.generation import UserId
from domain.kept_media import KeptMedia, MediaKey
from domain.media import MediaFile, MediaKind
from domain.media_fit import FitPlan
from simulators.telegram import SentFile, TelegramWorld, serve
from tests.support.telegram_simulator import TOKEN, picture

GONE = "/no/such/folder"
FILE = MediaFile(path=Path("/dev/null"), name="fox.png", mime="image/png", size_bytes=0)


@pytest.fixture
def no_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", GONE)


@pytest.mark.usefixtures("no_temporary_folder")
async def test_a_result_is_fetched_later() -> None:
    async with ClientSession() as http:
        with pytest.raises(ResultUnavailable):
            async with HttpResultFetcher(http).fetch("http://127.0.0.1:9/fox.png", limit_bytes=1000):
                pass


async def test_what_a_person_sent_is_read_later(monkeypatch: pytest.MonkeyPatch) -> None:
    world = TelegramWorld(tokens=[TOKEN])
    async with serve(world) as url:
        sent = world.add_person("Anna").send_file(SentFile(data=picture(), name="fox.jpg", mime="image/jpeg"))
        bot = open_bot(TOKEN, clock=SystemClock(), api_base=url)
        attachment = media_of(Message.model_validate(sent.wire(world.bots[TOKEN].id)))
        assert attachment
        monkeypatch.setattr(tempfile, "tempdir", GONE)
        with pytest.raises(AttachmentUnavailable):
            async with TelegramAttachments(bot).open(attachment):
                pass
        await bot.session.close()


@pytest.mark.usefixtures("no_temporary_folder")
async def test_a_file_is_fitted_later() -> None:
    with pytest.raises(AttachmentUnavailable):
        async with LocalMediaFiles().fit(FILE, FitPlan(mime="image/jpeg")):
            pass


@pytest.mark.usefixtures("no_temporary_folder")
async def test_a_picture_has_no_preview() -> None:
    async with MediaPreviewMaker().make(FILE) as made:
        assert made == MadePreview()


@pytest.mark.usefixtures("no_temporary_folder")
async def test_a_kept_file_is_not_taken_for_a_lost_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    store = S3MediaStore(open_bucket("s3://bucket?endpoint=http://127.0.0.1:9"))
    with pytest.raises(MediaUnavailable):
        async with store.open(MediaKey("0" * 64)):
            pass


async def received(pieces: list[bytes]) -> KeptMedia:
    async def coming() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    clock = ManualClock()
    file_away = FileAway(
        store=InMemoryMediaStore(clock),
        index=InMemoryMediaIndex(clock),
        previews=InMemoryPreviewMaker(),
        ids=SequentialIds(),
        clock=clock,
        quota_bytes=None,
    )
    return await ReceiveUpload(KeepUpload(file_away))(UserId("studio:1"), coming(), name="../fox.png")


async def test_an_upload_is_kept_under_a_harmless_name() -> None:
    bytes_ = picture()
    media = await received([bytes_[:10], bytes_[10:]])
    assert (media.name, media.kind, media.size_bytes) == ("_fox.png", MediaKind.IMAGE, len(bytes_))


@pytest.mark.usefixtures("no_temporary_folder")
async def test_an_upload_without_a_temporary_folder_is_for_later() -> None:
    with pytest.raises(MediaUnavailable):
        await received([picture()])


async def test_an_upload_that_the_disk_has_no_room_for_is_for_later() -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(MediaUnavailable):
            await received([bytes(4096), bytes(1)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
