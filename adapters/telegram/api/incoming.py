"""What is in a message, in our words, and whether it is said to the bot."""

import re
from typing import Final

from aiogram import Bot
from aiogram.types import ExternalReplyInfo, Message

from adapters.telegram.api.forms import MessageForm
from domain.file_types import type_of
from domain.generation import Destination
from domain.media import Attachment, MediaKind

_MUSIC: Final = "audio/mpeg"
_FILM: Final = "video/mp4"
ROUNDED_S: Final = 1.0
"""Telegram gives whole seconds; which way they are rounded differs between its apps."""


def answered_media(message: Message) -> Attachment | None:
    """The file in the message that this one answers, which may stand in another chat."""
    answered = message.reply_to_message or message.external_reply
    return media_of(answered) if answered else None


def media_of(message: Message | ExternalReplyInfo) -> Attachment | None:
    """The file a message carries, whichever way it was sent. None: no file.

    A document is what its MIME type says; where that says nothing, as with phones that send everything as
    ``application/octet-stream``, its name decides. What its bytes say is looked at when it is fetched.
    """
    if message.photo:
        largest = message.photo[-1]
        return _attachment(largest.file_id, "image/jpeg", "photo.jpg", largest.file_size, largest)
    if film := message.animation or message.video:  # an animation's message has it as a document, too, for old clients
        mime = _of_kind(film.mime_type, ("video/", "image/gif"), _FILM)
        return _attachment(film.file_id, mime, film.file_name or "video.mp4", film.file_size, film)
    if note := message.video_note:
        return _attachment(note.file_id, _FILM, "round.mp4", note.file_size, note)
    if music := message.audio:
        mime = _of_kind(music.mime_type, ("audio/",), _MUSIC)
        return _attachment(music.file_id, mime, music.file_name or "audio.mp3", music.file_size, music)
    if voice := message.voice:
        mime = voice.mime_type or "audio/ogg"
        return _attachment(voice.file_id, mime, "voice.ogg", voice.file_size, voice)
    if document := message.document:
        name = document.file_name or "file"
        mime = type_of(b"", said=document.mime_type or "", name=name)
        return _attachment(document.file_id, mime, name, document.file_size)
    return None


def _of_kind(said: str | None, kinds: tuple[str, ...], usual: str) -> str:
    """The MIME type where it is one of these kinds: what Telegram shows as a film is one, whatever was said of the upload."""
    return said if said and said.startswith(kinds) else usual


def form_of(message: Message) -> MessageForm | None:
    """How Telegram shows the file that ``media_of`` gives, which need not be how it was sent: a silent video becomes an
    animation. None: no file, or one that bots can't send on as it is (a round video)."""
    if message.photo:
        return MessageForm.PHOTO
    if message.animation:
        return MessageForm.ANIMATION
    if message.video:
        return MessageForm.VIDEO
    if message.video_note:
        return None
    if message.audio:
        return MessageForm.AUDIO
    if message.voice:
        return MessageForm.VOICE
    return MessageForm.DOCUMENT if message.document else None


def words_of(message: Message) -> str:
    """The text or the caption, without outer blanks."""
    return (message.text or message.caption or "").strip()


def without_name(text: str, username: str) -> str:
    """The words without ``@username``, by which people speak to a bot in a group; the same text where it is not named."""
    if not (called := re.compile(rf"\s*@{re.escape(username)}\b[,:]?", re.IGNORECASE)).search(text):
        return text
    return called.sub("", text).strip()


def destination_of(message: Message, *, reply: bool = True) -> Destination:
    """Where to answer: the chat, the topic if it is in one, and (``reply``) the message itself."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Destination(
        chat=str(message.chat.id),
        thread=str(thread) if thread else None,
        reply_to=str(message.message_id) if reply else None,
    )


def is_group(chat: str) -> bool:
    """Whether several people share the chat: the ids of groups and channels are negative."""
    return chat.startswith("-")


def _attachment(file_id: str, mime: str, name: str, size: int | None, medium: object = None) -> Attachment:
    """``medium`` is what Telegram says of sides and length; a document has none of it. A round video has one side."""
    side, seconds = getattr(medium, "length", None), getattr(medium, "duration", None)
    return Attachment(
        reference=file_id,
        kind=MediaKind.of_mime(mime),
        mime=mime,
        name=name,
        size_bytes=size,
        width=getattr(medium, "width", None) or side,
        height=getattr(medium, "height", None) or side,
        seconds=float(seconds) if seconds else None,  # 0 is said of what Telegram did not measure
        seconds_error=ROUNDED_S if seconds else 0.0,
    )


async def for_the_bot(message: Message, bot: Bot) -> bool | dict[str, object]:
    """Whether a message is said to the bot and not to the group it is in; gives handlers its ``words``.

    In a group that is an answer to the bot, or what names it; the name is no part of the wish.
    """
    text = words_of(message)
    if message.chat.type == "private":
        return {"words": text}
    words = without_name(text, (await bot.me()).username or "")
    answered = message.reply_to_message
    is_answer = answered is not None and answered.from_user is not None and answered.from_user.id == bot.id
    return {"words": words} if is_answer or words != text else False
