"""Which answers of Telegram hold messages: their models are built before, when they are first used."""

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


@pytest.mark.parametrize("method", [SendMessage, EditMessageText, GetUpdates, SendMediaGroup])
def test_messages_are_built_before_the_answers_that_hold_them(method: type[TelegramMethod[Any]]) -> None:
    assert holds_messages(method.__returning__)
    assert not any(holds_messages(other.__returning__) for other in (GetMe, AnswerCallbackQuery, GetWebhookInfo))
