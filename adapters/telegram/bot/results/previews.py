"""A message that shows a file, and another one when it is turned: edited in place wherever Telegram allows that."""

from aiogram.methods import EditMessageMedia
from aiogram.types import (
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaUnion,
    InputMediaVideo,
)
from attrs import frozen

from adapters.telegram.api.errors import TelegramTrouble
from adapters.telegram.api.forms import MessageForm
from adapters.telegram.api.screens import FormRefused, Screen, Screens, Sender, keyboard
from adapters.telegram.bot.presses import PressPlace
from adapters.telegram.bot.results.kept import Kept
from domain.generation import Destination


@frozen(kw_only=True)
class ShownPreview:
    """``screen.text`` becomes the caption where ``file`` can be shown, and the message where it can't. ``hidden``: under a
    spoiler."""

    screen: Screen
    file: Kept | None = None
    hidden: bool = False


@frozen(kw_only=True)
class Previews:
    """Raises what ``Sender`` does, except ``FormRefused``."""

    _sender: Sender
    _screens: Screens

    async def turn(self, place: PressPlace, preview: ShownPreview) -> None:
        """Show it in the message of ``place``, in a new one where that is out of reach.

        A message that has a file can't be without one again: then it goes, and a new one comes.
        """
        if place.message and preview.file and await self._edit(place.message, place.destination, preview, preview.file):
            return
        if place.message and place.has_text is False:
            await self._screens.remove(place.destination, place.message)
        shown = None if place.has_text is False else place.message
        await self._screens.show(place.destination, preview.screen, message=shown)

    async def _edit(self, message: str, destination: Destination, preview: ShownPreview, file: Kept) -> bool:
        for form in file.forms:
            media = _media(form, file.file_id, preview)
            if media is None:
                continue
            method = EditMessageMedia(
                chat_id=destination.chat,
                message_id=int(message),
                media=media,
                reply_markup=keyboard(preview.screen.rows),
            )
            try:
                await self._sender.send(method)
            except FormRefused as error:
                if error.trouble is not TelegramTrouble.NOT_MODIFIED:
                    continue
            return True
        return False


def _media(form: MessageForm, file_id: str, preview: ShownPreview) -> InputMediaUnion | None:
    """None for voice messages, which no message can be turned into."""
    text, hidden = preview.screen.text, preview.hidden
    match form:
        case MessageForm.PHOTO:
            return InputMediaPhoto(media=file_id, caption=text, has_spoiler=hidden)
        case MessageForm.ANIMATION:
            return InputMediaAnimation(media=file_id, caption=text, has_spoiler=hidden)
        case MessageForm.VIDEO:
            return InputMediaVideo(media=file_id, caption=text, has_spoiler=hidden)
        case MessageForm.AUDIO:
            return InputMediaAudio(media=file_id, caption=text)
        case MessageForm.DOCUMENT:
            return InputMediaDocument(media=file_id, caption=text)
        case _:
            return None
