"""Updates that are almost real: none stops the bot, breaks a handler, or leaves the next person without an answer.

A long run: ``FUZZ_UPDATES=5000 FUZZ_SEEDS=10-29 make fuzz-telegram``.
"""

import copy
import os
from random import Random
from typing import Any, Final

import pytest
import structlog

from tests.support.telegram_journey import Journey, journey

UPDATES: Final = int(os.environ.get("FUZZ_UPDATES", "250"))
FIRST, _, LAST = os.environ.get("FUZZ_SEEDS", "0-1").partition("-")
SEEDS: Final = range(int(FIRST), int(LAST or FIRST) + 1)
BATCH: Final = 25
ODD: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 2**31, 2**53, 1e308, "", "x" * 5000, "\u0000", [], {}, [[]], {"a": {}}),
    *({"id": "no number"}, {"id": 1, "type": "nebula"}, [{"type": "bold", "offset": -5, "length": 10**9}]),
)
KINDS: Final = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member", "poll", "gift_auction")


def real_updates(trip: Journey, said: dict[str, Any], answer: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    person = trip.person.person.wire()
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9, "file_size": 9}]
    voice = {"file_id": "v", "file_unique_id": "w", "duration": 3, "mime_type": "audio/ogg", "file_size": 9}
    document = {"file_id": "d", "file_unique_id": "e", "mime_type": "application/octet-stream", "file_name": "a.JPG"}
    origin = {"type": "hidden_user", "sender_user_name": "X", "date": 1}
    buttons = [button["callback_data"] for row in answer["reply_markup"]["inline_keyboard"] for button in row]
    presses = [
        ("callback_query", {"id": "1", "from": person, "message": answer, "chat_instance": "1", "data": data})
        for data in (*buttons, "g:gone:again", "h:x", "s:language:tlh:1", "p:x:open", "a:home::0", "q" * 64)
    ]
    return [
        ("message", said),
        ("message", {**said, "text": "/generate z-image prompt=a fox E=mc2"}),
        ("message", {**said, "text": None, "photo": photo, "caption": "make it blue", "forward_origin": origin}),
        ("message", {**said, "text": None, "voice": voice}),
        ("message", {**said, "text": None, "document": document, "media_group_id": "7"}),
        ("message", {**said, "reply_to_message": answer}),
        (
            "message",
            {**said, "external_reply": {"origin": origin, "photo": photo}, "quote": {"text": "q", "position": 0}},
        ),
        ("edited_message", {**said, "edit_date": 2, "location": {"latitude": 1.0, "longitude": 2.0}}),
        ("inline_query", {"id": "1", "from": person, "query": "fox", "offset": ""}),
        *presses,
    ]


def mutated(value: Any, random: Random) -> Any:
    """The same with one part of it gone, odd, or swapped with another; now and then nothing is."""
    changed = copy.deepcopy(value)
    for _ in range(random.choice((0, 1, 1, 2, 4))):
        holder, key = random.choice(list(_places(changed)))
        match random.randrange(3):
            case 0 if isinstance(holder, dict):
                del holder[key]
            case 1:
                holder[key] = copy.deepcopy(random.choice(ODD))
            case _:
                holder[key] = copy.deepcopy(random.choice([each[where] for each, where in _places(changed)]))
        if not isinstance(changed, dict) or not changed:
            return {}
    return changed


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found += [(value, key), *_places(value[key])]
    return found or [({"x": 1}, "x")]


@pytest.mark.parametrize("seed", SEEDS)
async def test_almost_real_updates_break_nothing_and_the_next_person_is_answered(seed: int) -> None:
    random = Random(seed)
    async with journey() as trip:
        (bot,) = trip.telegram.bots.values()
        asked = trip.person.say("a red fox in the snow")
        answer = await trip.answer_to(asked)
        real = real_updates(trip, asked.wire(bot.id), answer.wire(bot.id))
        canary = trip.telegram.add_person("Canary")
        with structlog.testing.capture_logs() as logs:
            for _ in range(UPDATES // BATCH):
                for _ in range(BATCH):
                    kind, payload = random.choice(real)
                    kind = kind if random.random() < 0.9 else random.choice(KINDS)
                    trip.telegram.send_update(bot, kind, mutated(payload, random), conversation=trip.person.id)
                assert "/models" in (await trip.of(canary).say("/help")).words
        faults = [entry for entry in logs if entry["log_level"] in {"error", "critical"}]
        assert faults == [], f"seed {seed}"
        assert all(row.model_id for row in trip.rows)
