"""Types known by their bytes, and the shelf that keeps to its budget."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from simulators.kie.lettering import drawable, font, transliterated, wrap
from simulators.kie.mime import UNKNOWN, canonical, sniff
from simulators.kie.shelf import FileShelf
from tests.support.kie_client import SAMPLES


@pytest.mark.parametrize("name", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_pictures_that_pillow_writes_are_recognised_by_their_bytes(name: str) -> None:
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, name)
    assert sniff(file.getvalue()[:64]) == Image.MIME[name]


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (SAMPLES["video"], "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", "video/quicktime"),
        (b"\x00\x00\x00\x14ftypM4A ", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x1aE\xdf\xa3\x01", "video/webm"),
        (b"RIFF\x00\x00\x00\x00AVI ", "video/x-msvideo"),
        (b"RIFF\x00\x00\x00\x00WAVE", "audio/wav"),
        (b"OggS\x00", "audio/ogg"),
        (b"fLaC", "audio/flac"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"<html>", UNKNOWN),
        (b"\xff", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_other_files_are_recognised_by_their_bytes(head: bytes, mime: str) -> None:
    assert sniff(head) == mime


def test_the_names_of_one_type_are_one() -> None:
    assert canonical("audio/MP3") == canonical("audio/mpeg")
    assert canonical("image/jpg") == "image/jpeg"


def put(shelf: FileShelf, key: str, data: bytes) -> Path:
    shelf.draft(key).write_bytes(data)
    return shelf.keep(key, "text/plain").path


def test_a_full_shelf_lets_go_of_what_was_not_wanted_longest(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path, budget_bytes=3 * 65_536)
    for key in "abc":
        put(shelf, key, b"x" * 65_536)
    assert shelf.find("a") is not None
    put(shelf, "d", b"x" * 65_536)
    assert [key for key in "abcd" if shelf.find(key) is None] == ["b"]
    assert len(list(tmp_path.iterdir())) == 3


def test_the_same_key_overwrites(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path, budget_bytes=1_000_000)
    put(shelf, "a", b"old")
    assert put(shelf, "a", b"newer").read_bytes() == b"newer"
    stored = shelf.find("a")
    assert stored is not None
    assert stored.size_bytes == 5
    assert len(list(tmp_path.iterdir())) == 1


def test_long_texts_are_broken_and_cut() -> None:
    draw = ImageDraw.Draw(Image.new("L", (1, 1)))
    lines = wrap(draw, drawable("слово " * 200 + "x" * 500), font(20), 300, max_lines=4)
    assert len(lines) == 4
    assert lines[-1].endswith("...")
    assert all(draw.textlength(line, font(20)) <= 300 + draw.textlength(" ...", font(20)) for line in lines)
    assert wrap(draw, "", font(20), 300, max_lines=4) == []


def test_russian_can_be_written_in_latin_letters() -> None:
    assert transliterated("Рыжая лиса, Щука!") == "Ryzhaya lisa, Schuka!"
