"""What only a process of its own shows: its streams, and what it has loaded."""

import json
import os
import subprocess
import sys

VALIDATE = [sys.executable, "-c", "from config.main import main; main()", "validate", "--batch"]
USING_MODELS = """
import sys
import adapters.telegram
assert 'aiogram' not in sys.modules and 'pydantic' not in sys.modules
from aiogram.methods import GetMe, GetUpdates, SendMediaGroup, SendMessage
from aiogram.methods.base import Response
from aiogram.types import *
assert not any(model.__pydantic_complete__ for model in (Update, Message, User, SendMessage))
chat = {'id': 1, 'type': 'private'}
command = {'type': 'bot_command', 'offset': 0, 'length': 2}
message = {'message_id': 1, 'date': 1, 'chat': chat, 'text': '/a', 'entities': [command]}
photo = {'file_id': 'a', 'file_unique_id': 'b', 'width': 1, 'height': 1}
user = {'id': 1, 'is_bot': False, 'first_name': 'Ann'}
updates = Response[GetUpdates.__returning__].model_validate({'ok': True, 'result': [
    {'update_id': 1, 'message': {**message, 'reply_to_message': message, 'photo': [photo]}},
    {'update_id': 2, 'callback_query': {'id': '1', 'from': user, 'chat_instance': 'c', 'message': message, 'data': 'x'}},
]}).result
assert isinstance(updates[0], Update) and isinstance(updates[0].message.reply_to_message.entities[0], MessageEntity)
assert isinstance(updates[1].callback_query.from_user, User)
assert isinstance(Response[GetMe.__returning__].model_validate({'ok': True, 'result': user}).result, User)
keys = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text='a', callback_data='b')]])
sent = SendMessage(chat_id=1, text='a', reply_markup=keys, entities=[MessageEntity(type='bold', offset=0, length=1)])
assert sent.model_dump(exclude_none=True, warnings=False)['reply_markup']['inline_keyboard'][0][0]['text'] == 'a'
assert len(SendMediaGroup(chat_id=1, media=[InputMediaPhoto(media='a'), InputMediaVideo(media='b')]).media) == 2
"""


def test_the_command_bears_any_byte_even_where_the_environment_is_strict() -> None:
    """As a process, since it is about the process's own streams."""
    strict = {**os.environ, "PYTHONIOENCODING": "ascii:strict"}
    lines = b'\xff\n{"model": "\xc3\xa9", "input": {}}\n'
    ran = subprocess.run(VALIDATE, check=False, input=lines, env=strict, capture_output=True)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert [json.loads(line)["ok"] for line in ran.stdout.splitlines()] == [False, False]


def test_a_reader_that_has_had_enough_is_no_accident() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as no_one_reads:
        ran = subprocess.run(VALIDATE, check=False, input=b"{}\n", stdout=no_one_reads, stderr=subprocess.PIPE)
    assert (ran.returncode, ran.stderr) == (1, b"")


def test_listing_models_loads_nothing_of_telegram_the_network_or_the_database() -> None:
    program = "import sys; from config.main import dispatch; dispatch(['models', 'fox']); sys.exit(not LOADED)"
    loaded = "{'aiogram', 'aiohttp', 'asyncpg'}.isdisjoint(sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program.replace("LOADED", loaded)], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_aiograms_models_are_built_at_their_first_use() -> None:
    subprocess.run([sys.executable, "-c", USING_MODELS], check=True, timeout=60)
