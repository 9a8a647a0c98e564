"""Methods that send: messages, files, albums, copies, forwards, chat actions."""

from collections.abc import Sequence

from simulators.telegram.entities import FormattedText, parse
from simulators.telegram.errors import bad_request
from simulators.telegram.events import Event
from simulators.telegram.files import FileKind
from simulators.telegram.media import MessageMedia
from simulators.telegram.methods.attachments import attached, in_media
from simulators.telegram.methods.call import MethodCall, checked_caption
from simulators.telegram.methods.outgoing import destination, send
from simulators.telegram.state import Message
from simulators.telegram.wire import Json

#: Documents and audio files form albums of their own kind only.
_ALONE = {FileKind.DOCUMENT, FileKind.AUDIO}
_ALBUM_KINDS = {FileKind.PHOTO, FileKind.VIDEO, FileKind.DOCUMENT, FileKind.AUDIO}
_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "record_audio",
    "upload_audio",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_ACTION_S = 5


async def send_message(call: MethodCall) -> Json:
    """Send text."""
    text = call.text()
    return send(call, destination(call), text=text).wire(call.bot.id)


async def send_photo(call: MethodCall) -> Json:
    """Send a picture, shown as one."""
    return await _send_file(call, FileKind.PHOTO)


async def send_video(call: MethodCall) -> Json:
    """Send a film."""
    return await _send_file(call, FileKind.VIDEO)


async def send_audio(call: MethodCall) -> Json:
    """Send music, with title and performer."""
    return await _send_file(call, FileKind.AUDIO)


async def send_voice(call: MethodCall) -> Json:
    """Send a voice message."""
    return await _send_file(call, FileKind.VOICE)


async def send_document(call: MethodCall) -> Json:
    """Send any file."""
    return await _send_file(call, FileKind.DOCUMENT)


async def send_animation(call: MethodCall) -> Json:
    """Send a film without sound."""
    return await _send_file(call, FileKind.ANIMATION)


async def _send_file(call: MethodCall, kind: FileKind) -> Json:
    call.chat()  # a wrong chat is reported before a wrong file
    media = await attached(call, kind)
    caption = call.caption()
    return send(call, destination(call), media=media, caption=caption).wire(call.bot.id)


async def send_media_group(call: MethodCall) -> list[Json]:
    """Send an album of 2-10 files. (Telegram also takes one; its documentation does not.)"""
    call.chat()
    items = _album_items(call.parameters.json("media", "media"))
    parts = [await _album_part(call, item) for item in items]
    to = destination(call, messages=len(parts))
    group_id = f"2{call.bot.id % 10**6:06d}{to.chat.next_message_id:08d}"
    sent = [
        send(call, to, media=media, caption=caption, group_id=group_id, spoiler=item.get("has_spoiler") is True)
        for item, (media, caption) in zip(items, parts, strict=True)
    ]
    return [message.wire(call.bot.id) for message in sent]


def _album_items(value: object) -> Sequence[Json]:
    if not isinstance(value, list):
        raise bad_request("expected an Array of InputMedia")
    if not value:
        raise bad_request("there are no messages to send")
    if len(value) > 10:
        raise bad_request("too many messages to send as an album")
    if len(value) < 2:
        raise bad_request("too few messages to send as an album")
    kinds = {item.get("type") if isinstance(item, dict) else None for item in value}
    if unfit := kinds - {kind.value for kind in _ALBUM_KINDS}:
        if unfit == {FileKind.ANIMATION.value}:
            raise bad_request("can't use the media of the specified type in the album")
        raise bad_request(f'can\'t parse InputMedia: type "{next(iter(unfit))}" is unsupported')
    for alone in _ALONE:
        if alone in kinds and len(kinds) > 1:
            raise bad_request(f"{alone} can't be mixed with other media types")
    return value


async def _album_part(call: MethodCall, item: Json) -> tuple[MessageMedia, FormattedText | None]:
    media = await in_media(call, item, FileKind(str(item["type"])))
    return media, item_caption(item)


def item_caption(item: Json) -> FormattedText | None:
    """The caption of one InputMedia."""
    source = item.get("caption")
    if not isinstance(source, str) or not source:
        return None
    return checked_caption(parse(source, str(item.get("parse_mode") or ""), item.get("caption_entities")))


async def copy_message(call: MethodCall) -> Json:
    """Send the content of a message again, as the bot's own."""
    source = _source(call, "copy")
    to = destination(call)
    caption = call.caption() if call.parameters.text("caption") else source.caption
    copy = send(call, to, text=source.text, media=source.media, caption=caption, spoiler=source.spoiler)
    return {"message_id": copy.id}


async def forward_message(call: MethodCall) -> Json:
    """Send a message on, naming who wrote it."""
    source = _source(call, "forward")
    to = destination(call)
    message = send(call, to, text=source.text, media=source.media, caption=source.caption, spoiler=source.spoiler)
    message.forwarded_from = source.forwarded_from or source.sender
    message.forwarded_at = source.forwarded_at or source.date
    return message.wire(call.bot.id)


def _source(call: MethodCall, purpose: str) -> Message:
    chat = call.world.chat_of(call.bot, call.parameters.text("from_chat_id"))
    return call.message(purpose, chat=chat)


async def send_chat_action(call: MethodCall) -> bool:
    """Show what the bot is doing, for 5 s or until its next message."""
    action = call.parameters.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = call.chat()
    chat.action = (action, call.world.clock() + _ACTION_S)
    call.world.publish(Event(kind="action", chat=chat))
    return True
