"""A button works for ever, whatever Telegram still shows of its message."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from simulators.telegram import Message, PersonClient
from tests.support.telegram_journey import Journey, journey

GONE = "This button"
Shown = Callable[[Message], dict[str, Any]]

OUT_OF_REACH: dict[str, Shown] = {
    "an inaccessible message": PersonClient.out_of_reach,
    "an inline message": lambda _: {"inline_message_id": "AgAAAA"},
    "no message at all": lambda _: {},
}
ways = pytest.mark.parametrize("shown", OUT_OF_REACH.values(), ids=OUT_OF_REACH)


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey(driving=True) as running:
        yield running


async def made(trip: Journey) -> Message:
    trip.person.say("/generate z-image a red fox")
    await trip.provider_rings()
    return next(message for message in reversed(trip.chat.messages.values()) if message.media)


async def press(trip: Journey, message: Message, data: str, shown: Shown) -> tuple[str, list[str]]:
    """The toast, and what came into the chat after the press. Telegram refuses every edit of such a message."""
    trip.telegram.delete(message)
    before = set(trip.chat.messages)
    toast = await trip.toast(trip.person.press_old(message, data, shown(message)).id)
    return toast, [each.words for number, each in trip.chat.messages.items() if number not in before]


@ways
@pytest.mark.parametrize("action", ["again", "prompt", "options", "other", "more", "star", "show", "original"])
async def test_every_button_of_a_result_works(trip: Journey, shown: Shown, action: str) -> None:
    result = await made(trip)
    toast, said = await press(trip, result, f"g:{trip.rows[0].id}:{action}", shown)
    assert GONE not in toast
    assert said or len(trip.rows) == 2


@ways
@pytest.mark.parametrize("command", ["/models", "/settings", "/history", "/presets"])
async def test_the_pages_turn(trip: Journey, shown: Shown, command: str) -> None:
    page = await trip.say(command)
    button = next((each for row in page.buttons for each in row if "callback_data" in each), None)
    if button is None:
        page, data = await trip.say("/models"), f"pl:{trip.person.id}:0:0"
    else:
        data = str(button["callback_data"])
    toast, said = await press(trip, page, data, shown)
    assert GONE not in toast
    assert said


@ways
async def test_waiting_is_stopped(shown: Shown) -> None:
    async with journey() as trip:
        trip.person.say("/generate z-image a red fox")
        await trip.accepted()
        message = trip.person.say("anything")
        answer = await trip.answer_to(message)
        toast, _ = await press(trip, answer, f"g:{trip.rows[0].id}:cancel", shown)
        assert GONE not in toast
        assert trip.rows[0].is_terminal


async def test_a_button_of_another_person_is_refused_also_there(trip: Journey) -> None:
    result = await made(trip)
    other = trip.telegram.add_person("Other")
    query = other.press_old(result, f"g:{trip.rows[0].id}:again", PersonClient.out_of_reach(result))
    assert "another" in await trip.toast(query.id) or "else's" in await trip.toast(query.id)
    assert len(trip.rows) == 1
