"""What every message a bot sends has in common: where it goes and what it answers."""

from attrs import frozen

from simulators.telegram.entities import FormattedText
from simulators.telegram.errors import bad_request
from simulators.telegram.markup import Markup
from simulators.telegram.media import MessageMedia
from simulators.telegram.methods.call import MethodCall
from simulators.telegram.state import Chat, Message
from simulators.telegram.wire import Json


@frozen(kw_only=True)
class MessagePlace:
    """A checked place for messages."""

    chat: Chat
    thread_id: int | None
    reply_to: Message | None
    markup: Markup


def destination(call: MethodCall, *, messages: int = 1) -> MessagePlace:
    """Where the messages of this call go. Counts them against the flood limits."""
    chat = call.chat()
    thread_id = _thread(call, chat)
    reply_to = _answered(call, chat)
    markup = call.markup()
    if call.world.flood is not None:
        for _ in range(messages):
            call.world.flood.take(call.bot.id, chat.id)
    return MessagePlace(chat=chat, thread_id=thread_id, reply_to=reply_to, markup=markup)


def send(
    call: MethodCall,
    to: MessagePlace,
    *,
    text: FormattedText | None = None,
    media: MessageMedia | None = None,
    caption: FormattedText | None = None,
    group_id: str | None = None,
    spoiler: bool | None = None,
) -> Message:
    """Post one message of the bot."""
    if to.markup.keyboard is not None:
        to.chat.keyboard = to.markup.keyboard
    message = Message(
        id=call.world.new_id(to.chat),
        chat=to.chat,
        sender=call.bot,
        date=int(call.world.clock()),
        text=text,
        media=media,
        caption=caption,
        caption_above=call.parameters.boolean("show_caption_above_media"),
        spoiler=call.parameters.boolean("has_spoiler") if spoiler is None else spoiler,
        markup=to.markup.inline,
        reply_to=to.reply_to,
        thread_id=to.thread_id,
        group_id=group_id,
    )
    return call.world.post(message)


def _thread(call: MethodCall, chat: Chat) -> int | None:
    thread_id = call.parameters.integer("message_thread_id")
    if not thread_id:
        return None
    if thread_id not in chat.threads:
        raise bad_request("message thread not found")
    return thread_id


def _answered(call: MethodCall, chat: Chat) -> Message | None:
    parameters = _reply_parameters(call)
    message_id = parameters.get("message_id")
    if not message_id:
        return None
    found = chat.messages.get(message_id) if isinstance(message_id, int) else None
    if found is None and parameters.get("allow_sending_without_reply") is not True:
        raise bad_request("message to be replied not found")
    return found


def _reply_parameters(call: MethodCall) -> Json:
    given = call.parameters.json("reply_parameters", "reply parameters")
    if given is not None and not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    if given:
        return given
    return {
        "message_id": call.parameters.integer("reply_to_message_id"),
        "allow_sending_without_reply": call.parameters.boolean("allow_sending_without_reply"),
    }
