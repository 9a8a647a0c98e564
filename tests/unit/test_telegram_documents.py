"""Files that phones send as documents."""

from datetime import UTC, datetime

import pytest
from aiogram.types import Chat, Document, Message

from adapters.telegram.api.incoming import media_of
from domain.media import MediaKind


@pytest.mark.parametrize(
    ("mime", "name", "kind", "becomes"),
    [
        ("application/octet-stream", "IMG_1.JPG", MediaKind.IMAGE, "image/jpeg"),
        ("application/octet-stream", "song.mp3", MediaKind.AUDIO, "audio/mpeg"),
        (None, "clip.MOV", MediaKind.VIDEO, "video/quicktime"),
        ("image/jpg", "a.jpg", MediaKind.IMAGE, "image/jpeg"),
        ("", "photo.heic", MediaKind.IMAGE, "image/heic"),
        ("application/pdf", "a.jpg", MediaKind.FILE, "application/pdf"),
        ("application/octet-stream", "README", MediaKind.FILE, "application/octet-stream"),
        ("application/octet-stream", None, MediaKind.FILE, "application/octet-stream"),
    ],
)
def test_a_document_that_a_phone_calls_octet_stream_is_what_its_name_says(
    mime: str | None, name: str | None, kind: MediaKind, becomes: str
) -> None:
    document = Document(file_id="f", file_unique_id="u", mime_type=mime, file_name=name, file_size=5)
    message = Message(message_id=1, date=datetime.now(UTC), chat=Chat(id=1, type="private"), document=document)
    attachment = media_of(message)
    assert attachment is not None
    assert (attachment.kind, attachment.mime) == (kind, becomes)
