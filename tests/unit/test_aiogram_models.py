"""What importing aiogram costs: its models are built when they are used, and are the same models then."""

import subprocess
import sys
from typing import Any

import pytest
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    GetMe,
    GetUpdates,
    GetWebhookInfo,
    SendMediaGroup,
    SendMessage,
    TelegramMethod,
)

from adapters.telegram.api.message_types import holds_messages

CODE = """
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


def test_aiograms_models_are_built_at_their_first_use() -> None:
    subprocess.run([sys.executable, "-c", CODE], check=True, timeout=60)


@pytest.mark.parametrize("method", [SendMessage, EditMessageText, GetUpdates, SendMediaGroup])
def test_messages_are_built_before_the_answers_that_hold_them(method: type[TelegramMethod[Any]]) -> None:
    assert holds_messages(method.__returning__)
    assert not any(holds_messages(other.__returning__) for other in (GetMe, AnswerCallbackQuery, GetWebhookInfo))
