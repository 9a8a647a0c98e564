"""Local files as attachments."""

from pathlib import Path

import pytest

from adapters.cli.local_files import LocalFileSource, attach
from adapters.cli.sample_files import sample_file
from application.errors import AttachmentLost
from domain.file_signatures import UNKNOWN, mime_of
from domain.media import MediaKind

HEADS = {
    "image/png": b"\x89PNG\r\n\x1a\n\x00",
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "image/gif": b"GIF89a\x01",
    "image/webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "image/heic": b"\x00\x00\x00\x18ftypheic",
    "image/tiff": b"II*\x00\x08",
    "video/mp4": b"\x00\x00\x00\x20ftypisom",
    "video/quicktime": b"\x00\x00\x00\x14ftypqt  ",
    "video/webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
    "video/x-matroska": b"\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska",
    "video/avi": b"RIFF\x24\x00\x00\x00AVI LIST",
    "audio/wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "audio/mpeg": b"\xff\xfb\x90\x64\x00",
    "audio/aac": b"\xff\xf1\x50\x80",
    "audio/mp4": b"\x00\x00\x00\x1cftypM4A ",
    "audio/ogg": b"OggS\x00\x02",
    "audio/flac": b"fLaC\x00",
}


@pytest.mark.parametrize("mime", HEADS)
def test_a_medium_is_recognised_by_its_first_bytes(mime: str) -> None:
    assert mime_of(HEADS[mime]) == mime


@pytest.mark.parametrize("head", [b"", b"\xff", b"RIFF", b"#!/bin/sh", b"%PDF-1.7", b"<svg>", "фото".encode()])
def test_what_is_no_medium_is_a_plain_file(head: bytes) -> None:
    assert mime_of(head) == UNKNOWN
    assert MediaKind.of_mime(UNKNOWN) is MediaKind.FILE


@pytest.mark.parametrize("kind", [MediaKind.IMAGE, MediaKind.AUDIO, MediaKind.VIDEO])
def test_there_is_a_sample_of_each_kind(kind: MediaKind) -> None:
    assert sample_file(kind).kind is kind


async def test_an_attached_file_is_opened_where_it_lies_and_left_there(tmp_path: Path) -> None:
    path = tmp_path / "red fox.png"
    path.write_bytes(HEADS["image/png"])
    async with LocalFileSource().open(attach(path)) as file:
        assert (file.path, file.name, file.mime, file.size_bytes) == (path, "red fox.png", "image/png", 9)
    assert path.exists()


async def test_a_file_that_went_away_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "fox.png"
    path.write_bytes(HEADS["image/png"])
    attachment = attach(path)
    path.unlink()
    with pytest.raises(AttachmentLost):
        async with LocalFileSource().open(attachment):
            pass


async def test_a_file_that_changed_is_sent_as_what_it_is_now(tmp_path: Path) -> None:
    path = tmp_path / "fox"
    path.write_bytes(HEADS["image/png"])
    attachment = attach(path)
    path.write_bytes(HEADS["audio/flac"])
    async with LocalFileSource().open(attachment) as file:
        assert file.mime == "audio/flac"
