"""What a person's file is, before a handler works with it."""

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject

from adapters.telegram.api.attachments import TelegramAttachments
from adapters.telegram.api.incoming import answered_media, destination_of, media_of
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.middleware import Data, Handler
from adapters.telegram.bot.person import Person
from domain.file_signatures import UNKNOWN


class FileIntake(BaseMiddleware):
    """Answers an empty file with a sentence, and lets the bytes of a document say what it is where nothing else does."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        assert isinstance(event, Message)  # noqa: S101  # registered for messages alone
        quoted = event.reply_to_message
        if any(file.size_bytes == 0 for file in (media_of(event), answered_media(event)) if file):
            person: Person = data["person"]
            screens: Screens = data["screens"]
            await screens.show(destination_of(event), Screen(person.words("tg-file-empty"), []))
            return None
        attachments = TelegramAttachments(data["bot"])
        if quoted is not None:
            event = event.model_copy(update={"reply_to_message": await _identified(quoted, attachments)})
        return await handler(await _identified(event, attachments), data)


async def _identified(message: Message, attachments: TelegramAttachments) -> Message:
    file = media_of(message)
    if message.document is None or file is None or file.mime != UNKNOWN:
        return message
    document = message.document.model_copy(update={"mime_type": await attachments.type_of(file)})
    return message.model_copy(update={"document": document})
