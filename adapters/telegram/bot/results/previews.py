"""A message that shows a file, and another one when it is turned: edited in place wherever Telegram allows that."""

from aiogram.methods import EditMessageMedia
from aiogram.types import (
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaUnion,
    InputMediaVideo,
    Message,
)
from attrs import frozen

from adapters.telegram.api.errors import Trouble
from adapters.telegram.api.forms import Form
from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.keyboards import keyboard
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.api.sender import Refused, Sender
from adapters.telegram.bot.results.kept import Kept


@frozen(kw_only=True)
class Preview:
    """``screen.text`` becomes the caption where ``file`` can be shown, and the message where it can't. ``hidden``: under a
    spoiler."""

    screen: Screen
    file: Kept | None = None
    hidden: bool = False


@frozen(kw_only=True)
class Previews:
    """Raises what ``Sender`` does, except ``Refused``."""

    _sender: Sender
    _screens: Screens

    async def turn(self, message: Message, preview: Preview) -> None:
        """Show it in ``message``. A message that has a file can't be without one again: then it goes, and a new one comes."""
        if preview.file and await self._edit(message, preview, preview.file):
            return
        destination, shown = destination_of(message, reply=False), str(message.message_id)
        if message.text is None:
            await self._screens.remove(destination, shown)
            await self._screens.show(destination, preview.screen)
        else:
            await self._screens.show(destination, preview.screen, message=shown)

    async def _edit(self, message: Message, preview: Preview, file: Kept) -> bool:
        for form in file.forms:
            media = _media(form, file.file_id, preview)
            if media is None:
                continue
            method = EditMessageMedia(
                chat_id=message.chat.id,
                message_id=message.message_id,
                media=media,
                reply_markup=keyboard(preview.screen.rows),
            )
            try:
                await self._sender.send(method)
            except Refused as error:
                if error.trouble is not Trouble.NOT_MODIFIED:
                    continue
            return True
        return False


def _media(form: Form, file_id: str, preview: Preview) -> InputMediaUnion | None:
    """None for voice messages, which no message can be turned into."""
    text, hidden = preview.screen.text, preview.hidden
    match form:
        case Form.PHOTO:
            return InputMediaPhoto(media=file_id, caption=text, has_spoiler=hidden)
        case Form.ANIMATION:
            return InputMediaAnimation(media=file_id, caption=text, has_spoiler=hidden)
        case Form.VIDEO:
            return InputMediaVideo(media=file_id, caption=text, has_spoiler=hidden)
        case Form.AUDIO:
            return InputMediaAudio(media=file_id, caption=text)
        case Form.DOCUMENT:
            return InputMediaDocument(media=file_id, caption=text)
        case _:
            return None
