"""Keyboards, files, faults and flood limits."""

from pathlib import Path

import pytest

from simulators.telegram import TelegramFault
from simulators.telegram.errors import ApiError
from simulators.telegram.faults import FaultScript
from simulators.telegram.files import FileId, FileKind, FileStore, photo_size
from simulators.telegram.flood import FloodLimits
from simulators.telegram.markup import read_markup
from tests.support.telegram_simulator import picture


def keyboard(**button: object) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": "x", **button}]]}


def test_callback_data_counts_in_bytes() -> None:
    assert read_markup(keyboard(callback_data="я" * 32)).inline is not None
    with pytest.raises(ApiError, match="BUTTON_DATA_INVALID"):
        read_markup(keyboard(callback_data="я" * 33))


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("text", "object expected as reply markup"),
        (keyboard(), "text buttons are unallowed in the inline keyboard"),
        (keyboard(callback_data=""), "text buttons are unallowed in the inline keyboard"),
        (keyboard(text="", callback_data="a"), "inline keyboard button text must be non-empty"),
        (keyboard(url="ftp://x.y"), "inline keyboard button URL 'ftp://x.y' is invalid: Unsupported URL protocol"),
        (keyboard(url="http://localhost"), "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL"),
        ({"inline_keyboard": [["x"]]}, "InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": ["x"]}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}, "reply markup is too long"),
    ],
)
def test_a_wrong_keyboard_is_refused(markup: object, complaint: str) -> None:
    with pytest.raises(ApiError) as caught:
        read_markup(markup)
    assert caught.value.description == f"Bad Request: {complaint}"


def test_a_reply_keyboard_is_distinguished_from_an_inline_one() -> None:
    markup = read_markup({"keyboard": [[{"text": "Yes"}]]})
    assert markup.inline is None
    assert markup.keyboard == {"keyboard": [[{"text": "Yes"}]]}


def test_a_file_id_belongs_to_one_bot_and_one_kind() -> None:
    store = FileStore()
    file = store.add(b"x", name="a.bin")
    file_id = str(FileId(bot_id=42, kind=FileKind.DOCUMENT, number=file.number))
    assert store.resolve(file_id, bot_id=42, kind=FileKind.DOCUMENT) is file
    with pytest.raises(ApiError, match="wrong file identifier/HTTP URL specified"):
        store.resolve(file_id, bot_id=43, kind=FileKind.DOCUMENT)
    with pytest.raises(ApiError, match="can't use file of type Document as Photo"):
        store.resolve(file_id, bot_id=42, kind=FileKind.PHOTO)
    store.close()


def test_the_oldest_files_make_room_for_new_ones() -> None:
    store = FileStore(limit_bytes=10)
    old, new = store.add(b"x" * 6, name="old"), store.add(b"x" * 6, name="new")
    assert not old.path.exists()
    assert new.path.read_bytes() == b"x" * 6
    with pytest.raises(ApiError, match="wrong file_id or the file is temporarily unavailable"):
        store.resolve(
            str(FileId(bot_id=1, kind=FileKind.DOCUMENT, number=old.number)), bot_id=1, kind=FileKind.DOCUMENT
        )
    store.close()


def test_nothing_is_left_on_disk() -> None:
    store = FileStore()
    folder: Path = store.add(b"x", name="a").path.parent
    store.close()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (picture(9000, 1001, kind="PNG"), "PHOTO_INVALID_DIMENSIONS"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (bytes(10 * 1024 * 1024 + 1), "file of size 10485761 bytes is too big for a photo"),
    ],
)
def test_what_is_no_photo_is_refused(data: bytes, complaint: str) -> None:
    store = FileStore()
    with pytest.raises(ApiError, match=complaint):
        photo_size(store.add(data, name="a.png"))
    store.close()


def test_a_fault_strikes_the_calls_it_concerns_as_often_as_it_should() -> None:
    script = FaultScript()
    fault = script.add(TelegramFault(method="sendMessage", chat_id=7, status=500, times=2))
    assert script.strike("getMe", "7") is None
    assert script.strike("sendMessage", "8") is None
    assert [script.strike("sendmessage", "7") for _ in range(3)] == [fault, fault, None]
    assert fault.struck == 2


def test_chance_repeats_with_its_seed() -> None:
    def struck(seed: int) -> list[bool]:
        script = FaultScript(seed=seed)
        script.add(TelegramFault(status=500, times=None, probability=0.5))
        return [script.strike("getMe", "") is not None for _ in range(40)]

    assert struck(1) == struck(1)
    assert struck(1) != struck(2)
    assert 5 < sum(struck(1)) < 35


def test_a_chat_takes_a_burst_and_then_one_message_a_second() -> None:
    now = 1000.0
    limits = FloodLimits(clock=lambda: now, chat_burst=3)
    for _ in range(3):
        limits.take(1, 7)
    with pytest.raises(ApiError) as caught:
        limits.take(1, 7)
    assert caught.value.parameters == {"retry_after": 1}
    limits.take(1, 8)
    now += 1
    limits.take(1, 7)


def test_a_group_takes_twenty_messages_at_once_and_then_one_every_three_seconds() -> None:
    now = 1000.0
    limits = FloodLimits(clock=lambda: now, chat_burst=100)
    for _ in range(20):
        limits.take(1, -7)
    with pytest.raises(ApiError) as caught:
        limits.take(1, -7)
    assert caught.value.description == "Too Many Requests: retry after 3"
    now += 3
    limits.take(1, -7)
