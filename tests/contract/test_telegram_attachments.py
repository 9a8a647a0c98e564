"""Files that people send to the bot, fetched from the simulated Telegram."""

from collections.abc import AsyncIterator

import pytest
import structlog
from aiogram.types import Message as BotMessage
from attrs import evolve, frozen

from adapters.system.machine import SystemClock
from adapters.telegram.api.attachments import DOWNLOAD_LIMIT_BYTES, TelegramAttachments
from adapters.telegram.api.client import open_bot
from adapters.telegram.api.incoming import media_of
from application.errors import AttachmentLost, AttachmentUnavailable
from domain.media import Attachment
from domain.media import MediaKind as Kind
from simulators.telegram import FileKind, PersonClient, SentFile, TelegramFault, TelegramWorld, serve
from tests.support.telegram_simulator import TOKEN, picture

JPEG = picture()


@frozen
class Sent:
    """A world with one person and what our adapter makes of their files."""

    world: TelegramWorld
    person: PersonClient
    attachments: TelegramAttachments

    def attachment(self, upload: SentFile) -> Attachment:
        """What a handler would read out of the message."""
        sent = self.person.send_file(upload)
        found = media_of(BotMessage.model_validate(sent.wire(self.world.bots[TOKEN].id)))
        assert found is not None
        return found

    def photo(self) -> Attachment:
        return self.attachment(SentFile(data=JPEG, name="fox.jpg", mime="image/jpeg"))


@pytest.fixture
async def sent() -> AsyncIterator[Sent]:
    world = TelegramWorld(tokens=[TOKEN])
    async with serve(world) as url:
        bot = open_bot(TOKEN, clock=SystemClock(), api_base=url)
        yield Sent(world, world.add_person("Anna"), TelegramAttachments(bot))
        await bot.session.close()


async def test_a_photo_is_on_disk_while_it_is_open_and_then_no_more(sent: Sent) -> None:
    photo = sent.photo()
    async with sent.attachments.open(photo) as file:
        assert file.path.read_bytes() == JPEG
        assert (file.mime, file.size_bytes) == ("image/jpeg", len(JPEG))
    assert not file.path.exists()


@pytest.mark.parametrize(
    ("upload", "kind", "mime"),
    [
        (SentFile(data=b"OggS", name="voice.ogg", mime="audio/ogg"), Kind.AUDIO, "audio/ogg"),
        (SentFile(data=b"ID3", name="song.mp3", mime="audio/mpeg"), Kind.AUDIO, "audio/mpeg"),
        (SentFile(data=b"ftyp", name="film.mp4", mime="video/mp4"), Kind.VIDEO, "video/mp4"),
        (SentFile(data=b"GIF89a", name="cat.gif", mime="image/gif"), Kind.IMAGE, "image/gif"),
        (SentFile(data=JPEG, name="fox.jpg", mime="image/jpeg", kind=FileKind.DOCUMENT), Kind.IMAGE, "image/jpeg"),
        (SentFile(data=b"%PDF", name="paper.pdf", mime="application/pdf"), Kind.FILE, "application/pdf"),
    ],
    ids=["voice", "music", "film", "animation", "picture as a document", "paper"],
)
async def test_each_way_of_sending_a_file_is_read_as_what_it_is(
    sent: Sent, upload: SentFile, kind: Kind, mime: str
) -> None:
    attachment = sent.attachment(upload)
    assert (attachment.kind, attachment.mime) == (kind, mime)
    async with sent.attachments.open(attachment) as file:
        assert file.path.read_bytes() == upload.data


async def test_a_file_telegram_does_not_know_is_lost(sent: Sent) -> None:
    with pytest.raises(AttachmentLost):
        async with sent.attachments.open(evolve(sent.photo(), reference="unknown")):
            pass


async def test_a_file_larger_than_telegram_gives_out_is_lost_and_not_even_asked_for(sent: Sent) -> None:
    with pytest.raises(AttachmentLost):
        async with sent.attachments.open(evolve(sent.photo(), size_bytes=DOWNLOAD_LIMIT_BYTES + 1)):
            pass
    assert not sent.world.log.of("getFile")


async def test_a_large_file_whose_size_no_one_said_is_lost(sent: Sent) -> None:
    large = sent.attachment(SentFile(data=bytes(DOWNLOAD_LIMIT_BYTES + 1), name="large.mp4", mime="video/mp4"))
    with pytest.raises(AttachmentLost):
        async with sent.attachments.open(evolve(large, size_bytes=None)):
            pass


@pytest.mark.parametrize(
    "fault",
    [
        TelegramFault(method="getFile", status=500, description="Internal Server Error"),
        TelegramFault(method="getFile", drop=True),
    ],
    ids=["server error", "dropped"],
)
async def test_passing_trouble_is_no_loss(sent: Sent, fault: TelegramFault) -> None:
    photo = sent.photo()
    sent.world.faults.add(fault)
    with pytest.raises(AttachmentUnavailable):
        async with sent.attachments.open(photo):
            pass
    async with sent.attachments.open(photo) as file:
        assert file.size_bytes == len(JPEG)


async def test_a_download_that_fails_shows_the_token_neither_in_the_error_nor_in_the_log(sent: Sent) -> None:
    photo = sent.photo()
    stored = sent.world.files.by_number(1)
    assert stored is not None
    stored.path.unlink()
    with structlog.testing.capture_logs() as logs, pytest.raises((AttachmentLost, AttachmentUnavailable)) as caught:
        async with sent.attachments.open(photo):
            pass
    chain = [caught.value, caught.value.__cause__]
    assert TOKEN not in f"{chain} {logs}"
    assert caught.value.__suppress_context__
