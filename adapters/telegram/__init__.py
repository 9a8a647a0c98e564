"""The Telegram front end: people write to a bot, and their wishes become use cases. The only package that knows aiogram."""

from adapters.telegram.announcer import TelegramAnnouncer
from adapters.telegram.attachments import TelegramAttachments
from adapters.telegram.bot import open_bot
from adapters.telegram.front_end import FrontEnd
from adapters.telegram.results.messenger import TelegramMessenger
from adapters.telegram.updates.fence import Fenced
from adapters.telegram.updates.reception import Reception

__all__ = [
    "Fenced",
    "FrontEnd",
    "Reception",
    "TelegramAnnouncer",
    "TelegramAttachments",
    "TelegramMessenger",
    "open_bot",
]
