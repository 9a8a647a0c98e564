"""An update is handled whole, or as far as it can be read, and never harms the next."""

import asyncio
import json
from typing import Any

import pytest
import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Message

from adapters.telegram.bot.updates.update_handler import Origin, UpdateHandler, id_of, origin_of, written
from tests.support.telegram_simulator import TOKEN


class Line:
    """An update handler with one message handler, which notes what it was given and may fail."""

    def __init__(self) -> None:
        self.handled: list[str] = []
        self.texts: list[str | None] = []
        self.error: BaseException | None = None
        dispatcher = Dispatcher(disable_fsm=True)
        dispatcher.message.register(self.take)
        self.handle = UpdateHandler(Bot(TOKEN), dispatcher)

    async def take(self, message: Message) -> None:
        self.handled.append(message.text or message.caption or "")
        self.texts.append(message.text)
        if self.error:
            raise self.error


@pytest.fixture
def line() -> Line:
    return Line()


def update(**fields: Any) -> dict[str, Any]:
    chat, person = {"id": 5, "type": "private"}, {"id": 5, "is_bot": False, "first_name": "Vera"}
    message = {"message_id": 1, "date": 0, "chat": chat, "from": person, "text": "hello", **fields}
    return {"update_id": 7, "message": message}


async def test_a_handler_that_fails_is_logged_and_the_update_is_done_with(line: Line) -> None:
    line.error = RuntimeError("broken")
    with structlog.testing.capture_logs() as logs:
        await line.handle(json.dumps(update()))
    assert line.handled == ["hello"]
    assert [entry["event"] for entry in logs] == ["update.failed"]


async def test_a_cancelled_handler_leaves_its_update_unhandled(line: Line) -> None:
    line.error = asyncio.CancelledError()
    with pytest.raises(asyncio.CancelledError):
        await line.handle(json.dumps(update()))


@pytest.mark.parametrize(
    "raw", [{"update_id": 7}, {"update_id": 7, "gift_auction": {"id": "x"}}, {"update_id": 7, "x": 1}]
)
async def test_an_update_of_a_kind_that_no_client_knows_is_passed_over(line: Line, raw: dict[str, Any]) -> None:
    with structlog.testing.capture_logs() as logs:
        await line.handle(json.dumps(raw))
    assert line.handled == []
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("update.unknown_kind", "info")]


async def test_words_beside_a_field_that_cannot_be_read_are_answered(line: Line) -> None:
    forwarded = update(forward_origin={"type": "from the future"}, text="make it blue")
    await line.handle(json.dumps(forwarded))
    assert line.handled == ["make it blue"]


@pytest.mark.parametrize("file", ["photo", "video", "document", "voice"])
async def test_words_under_a_file_that_cannot_be_read_are_answered_as_words(line: Line, file: str) -> None:
    await line.handle(json.dumps(update(**{file: {"of": "the future"}, "text": None, "caption": "make it blue"})))
    whole = update(**{file: {"of": "the future"}, "caption": "make it blue"})
    del whole["message"]["text"]
    await line.handle(json.dumps(whole))
    assert line.texts == ["make it blue"] * 2


async def test_words_in_a_message_that_cannot_be_read_are_answered(line: Line) -> None:
    await line.handle(json.dumps(update(message_id="no number", date=None, text="a fox")))
    await line.handle(json.dumps(update(chat={"id": 5, "type": "nebula"}, text="a cat")))
    assert line.handled == ["a fox", "a cat"]


async def test_nothing_of_peoples_words_is_in_the_log(line: Line) -> None:
    secret = "my secret question"
    with structlog.testing.capture_logs() as logs:
        await line.handle(json.dumps(update(poll={"question": secret, "id": secret})))
        await line.handle(json.dumps({"update_id": 7, "message": {"text": secret}}))
    assert logs
    assert secret not in str(logs)


@pytest.mark.parametrize(
    ("raw", "origin"),
    [
        (update(), Origin(chat=5, person=5)),
        ({"callback_query": {"from": {"id": 9}, "message": {"chat": {"id": -3}}}}, Origin(chat=-3, person=9)),
        ({"callback_query": {"from": {"id": 9}, "inline_message_id": "x"}}, Origin(chat=9, person=9)),
        ({"inline_query": {"from": {"id": 9}}}, Origin(chat=9, person=9)),
        ({"gift_auction": {"from": "?", "chat": {"id": True}}}, Origin(chat=0, person=0)),
        ({"update_id": 7}, Origin(chat=0, person=0)),
    ],
)
def test_whose_update_it_is_shows_without_reading_it(raw: dict[str, Any], origin: Origin) -> None:
    assert origin_of(raw) == origin


@pytest.mark.parametrize(
    "raw",
    [None, [], "text", {}, *({"update_id": number} for number in ("7", True, -1, 2**63 - 1, 10**40))],
)
def test_what_has_no_number_is_no_update(raw: object) -> None:
    assert id_of(raw) is None


def test_half_of_a_surrogate_pair_is_not_kept_and_nothing_else_is_lost() -> None:
    raw = json.loads('{"update_id": 1, "message": {"text": "лиса \\ud83e\\udd8a \\ud83d \\u0000", "date": NaN}}')
    assert '"лиса 🦊 ? \\u0000"' in written(raw)
