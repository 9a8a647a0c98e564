"""The cover of a song: small, and never a reason to wait for the song or to lose it."""

from contextlib import AsyncExitStack
from io import BytesIO

import pytest
from PIL import Image

from adapters.media_files import LocalMediaFiles
from adapters.memory.clock import ManualClock
from adapters.memory.result_fetcher import InMemoryResultFetcher
from application.generating.open_cover import BYTES, SIDE_PX, OpenCover
from domain.generation import Result
from domain.media import MediaKind

URL = "https://x.example/cover.png"


def a_picture(width: int, height: int, kind: str = "PNG") -> bytes:
    drawn = BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(drawn, kind)
    return drawn.getvalue()


@pytest.mark.parametrize(
    ("width", "height", "small"), [(1024, 1024, (320, 320)), (900, 300, (320, 106)), (64, 48, (64, 48))]
)
async def test_a_cover_is_made_small_enough_for_a_chat(width: int, height: int, small: tuple[int, int]) -> None:
    fetcher = InMemoryResultFetcher(ManualClock(), default=a_picture(width, height))
    song = Result(kind=MediaKind.AUDIO, url="https://x.example/song.mp3", cover_url=URL)
    async with AsyncExitStack() as opened:
        cover = await OpenCover(fetcher=fetcher, files=LocalMediaFiles())(song, opened)
        assert cover is not None
        assert cover.size_bytes <= BYTES
        with Image.open(cover.path) as read:
            assert (read.format, read.size) == ("JPEG", small)
            assert max(read.size) <= SIDE_PX
    assert not cover.path.exists()


@pytest.mark.parametrize("content", [None, b"<html>gone</html>", b"", b"\x89PNG\r\n\x1a\nbroken", bytes(11 * 2**20)])
async def test_a_cover_that_cannot_be_had_is_left_out(content: bytes | None) -> None:
    fetcher = InMemoryResultFetcher(ManualClock())
    fetcher.files[URL] = content
    song = Result(kind=MediaKind.AUDIO, url="https://x.example/song.mp3", cover_url=URL)
    async with AsyncExitStack() as opened:
        assert await OpenCover(fetcher=fetcher, files=LocalMediaFiles())(song, opened) is None


async def test_nothing_is_fetched_for_what_has_no_cover() -> None:
    fetcher = InMemoryResultFetcher(ManualClock())
    async with AsyncExitStack() as opened:
        plain = Result(kind=MediaKind.AUDIO, url="https://x.example/song.mp3")
        assert await OpenCover(fetcher=fetcher, files=LocalMediaFiles())(plain, opened) is None
    assert fetcher.fetched == []
