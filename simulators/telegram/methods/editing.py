"""Methods that change or take away what was sent."""

from simulators.telegram.errors import NOT_MODIFIED, bad_request
from simulators.telegram.files import FileKind
from simulators.telegram.methods.attachments import in_media
from simulators.telegram.methods.call import MethodCall
from simulators.telegram.methods.sending import item_caption
from simulators.telegram.state import Chat, ChatKind, Membership, Message, SimulatedBot
from simulators.telegram.wire import Json

_MAX_DELETIONS = 100
_DELETABLE_S = 48 * 3600


async def edit_message_text(call: MethodCall) -> Json:
    """Change the words and the buttons of a text message."""
    message = _own(call)
    text = call.text()
    markup = call.markup().inline
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    _refuse_same(message.text == text and message.markup == markup)
    message.remember()
    message.text, message.markup = text, markup
    return _changed(call, message)


async def edit_message_caption(call: MethodCall) -> Json:
    """Change the caption and the buttons of a message with a file."""
    message = _own(call)
    caption = call.caption()
    markup = call.markup().inline
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    _refuse_same(message.caption == caption and message.markup == markup)
    message.remember()
    message.caption, message.markup = caption, markup
    return _changed(call, message)


async def edit_message_media(call: MethodCall) -> Json:
    """Put another file into a message, or a first one into a text message."""
    message = _own(call)
    item = call.parameters.json("media", "input media")
    if not isinstance(item, dict) or item.get("type") not in set(FileKind) - {FileKind.VOICE}:
        raise bad_request("can't parse InputMedia: type is unsupported")
    media = await in_media(call, item, FileKind(str(item["type"])))
    caption = item_caption(item)
    markup = call.markup().inline
    _refuse_same((message.media, message.caption, message.markup) == (media, caption, markup))
    message.remember()
    message.text, message.media, message.caption, message.markup = None, media, caption, markup
    message.spoiler = item.get("has_spoiler") is True
    return _changed(call, message)


async def edit_message_reply_markup(call: MethodCall) -> Json:
    """Change the buttons alone."""
    message = _own(call)
    markup = call.markup().inline
    _refuse_same(message.markup == markup)
    message.remember()
    message.markup = markup
    return _changed(call, message)


async def delete_message(call: MethodCall) -> bool:
    """Take one message away."""
    message = call.message("delete")
    _refuse_undeletable(call, message)
    call.world.delete(message)
    return True


async def delete_messages(call: MethodCall) -> bool:
    """Take up to 100 messages away; those not found are skipped."""
    chat = call.chat()
    wanted = call.parameters.json("message_ids", "message identifiers")
    if not isinstance(wanted, list):
        raise bad_request("expected an Array of message identifiers")
    if len(wanted) > _MAX_DELETIONS:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[message_id] for message_id in wanted if message_id in chat.messages]
    for message in found:
        _refuse_undeletable(call, message)
    for message in found:
        call.world.delete(message)
    return True


def _own(call: MethodCall) -> Message:
    if call.parameters.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    message = call.message("edit")
    if message.sender is not call.bot or message.forwarded_from is not None:
        raise bad_request("message can't be edited")
    if call.world.flood is not None:
        call.world.flood.take(call.bot.id, message.chat.id)
    return message


def _changed(call: MethodCall, message: Message) -> Json:
    call.world.edited(message)
    return message.wire(call.bot.id)


def _refuse_same(is_same: bool) -> None:
    if is_same:
        raise bad_request(NOT_MODIFIED)


def _refuse_undeletable(call: MethodCall, message: Message) -> None:
    """Own messages and, in private chats, the person's; not after 48 h (core.telegram.org/bots/api#deletemessage)."""
    is_allowed = message.sender is call.bot or _may_delete_others(call.bot, message.chat)
    if not is_allowed or call.world.clock() - message.date > _DELETABLE_S:
        raise bad_request("message can't be deleted")


def _may_delete_others(bot: SimulatedBot, chat: Chat) -> bool:
    return chat.kind is ChatKind.PRIVATE or chat.bots.get(bot.id) is Membership.ADMINISTRATOR
