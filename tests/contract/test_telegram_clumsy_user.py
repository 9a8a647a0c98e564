"""Somebody who presses, writes and sends anything at all, also to messages of long ago."""

import asyncio
from random import Random
from typing import Final

import pytest
import structlog

from adapters.telegram_simulator import Message, PersonClient, Upload
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import picture

STEPS: Final = 250
TEXTS: Final = (
    "a red fox",
    "оживи фото",
    "-1",
    "on",
    "16:9",
    "<b>&",
    "🦊" * 1500,
    "x" * 4096,
    "/start",
    "/models",
    "/history",
    "/history red fox",
    "/presets",
    "/start p-nothing",
    "/settings",
    "/cancel",
    "/help",
    "/nothing",
    "/generate",
    "/generate z-image",
    "/generate z-image a fox seed=x y=1",
    "/generate unknown a fox",
)
FILES: Final = (
    Upload(data=picture(), name="fox.jpg", mime="image/jpeg"),
    Upload(data=b"OggS", name="voice.ogg", mime="audio/ogg"),
    Upload(data=b"ftyp", name="film.mp4", mime="video/mp4"),
    Upload(data=b"%PDF", name="paper.pdf", mime="application/pdf"),
)


def act(random: Random, person: PersonClient, said: list[Message]) -> None:
    """One step; buttons more often than the rest, as people do."""
    with_buttons = [message for message in said if message.buttons]
    match random.choice(["press", "press", "press", "press", "say", "answer", "file", "album", "edit", "sticker"]):
        case "press" if with_buttons:
            message = random.choice(with_buttons)
            asking = [each for row in message.buttons for each in row if "callback_data" in each]
            button = random.choice(asking)
            person.press_data(message, str(button["callback_data"]))
        case "answer" if said:
            person.say(random.choice(TEXTS), reply_to=random.choice(said))
        case "file":
            person.send_file(random.choice(FILES), caption=random.choice(["", "make it winter"]))
        case "album":
            person.send_files([FILES[0]] * random.randint(2, 4))
        case "edit":
            person.edit(person.say("a hare"), "a fox")
        case "sticker":
            person.send_other({"dice": {"emoji": "🎲", "value": 3}})
        case _:
            person.say(random.choice(TEXTS))


async def all_handled(trip: Journey) -> None:
    (bot,) = trip.telegram.bots.values()
    async with asyncio.timeout(20):
        while len(bot.updates):
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("seed", range(3))
async def test_a_clumsy_user_meets_no_exception_and_no_silence(seed: int) -> None:
    random = Random(seed)
    async with journey(language=random.choice(["en", "ru"])) as trip:
        seen: dict[int, Message] = {}
        with structlog.testing.capture_logs() as logs:
            for _ in range(STEPS):
                answers = len(trip.telegram.log.calls)
                act(random, trip.person, list(seen.values())[-30:])
                await all_handled(trip)
                said = [each.method for each in list(trip.telegram.log.calls)[answers:]]
                assert {"sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery"} & set(said)
                seen |= {key: each for key, each in trip.chat.messages.items() if each.sender is not trip.person.person}
        faults = [entry for entry in logs if entry["event"] in {"handler.failed", "update.failed", "screen.refused"}]
        assert faults == []
        refusals = [call.description for call in trip.telegram.log.calls if call.status >= 400]
        assert all("message is not modified" in each or "not found" in each for each in refusals), refusals
        unanswered = [query for query in trip.telegram.queries.values() if query.answer is None]
        assert unanswered == []
