"""What every look at a file tells, and what a fitted copy is; on real decoders and on the fake."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import av
import pytest
from PIL import Image
from pillow_heif import from_pillow

from adapters.media_files import LocalMediaFiles
from adapters.memory.media_files import InMemoryMediaFiles
from application.errors import MediaNotFitted
from domain.media import MediaFile
from domain.media_fit import FitPlan
from simulators.kie.sounds import write_sound

SAMPLES = Path(__file__).parents[2] / "adapters" / "cli" / "samples"


def picture(size: tuple[int, int], form: str = "PNG", mode: str = "RGB", **saving: object) -> bytes:
    file = BytesIO()
    Image.new(mode, size, (200, 60, 20, 128)[: len(mode)]).save(file, form, **saving)
    return file.getvalue()


def heic(size: tuple[int, int]) -> bytes:
    file = BytesIO()
    from_pillow(Image.new("RGB", size, (200, 60, 20))).save(file)
    return file.getvalue()


def animated(size: tuple[int, int] = (64, 48)) -> bytes:
    file = BytesIO()
    frames = [Image.new("RGB", size, (shade, 60, 20)) for shade in (0, 120, 240)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=200)
    return file.getvalue()


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few bytes that is as large as this when it is decoded."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def on_disk(folder: Path, content: bytes, name: str = "a.bin", mime: str = "application/octet-stream") -> MediaFile:
    path = folder / name
    path.write_bytes(content)
    return MediaFile(path=path, name=name, mime=mime, size_bytes=len(content))


@pytest.fixture(params=["memory", "local"])
def files(request: pytest.FixtureRequest) -> LocalMediaFiles | InMemoryMediaFiles:
    return LocalMediaFiles() if request.param == "local" else InMemoryMediaFiles()


@pytest.mark.parametrize(
    ("content", "announced", "mime"),
    [
        (b"no picture at all", "image/png", "application/octet-stream"),
        (b"no film at all", "video/mp4", "application/octet-stream"),
        (b"", "image/png", "application/octet-stream"),
        (picture((64, 48), "JPEG")[:30], "image/png", "image/jpeg"),
    ],
)
async def test_of_a_file_that_cannot_be_read_the_first_bytes_say_the_type(
    content: bytes, announced: str, mime: str, tmp_path: Path
) -> None:
    for name in ("a", "a.png", "a.mp4", "a.txt"):
        facts = await LocalMediaFiles().inspect(on_disk(tmp_path, content, name, announced))
        assert (facts.mime, facts.size_bytes, facts.seconds) == (mime, len(content), None)


async def test_a_sound_that_begins_oddly_and_can_be_read_is_of_its_announced_type(tmp_path: Path) -> None:
    write_sound(tmp_path / "a.mp3", "mp3", "seed", seconds=2.0)
    odd = b"\0" * 200 + (tmp_path / "a.mp3").read_bytes()
    facts = await LocalMediaFiles().inspect(on_disk(tmp_path, odd, "b.mp3", "audio/mpeg"))
    assert facts.mime == "audio/mpeg"
    assert facts.seconds


async def test_a_fitted_copy_has_its_new_type_and_leaves_the_file_alone(
    files: LocalMediaFiles | InMemoryMediaFiles, tmp_path: Path
) -> None:
    file = on_disk(tmp_path, picture((400, 300)), "a.png", "image/png")
    before = file.path.read_bytes()
    async with files.fit(file, FitPlan(mime="image/jpeg")) as fitted:
        assert fitted.mime == "image/jpeg"
        assert fitted.path.exists()
    assert file.path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (picture((400, 300)), "image/png"),
        (picture((400, 300), "JPEG"), "image/jpeg"),
        (picture((400, 300), "AVIF"), "image/avif"),
        (heic((400, 300)), "image/heic"),
        (animated((400, 300)), "image/gif"),
    ],
)
async def test_a_picture_is_recognised_by_its_first_bytes_and_header(content: bytes, mime: str, tmp_path: Path) -> None:
    facts = await LocalMediaFiles().inspect(on_disk(tmp_path, content, "wrong.mp4", "video/mp4"))
    assert (facts.mime, facts.width, facts.height) == (mime, 400, 300)


async def test_a_photo_that_lies_on_its_side_has_the_sizes_a_person_sees(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    file = on_disk(tmp_path, picture((400, 300), "JPEG", exif=exif.tobytes()))
    assert (await LocalMediaFiles().inspect(file)).width == 300
    async with LocalMediaFiles().fit(file, FitPlan(mime="image/jpeg", size=(150, 200))) as fitted:
        assert Image.open(fitted.path).size == (150, 200)


async def test_films_and_sounds_have_a_length(tmp_path: Path) -> None:
    speaking = SAMPLES / "speaking.mp4"
    film = MediaFile(path=speaking, name="a", mime="video/mp4", size_bytes=speaking.stat().st_size)
    facts = await LocalMediaFiles().inspect(film)
    assert (facts.width, facts.height, facts.seconds, facts.fps) == (1280, 720, 5.0, 24.0)
    write_sound(tmp_path / "a.wav", "wav", "seed", seconds=3.0)
    sound = on_disk(tmp_path, (tmp_path / "a.wav").read_bytes(), "b.wav", "audio/wav")
    assert (await LocalMediaFiles().inspect(sound)).seconds == pytest.approx(3.0, abs=0.3)


async def test_a_decompression_bomb_is_measured_and_never_decoded(tmp_path: Path) -> None:
    file = on_disk(tmp_path, bomb(), "a.png", "image/png")
    facts = await LocalMediaFiles().inspect(file)
    assert (facts.width, facts.height) == (60_000, 60_000)
    with pytest.raises(MediaNotFitted):
        async with LocalMediaFiles().fit(file, FitPlan(mime="image/jpeg", size=(100, 100))):
            pass


@pytest.mark.parametrize("content", [heic((400, 300)), picture((400, 300), "AVIF"), animated((400, 300))])
async def test_a_rare_picture_becomes_a_common_one(content: bytes, tmp_path: Path) -> None:
    async with LocalMediaFiles().fit(on_disk(tmp_path, content), FitPlan(mime="image/jpeg")) as fitted:
        shown = Image.open(fitted.path)
        assert (shown.format, shown.size, fitted.name) == ("JPEG", (400, 300), "a.jpg")


async def test_an_animated_picture_becomes_a_film_of_its_length(tmp_path: Path) -> None:
    async with LocalMediaFiles().fit(on_disk(tmp_path, animated()), FitPlan(mime="video/mp4")) as fitted:
        with av.open(str(fitted.path)) as film:
            assert film.duration is not None
            assert film.duration / 1_000_000 == pytest.approx(0.6, abs=0.1)
            assert film.streams.video[0].width == 64


async def test_a_voice_message_becomes_an_mp3(tmp_path: Path) -> None:
    write_sound(tmp_path / "a.wav", "wav", "seed", seconds=2.0)
    file = on_disk(tmp_path, (tmp_path / "a.wav").read_bytes(), "v.ogg", "audio/ogg")
    async with LocalMediaFiles().fit(file, FitPlan(mime="audio/mpeg")) as fitted, LocalOpen(fitted.path) as sound:
        assert sound.streams.audio[0].codec_context.name.startswith("mp3")


class LocalOpen:
    """A container that is open inside an ``async with``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def __aenter__(self) -> av.container.InputContainer:
        self.container = av.open(str(self.path))
        return self.container

    async def __aexit__(self, *_: object) -> None:
        self.container.close()


async def test_a_heavy_picture_is_made_light_enough(tmp_path: Path) -> None:
    noise = Image.effect_noise((1500, 1500), 90).convert("RGB")
    noise.save(tmp_path / "n.png")
    file = on_disk(tmp_path, (tmp_path / "n.png").read_bytes(), "b.png", "image/png")
    async with LocalMediaFiles().fit(file, FitPlan(mime="image/jpeg", max_bytes=400_000)) as fitted:
        assert fitted.size_bytes <= 400_000
