"""What every ``AttachmentSource`` that keeps its own files promises; Telegram's is in ``test_telegram_attachments``."""

from pathlib import Path
from typing import Protocol

import pytest

from adapters.memory.attachment_source import InMemoryAttachmentSource
from adapters.memory.clock import ManualClock
from adapters.memory.trouble import Trouble
from application.errors import AttachmentLost, AttachmentUnavailable, MediaUnavailable
from application.generating.front_ends import AttachmentRouter
from application.ports.attachment_source import AttachmentSource
from application.results.kept_attachments import KeptAttachments
from domain.media import Attachment, MediaFile, MediaKind
from tests.support.studio import Studio

CONTENT = b"\x89PNG\r\n\x1a\n" + bytes(100)


class Keeper(Protocol):
    @property
    def source(self) -> AttachmentSource: ...
    async def keep(self, file: MediaFile) -> Attachment: ...
    async def lose(self, attachment: Attachment) -> None: ...
    def break_down(self) -> None:
        """The next opening meets a place that does not answer."""
        ...


class MemoryKeeper:
    def __init__(self) -> None:
        self.source = InMemoryAttachmentSource(ManualClock())

    async def keep(self, file: MediaFile) -> Attachment:
        self.source.files["one"] = file.path.read_bytes()
        return Attachment(reference="one", kind=file.kind, mime=file.mime, name=file.name)

    async def lose(self, attachment: Attachment) -> None:
        del self.source.files[attachment.reference]

    def break_down(self) -> None:
        self.source.on_open.add(Trouble(error=AttachmentUnavailable("away")))


class WebKeeper:
    """Uploads of a page, behind the router that chooses among front ends."""

    def __init__(self) -> None:
        self._studio = Studio()
        kept = KeptAttachments(self._studio.media_store, self._studio.media_index)
        self.source = AttachmentRouter(sources={"media": kept})

    async def keep(self, file: MediaFile) -> Attachment:
        return (await self._studio.keep(file)).attachment

    async def lose(self, attachment: Attachment) -> None:
        self._studio.media_store.files.clear()

    def break_down(self) -> None:
        self._studio.media_store.on_call.add(Trouble(error=MediaUnavailable("away")))


@pytest.fixture(params=["memory", "web"])
def keeper(request: pytest.FixtureRequest) -> Keeper:
    return MemoryKeeper() if request.param == "memory" else WebKeeper()


@pytest.fixture
def file(tmp_path: Path) -> MediaFile:
    path = tmp_path / "fox.png"
    path.write_bytes(CONTENT)
    return MediaFile(path=path, name="fox.png", mime="image/png", size_bytes=len(CONTENT))


async def test_the_bytes_are_on_disk_while_it_is_open(keeper: Keeper, file: MediaFile) -> None:
    async with keeper.source.open(await keeper.keep(file)) as opened:
        assert opened.path.read_bytes() == CONTENT
        assert (opened.name, opened.mime, opened.kind, opened.size_bytes) == (
            "fox.png",
            "image/png",
            MediaKind.IMAGE,
            len(CONTENT),
        )


async def test_a_file_that_is_gone_is_lost(keeper: Keeper, file: MediaFile) -> None:
    attachment = await keeper.keep(file)
    await keeper.lose(attachment)
    with pytest.raises(AttachmentLost):
        async with keeper.source.open(attachment):
            pass


async def test_a_place_that_does_not_answer_may_answer_later(keeper: Keeper, file: MediaFile) -> None:
    attachment = await keeper.keep(file)
    keeper.break_down()
    with pytest.raises(AttachmentUnavailable):
        async with keeper.source.open(attachment):
            pass
    async with keeper.source.open(attachment) as opened:
        assert opened.size_bytes == len(CONTENT)


def test_a_file_of_a_front_end_that_is_not_here_is_lost() -> None:
    attachment = Attachment(reference="other:1", kind=MediaKind.IMAGE, mime="image/png", name="a.png")
    with pytest.raises(AttachmentLost):
        AttachmentRouter(sources={}).open(attachment)
