"""What no one said gets no answer, and a second tap leaves nothing behind."""

from collections.abc import AsyncIterator

import pytest

from tests.support.telegram_journey import Journey, journey


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey(driving=True) as running:
        yield running


async def test_a_live_location_is_answered_once_and_not_at_each_step(trip: Journey) -> None:
    shared = trip.person.share_live_location()
    await trip.answer_to(shared)
    for _ in range(5):
        trip.person.walk(shared)
    await trip.say("/help")
    assert len(trip.words()) == 2


async def test_an_edit_that_changes_no_words_gets_no_answer(trip: Journey) -> None:
    said = trip.person.say("/help")
    await trip.answer_to(said)
    for _ in range(3):
        trip.person.edit(said, "/help")
    await trip.say("/settings")
    assert len(trip.words()) == 2


async def test_a_change_of_words_is_answered_once(trip: Journey) -> None:
    said = trip.person.say("/help")
    helped = await trip.answer_to(said)
    trip.person.edit(said, "a red fox")
    answer = await trip.answer_to(helped)
    assert "edited" in answer.words
    trip.person.edit(said, "a red fox")
    await trip.say("/settings")
    assert len(trip.words()) == 3


@pytest.mark.parametrize("label", ["Close", "▶️"])
async def test_a_double_tap_on_an_offer_leaves_nothing_behind(trip: Journey, label: str) -> None:
    offer = await trip.say("a red fox in the snow")
    datas = {str(button["text"]): str(button["callback_data"]) for row in offer.buttons for button in row}
    first = next(data for text, data in datas.items() if label in text or label == "Close")
    data = first if label == "▶️" else f"{':'.join(first.split(':')[:2])}:x:"
    taps = [trip.person.press_data(offer, data) for _ in range(3)]
    for tap in taps:
        await trip.toast(tap.id)
    if label == "▶️":
        await trip.provider_rings()
        assert len(trip.rows) == 1
    left = [message for message in trip.chat.messages.values() if message.sender is not trip.person.person]
    assert [message.words for message in left if not message.media] == []


@pytest.mark.parametrize("action", ["options", "other", "prompt", "show"])
async def test_a_double_tap_under_a_result_opens_one_thing(trip: Journey, action: str) -> None:
    trip.person.say("/generate z-image a red fox")
    await trip.provider_rings()
    result = next(message for message in reversed(trip.chat.messages.values()) if message.media)
    before = len(trip.chat.messages)
    taps = [trip.person.press_data(result, f"g:{trip.rows[0].id}:{action}") for _ in range(3)]
    for tap in taps:
        await trip.toast(tap.id)
    assert len(trip.chat.messages) == before + 1
