"""Cards and presets that name a file which Telegram does not know any more: it was another bot's, or is forgotten."""

from collections.abc import AsyncIterator

import pytest

from domain.failure import FailureKind
from domain.generation import Generation
from simulators.telegram import Message, SentFile
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import picture

PHOTO = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey(driving=True, keeps=True) as running:
        yield running


def message_of(trip: Journey, generation: Generation) -> Message:
    return trip.chat.messages[int(generation.receipts[-1].message)]


async def card_on_a_result(trip: Journey) -> Message:
    """A card whose picture is a result, as Telegram keeps it."""
    await trip.press(await trip.say("z-image a red fox"), "▶️")
    result = message_of(trip, await trip.ended(1))
    await trip.press(result, "⋯")
    await trip.press(result, "Remove background")
    return await trip.answer_to(result)


def forget_files(trip: Journey, *, kie_too: bool = False) -> None:
    trip.telegram.files._files.clear()
    if kie_too:
        trip.fetcher.files[str(trip.rows[0].results[0].url)] = None


@pytest.mark.parametrize("kie_too", [False, True])
async def test_a_card_on_a_result_runs_with_our_own_copy(trip: Journey, kie_too: bool) -> None:
    card = await card_on_a_result(trip)
    forget_files(trip, kie_too=kie_too)
    await trip.press(card, "▶️")
    assert (await trip.ended(2)).failure is None


async def test_a_preset_of_a_result_runs_with_our_own_copy(trip: Journey) -> None:
    card = await card_on_a_result(trip)
    await trip.press(card, "💾")
    trip.person.say("Cut out")
    await trip.telegram.until(lambda: "“Cut out”" in card.words)
    forget_files(trip)
    listed = await trip.say("/presets")
    await trip.press(listed, "Cut out")
    await trip.press(await trip.answer_to(listed), "▶️")
    assert (await trip.ended(2)).failure is None


async def test_a_result_that_only_the_provider_has_comes_from_there() -> None:
    async with journey(driving=True) as trip:
        card = await card_on_a_result(trip)
        forget_files(trip)
        await trip.press(card, "▶️")
        assert (await trip.ended(2)).failure is None


async def test_a_file_that_no_one_has_any_more_costs_nothing_and_is_asked_for_again() -> None:
    async with journey(driving=True) as trip:
        card = await card_on_a_result(trip)
        forget_files(trip, kie_too=True)
        await trip.press(card, "▶️")
        failed = await trip.ended(2)
        assert failed.failure
        assert failed.failure.kind is FailureKind.ATTACHMENT_LOST
        assert failed.task_id is None
        news = await trip.telegram.until(lambda: [m for m in trip.chat.messages.values() if "can't be read" in m.words])
        assert "Give it again" in news[0].words
