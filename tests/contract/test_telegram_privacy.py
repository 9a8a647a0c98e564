"""What a person may do about their data in the chat."""

import io
import json
import zipfile
from collections.abc import AsyncIterator

import pytest

from application.limits import GroupLimits, UserLimits
from config.settings import Settings
from domain.generation import UserId
from simulators.telegram import FileKind, Message
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_results import made


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey(driving=True) as running:
        yield running


def newest(trip: Journey) -> Message:
    """The bot's last message."""
    return [each for each in trip.chat.messages.values() if each.sender is not trip.person.person][-1]


async def test_the_archive_arrives_as_a_file(trip: Journey) -> None:
    await made(trip, "a red fox")
    await trip.press(await trip.say("/privacy"), "Send me my data")
    sent = newest(trip)
    assert sent.media
    assert sent.media.kind is FileKind.DOCUMENT
    with zipfile.ZipFile(io.BytesIO(sent.media.file.path.read_bytes())) as archive:
        rows = json.loads(archive.read("records.json"))
    assert [row["prompt"] for row in rows["generations"]] == ["a red fox"]


async def test_an_archive_that_telegram_would_not_take_is_not_even_made(monkeypatch: pytest.MonkeyPatch) -> None:
    async with journey(driving=True, keeps=True) as trip:
        await made(trip, "a red fox")
        monkeypatch.setattr("adapters.telegram.bot.handlers.privacy.UPLOAD_LIMIT_BYTES", 10)
        monkeypatch.setattr("application.operating.export_person.zipfile", None)
        await trip.press(await trip.say("/privacy"), "Send me my data")
        assert "larger than the 50 MB" in newest(trip).words


async def test_forgetting_asks_first_and_then_erases(trip: Journey) -> None:
    await made(trip, "a red fox")
    page = await trip.say("/privacy")
    await trip.press(page, "Forget me")
    question = newest(trip)
    assert "Erase everything?" in question.words
    assert trip.generations.rows
    await trip.press(question, "Erase everything")
    assert "is erased" in question.words
    assert not question.buttons
    assert not trip.generations.rows


async def test_who_may_not_be_forgotten_yet_hears_why() -> None:
    async with journey(driving=True) as trip:
        await trip.graph.limit_person()(UserId(f"telegram:{trip.person.id}"), 50.0, by=UserId("telegram:1"))
        await made(trip, "a red fox")
        await trip.press(await trip.say("/privacy"), "Forget me")
        assert "operator" in await trip.press(newest(trip), "Erase everything")
        assert trip.generations.rows


@pytest.mark.parametrize(
    "settings",
    [
        Settings(user_limits=UserLimits(per_day=9)),
        Settings(user_limits=UserLimits(credits_per_day=9)),
        Settings(group_limits=GroupLimits(credits_per_day=9)),
    ],
)
async def test_no_one_gets_a_new_day_of_any_limit_by_being_forgotten(settings: Settings) -> None:
    async with journey(driving=True, settings=settings) as trip:
        await made(trip, "a red fox")
        await trip.press(await trip.say("/privacy"), "Forget me")
        assert "24 hours after" in await trip.press(newest(trip), "Erase everything")
        assert trip.generations.rows
