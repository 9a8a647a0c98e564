"""Methods about chats, their members and their files."""

from simulators.telegram.errors import LOST_FILE, bad_request
from simulators.telegram.files import MAX_DOWNLOAD_BYTES, FileId
from simulators.telegram.methods.call import MethodCall
from simulators.telegram.state import ChatKind, Membership, membership_wire
from simulators.telegram.wire import Json


async def get_chat(call: MethodCall) -> Json:
    """A chat in full."""
    chat = call.world.chat_of(call.bot, call.parameters.text("chat_id"))
    return {**chat.wire(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


async def get_chat_member(call: MethodCall) -> Json:
    """How a person stands in a chat."""
    chat = call.world.chat_of(call.bot, call.parameters.text("chat_id"))
    person = call.world.people.get(call.parameters.integer("user_id"))
    if person is None:
        raise bad_request("user not found")
    is_private = chat.kind is ChatKind.PRIVATE
    status = Membership.MEMBER if is_private else chat.people.get(person.id, Membership.LEFT)
    return membership_wire(status, person.wire())


async def leave_chat(call: MethodCall) -> bool:
    """Go out of a group."""
    chat = call.chat()
    if chat.kind is ChatKind.PRIVATE:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bots[call.bot.id] = Membership.LEFT
    return True


async def pin_chat_message(call: MethodCall) -> bool:
    """Keep a message at the top."""
    message = call.message("pin")
    message.chat.pinned.append(message.id)
    return True


async def unpin_chat_message(call: MethodCall) -> bool:
    """Let the message, or the last pinned one, go."""
    pinned = call.chat().pinned
    message_id = call.parameters.integer("message_id", pinned[-1] if pinned else 0)
    if message_id not in pinned:
        raise bad_request("message to unpin not found")
    pinned.remove(message_id)
    return True


async def set_message_reaction(call: MethodCall) -> bool:
    """React to a message. The simulator checks it and shows nothing."""
    call.message("react")
    return True


async def get_file(call: MethodCall) -> Json:
    """Where a file can be downloaded; 20 MB at most."""
    file_id = call.parameters.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    inside = FileId.parse(file_id)
    if inside is None or inside.bot_id != call.bot.id:
        raise bad_request("invalid file_id")
    file = call.world.files.by_number(inside.number)
    if file is None:
        raise bad_request(LOST_FILE)
    if file.size_bytes > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    if inside.thumbnail:
        path = call.world.files.thumbnail(file)
        unique_id, size_bytes = file.unique_id + "s", path.stat().st_size
    else:
        path, unique_id, size_bytes = file.path, file.unique_id, file.size_bytes
    return {
        "file_id": file_id,
        "file_unique_id": unique_id,
        "file_size": size_bytes,
        "file_path": f"{inside.kind}s/{path.name}",
    }


async def log_out(_: MethodCall) -> bool:
    """Leave this server, or close the instance on it: nothing is kept for that here."""
    return True
