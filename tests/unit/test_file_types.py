"""What a file is, its bytes say; for what people send and for what the provider made."""

import pytest

from domain.file_types import HEAD_BYTES, ending_of, is_page, plain, type_of

PNG, JPEG = b"\x89PNG\r\n\x1a\n" + bytes(20), b"\xff\xd8\xff\xe0" + bytes(20)
MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(20)
HTML = b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"
ERROR = b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>'
JSON = b'{"code": 500, "msg": "file not found"}'
WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SVG = b'<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"></svg>'


@pytest.mark.parametrize(
    ("head", "said", "name", "mime"),
    [
        (JPEG, "application/octet-stream", "IMG_1.JPG", "image/jpeg"),
        (JPEG, "image/jpg", "a.jpg", "image/jpeg"),
        (JPEG, "image/png", "a.png", "image/jpeg"),
        (PNG, "text/plain", "a.txt", "image/png"),
        (PNG, "text/html; charset=utf-8", "", "image/png"),
        (MP4, "image/jpeg", "a.jpg", "video/mp4"),
        (b"%PDF-1.7", "image/png", "a.png", "application/pdf"),
        (HTML, "image/png", "h.png", "text/html"),
        (b"\xef\xbb\xbf  <html>", "image/png", "h.png", "text/html"),
        (ERROR, "image/png", "x.png", "application/xml"),
        (JSON, "image/png", "j.png", "application/json"),
        (b"[]", "video/mp4", "", "application/json"),
        (SVG, "text/plain", "s", "image/svg+xml"),
        (b"<svg/>", "", "", "image/svg+xml"),
        (b"words and words", "text/plain", "a.txt", "text/plain"),
        (b"words and words", "", "a.srt", "application/x-subrip"),
        (b"words and words", "", "", "application/octet-stream"),
        (b"\x01\x02\x03", "image/x-unknown", "a", "image/x-unknown"),
        (b"\x01\x02\x03", "", "doc.mp3", "audio/mpeg"),
        (b"\x00\x02", "text/plain", "a.bin", "application/octet-stream"),
        (b"", "image/png", "a.png", "image/png"),
        (b"PK\x03\x04", "application/zip", "a.docx", WORDS),
        (b"PK\x03\x04", WORDS, "a", WORDS),
        (b"PK\x03\x04", "image/png", "a.png", "application/zip"),
        (b"# Words", "", "a.md", "text/markdown"),
    ],
)
def test_the_bytes_decide_and_the_rest_helps(head: bytes, said: str, name: str, mime: str) -> None:
    assert type_of(head[:HEAD_BYTES], said=said, name=name) == mime


@pytest.mark.parametrize("head", [HTML, ERROR, JSON])
def test_an_error_page_is_never_a_medium(head: bytes) -> None:
    assert is_page(type_of(head, said="image/png", name="a.png"))


@pytest.mark.parametrize("head", [PNG, JPEG, MP4, SVG])
def test_a_medium_is_no_page(head: bytes) -> None:
    assert not is_page(type_of(head, said="text/html", name="a.html"))


def test_names_of_the_same_type_are_one() -> None:
    assert (plain("Image/JPG; q=1"), plain("audio/x-m4a"), plain("image/heif")) == (
        "image/jpeg",
        "audio/mp4",
        "image/heic",
    )


@pytest.mark.parametrize(
    ("mime", "ending"),
    [
        ("audio/x-wav", ".wav"),
        ("video/x-matroska; codecs=vp9", ".mkv"),
        ("image/jpeg", ".jpg"),
        ("audio/ogg", ".ogg"),
        ("a/type-of-no-table", ""),
    ],
)
def test_a_name_ends_as_most_names_of_such_files_do_on_every_machine(mime: str, ending: str) -> None:
    assert ending_of(mime) == ending
