"""What Telegram shows under the bot's name while a result is made."""

from collections.abc import Mapping
from typing import Final

from aiogram.enums import ChatAction

from domain.media import MediaKind

ACTIONS: Final[Mapping[MediaKind, ChatAction]] = {
    MediaKind.IMAGE: ChatAction.UPLOAD_PHOTO,
    MediaKind.VIDEO: ChatAction.RECORD_VIDEO,
    MediaKind.AUDIO: ChatAction.RECORD_VOICE,
    MediaKind.TEXT: ChatAction.TYPING,
    MediaKind.FILE: ChatAction.UPLOAD_DOCUMENT,
}

SHOWN_FOR_S: Final = 30.0
"""An action lasts 5 s (https://core.telegram.org/bots/api#sendchataction, read 2026-10); to keep one up for minutes would
cost more requests than all else. Who waits longer looks at the progress message."""
