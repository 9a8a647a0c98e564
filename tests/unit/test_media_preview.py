"""Previews of pictures, films and sounds, and of files that lie."""

import struct
import zlib
from pathlib import Path

import av
import pytest
from PIL import Image

from adapters.media_preview import MediaPreviewMaker
from domain.media import MediaFile

FILMS = Path("adapters/cli/samples")


def a_file(path: Path, mime: str) -> MediaFile:
    return MediaFile(path=path, name=path.name, mime=mime, size_bytes=path.stat().st_size)


@pytest.mark.parametrize(
    ("mode", "form"), [("RGB", "PNG"), ("RGBA", "WEBP"), ("L", "JPEG"), ("P", "GIF"), ("CMYK", "JPEG")]
)
async def test_a_picture_is_made_smaller_and_its_sizes_are_known(tmp_path: Path, mode: str, form: str) -> None:
    path = tmp_path / "picture"
    Image.new(mode, (1600, 900)).save(path, form)
    async with MediaPreviewMaker().make(a_file(path, "image/png")) as made:
        assert (made.width, made.height) == (1600, 900)
        assert made.picture
        with Image.open(made.picture) as preview:
            assert (preview.format, preview.size) == ("WEBP", (640, 360))


async def test_a_picture_that_a_camera_turned_is_shown_upright(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (800, 400)).save(path, "JPEG", exif=exif)
    async with MediaPreviewMaker().make(a_file(path, "image/jpeg")) as made:
        assert (made.width, made.height) == (400, 800)
        assert made.picture
        with Image.open(made.picture) as preview:
            assert preview.height > preview.width


async def test_a_film_shows_a_frame_and_says_how_long_it_is() -> None:
    async with MediaPreviewMaker().make(a_file(FILMS / "speaking.mp4", "video/mp4")) as made:
        assert made.picture
        assert made.picture.stat().st_size
        assert made.width
        assert made.duration_s


@pytest.mark.parametrize("seconds", [1, 4])
async def test_the_last_frame_of_a_film_is_as_large_as_the_film(tmp_path: Path, seconds: int) -> None:
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as film:
        stream = film.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for number in range(seconds * 10):
            colour = (0, 0, 255) if number == seconds * 10 - 1 else (255, 0, 0)
            frame = av.VideoFrame.from_image(Image.new("RGB", (320, 240), colour))  # type: ignore[no-untyped-call]  # PyAV leaves it so
            film.mux(stream.encode(frame))
        film.mux(stream.encode())
    async with MediaPreviewMaker().last_frame(a_file(path, "video/mp4")) as made:
        assert made
        assert (made.mime, made.size_bytes) == ("image/jpeg", made.path.stat().st_size)
        with Image.open(made.path) as picture:
            red, _, blue = picture.convert("RGB").getpixel((160, 120))  # type: ignore[misc]  # a pixel of RGB
            assert (picture.size, blue > 200, red < 60) == ((320, 240), True, True)


async def test_what_is_no_film_has_no_last_frame(tmp_path: Path) -> None:
    page = tmp_path / "page.mp4"
    page.write_text("<html></html>")
    for file in (a_file(FILMS / "voice.wav", "audio/wav"), a_file(page, "video/mp4")):
        async with MediaPreviewMaker().last_frame(file) as frame:
            assert frame is None


async def test_a_sound_says_how_long_it_is_and_shows_nothing() -> None:
    async with MediaPreviewMaker().make(a_file(FILMS / "voice.wav", "audio/wav")) as made:
        assert made.picture is None
        assert made.duration_s


@pytest.mark.parametrize("mime", ["image/png", "video/mp4", "audio/mpeg", "text/html", "application/zip"])
async def test_a_page_named_picture_has_no_preview(tmp_path: Path, mime: str) -> None:
    path = tmp_path / "picture.png"
    path.write_text("<html><script>alert(1)</script></html>")
    async with MediaPreviewMaker().make(a_file(path, mime)) as made:
        assert made.picture is None


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that would take 14 GB decoded."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(10_000)))
        + chunk(b"IEND", b"")
    )


async def test_a_picture_of_60_000_pixels_a_side_is_not_decoded(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(bomb(60_000))
    async with MediaPreviewMaker().make(a_file(path, "image/png")) as made:
        assert (made.picture, made.is_bomb) == (None, True)
