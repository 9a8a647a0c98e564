"""What the bytes of a person's file say, in the chat."""

import pytest

from simulators.telegram import FileKind
from simulators.telegram.person import SentFile
from tests.support.telegram_journey import journey
from tests.support.telegram_simulator import picture

OCTET_STREAM = "application/octet-stream"


@pytest.mark.parametrize("name", ["IMG_1", "photo.bin", "IMG_1.JPG"])
async def test_a_picture_that_a_phone_sends_as_some_file_is_a_picture(name: str) -> None:
    async with journey() as trip:
        upload = SentFile(data=picture(), name=name, mime=OCTET_STREAM, kind=FileKind.DOCUMENT)
        offer = await trip.answer_to(trip.person.send_file(upload, caption="make it winter"))
        assert offer.buttons
        assert "🖼" in offer.words


async def test_a_command_takes_such_a_picture_too() -> None:
    async with journey(driving=True) as trip:
        upload = SentFile(data=picture(), name="IMG_1", mime=OCTET_STREAM, kind=FileKind.DOCUMENT)
        trip.person.send_file(upload, caption="/generate recraft/remove-background")
        await trip.provider_rings()
        assert trip.rows


async def test_a_file_that_is_no_medium_stays_what_it_is() -> None:
    async with journey() as trip:
        upload = SentFile(data=b"just words, no picture", name="README", mime=OCTET_STREAM, kind=FileKind.DOCUMENT)
        assert "no model" in (await trip.answer_to(trip.person.send_file(upload))).words


@pytest.mark.parametrize(("language", "words"), [("en", "This file is empty"), ("ru", "Файл пустой")])
@pytest.mark.parametrize("caption", ["", "make it winter", "/generate recraft/remove-background"])
async def test_an_empty_file_is_called_empty(language: str, words: str, caption: str) -> None:
    async with journey(language=language) as trip:
        upload = SentFile(data=b"", name="IMG_1.JPG", mime="image/jpeg", kind=FileKind.DOCUMENT)
        assert words in (await trip.answer_to(trip.person.send_file(upload, caption=caption))).words
        assert not trip.rows
