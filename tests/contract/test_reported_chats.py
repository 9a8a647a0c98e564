"""Cases of public reports and reviews as the person in the chat sees them; docs/reports.md says which is whose."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import Chat, Message
from attrs import evolve
from structlog.testing import capture_logs

from adapters.telegram.api.incoming import destination_of
from simulators.telegram import FileKind, SentFile, TelegramFault
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import labels, picture

SENT = SentFile(data=picture(), name="cat.jpg", mime="image/jpeg")


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey() as running:
        yield running


@pytest.mark.parametrize("words", ["https://cats.example/cat.jpg animate this", "оживи https://cats.example/cat.jpg"])
async def test_a_link_to_a_picture_in_the_words_is_a_picture(trip: Journey, words: str) -> None:
    offer = await trip.say(words)
    linked = labels(offer)
    sent = await trip.answer_to(trip.person.send_file(SENT, caption="animate this"))
    assert set(linked) & set(labels(sent)), (linked, labels(sent))
    assert not [label for label in linked if "Text to Video" in label]


async def test_a_command_names_the_bot_in_any_case_and_one_for_another_bot_gets_no_answer(trip: Journey) -> None:
    (bot,) = trip.telegram.bots.values()
    assert "/models" in (await trip.say(f"/help@{bot.username.upper()}")).words
    group = trip.telegram.add_group("Friends", [trip.person])
    trip.person.say("/help@another_bot", group)
    trip.person.say(f"/help@{bot.username}", group)
    await trip.telegram.next_message(group)
    assert len([one for one in group.messages.values() if one.sender is bot]) == 1


async def test_a_press_whose_query_is_too_old_to_be_answered_acts_all_the_same_and_once(trip: Journey) -> None:
    opened = await trip.card("Z-Image")
    run = next(label for label in labels(opened) if "Run" in label)
    trip.telegram.faults.add(
        TelegramFault(
            method="answerCallbackQuery",
            status=400,
            description="Bad Request: query is too old and response timeout expired or query ID is invalid",
            times=None,
        )
    )
    trip.person.press(opened, run)
    await trip.telegram.until(lambda: trip.rows)
    assert len(trip.rows) == 1


@pytest.mark.parametrize(
    ("said", "thread"),
    [
        ({"message_thread_id": 1}, None),
        ({"message_thread_id": 4711}, None),
        ({"message_thread_id": 77, "is_topic_message": True}, "77"),
        ({}, None),
    ],
)
def test_an_answer_goes_to_a_topic_only_where_the_message_is_in_one(said: dict[str, Any], thread: str | None) -> None:
    chat = Chat(id=-100, type="supergroup", is_forum=True)
    message = Message(message_id=1, date=datetime.now(UTC), chat=chat, text="/help", **said)
    assert destination_of(message).thread == thread


@pytest.mark.parametrize("offset", ["next", "\x00", "9" * 60, "-1e9"])
async def test_an_unknown_offset_is_answered_with_nothing(trip: Journey, offset: str) -> None:
    (bot,) = trip.telegram.bots.values()
    query = trip.person.ask_inline("fox")
    asked: dict[str, object] = {"id": query.id, "from": trip.person.person.wire(), "query": "fox", "offset": offset}
    await trip.telegram.until(lambda: query.answer is not None)
    answers = len(trip.telegram.log.of("answerInlineQuery"))
    with capture_logs() as lines:
        trip.telegram.send_update(bot, "inline_query", asked)
        await trip.telegram.until(lambda: len(trip.telegram.log.of("answerInlineQuery")) > answers)
    assert [line for line in lines if line["log_level"] == "error"] == []


async def test_a_file_with_a_name_without_end_gets_an_answer_that_telegram_takes(trip: Journey) -> None:
    with capture_logs() as lines:
        offer = await trip.answer_to(
            trip.person.send_file(evolve(SENT, name="💥" * 2048 + ".png", kind=FileKind.DOCUMENT))
        )
    assert offer.buttons
    assert [line for line in lines if line["log_level"] == "error"] == []
