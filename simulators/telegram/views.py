"""What the page is shown: chats and messages as one person sees them."""

from simulators.telegram.events import Event, Query
from simulators.telegram.media import MessageMedia
from simulators.telegram.state import Chat, Message, SimulatedBot, SimulatedPerson
from simulators.telegram.wire import Json
from simulators.telegram.world import TelegramWorld


def message_view(message: Message) -> Json:
    """A message with everything needed to draw it."""
    origin = message.forwarded_from
    return {
        "id": message.id,
        "chat": message.chat.key,
        "sender": _user_view(message.sender),
        "date": message.date,
        "edited": message.edited_at is not None,
        "edits": len(message.history),
        "text": message.words,
        "entities": list(message.entities),
        "media": _media_view(message.media) if message.media else None,
        "caption_above": message.caption_above,
        "spoiler": message.spoiler,
        "buttons": message.buttons,
        "reply_to": _quote_view(message.reply_to) if message.reply_to else None,
        "album": message.group_id,
        "forwarded_from": origin.first_name if origin else None,
        "via": message.via_bot.username if message.via_bot else None,
        "invoice": message.extra.get("invoice"),
        "payment": message.extra.get("successful_payment") or message.extra.get("refunded_payment"),
        "other": next(iter(message.extra), None),
    }


def chat_view(chat: Chat) -> Json:
    """A chat for the list."""
    last = next(reversed(chat.messages.values()), None)
    return {
        "key": chat.key,
        "kind": chat.kind,
        "title": chat.bot.first_name if chat.bot else chat.title,
        "is_bot": chat.bot is not None,
        "person": chat.person.id if chat.person else None,
        "people": list(chat.people),
        "blocked": chat.blocked,
        "last": {"text": last.words, "date": last.date, "media": last.media.kind if last.media else None}
        if last
        else None,
    }


def chats_of(world: TelegramWorld, person: SimulatedPerson) -> list[Json]:
    """The chats of a person, and one with each bot they have not written to yet."""
    own = [chat for chat in world.chats.values() if chat.person is person or person.id in chat.people]
    begun = {chat.bot.id for chat in own if chat.bot}
    views = [chat_view(chat) for chat in own if chat.migrated_to is None]
    for bot in world.bots.values():
        if bot.id not in begun:
            views.insert(0, _new_chat_view(bot, person))
    return views


def commands_for(bot: SimulatedBot, person: SimulatedPerson, chat_id: int) -> list[Json]:
    """The command menu as Telegram picks it: the narrowest scope first, the person's language before none.

    Order: core.telegram.org/bots/api#determining-list-of-commands.
    """
    kind = "all_private_chats" if chat_id > 0 else "all_group_chats"
    for scope in (f"chat:{chat_id}", kind, "default"):
        for language in (person.language_code, ""):
            if found := bot.commands.get((scope, language)):
                return found
    return []


def event_view(world: TelegramWorld, event: Event) -> Json:
    """An event as it is sent to the page."""
    body: Json = {"kind": event.kind, "chat": event.chat.key if event.chat else None}
    if event.message is not None:
        body["message"] = message_view(event.message)
    if event.kind == "message" and event.chat is not None:
        body["keyboard"] = event.chat.keyboard
    if event.kind == "action" and event.chat is not None:
        body |= action_view(event.chat, world.clock())
    if event.query is not None:
        body |= _answer_view(event.query)
    return body


def action_view(chat: Chat, now: float) -> Json:
    """What the bot is doing in a chat, and for how many seconds that is still shown."""
    action, until = chat.action or (None, now)
    return {"action": action if until > now else None, "lasts_s": max(0, until - now)}


def _new_chat_view(bot: SimulatedBot, person: SimulatedPerson) -> Json:
    return {
        "key": f"{person.id}-{bot.id}",
        "kind": "private",
        "title": bot.first_name,
        "is_bot": True,
        "person": person.id,
        "people": [],
        "blocked": False,
        "last": None,
    }


def _answer_view(query: Query) -> Json:
    offers = [
        {
            "id": offer.id,
            "title": offer.title or (offer.media.title or offer.media.file.name if offer.media else ""),
            "description": offer.description,
            "media": _media_view(offer.media) if offer.media else None,
        }
        for offer in query.offers.values()
    ]
    return {
        "query": query.id,
        "person": query.person.id,
        "answer": query.answer,
        "offers": offers,
        "next_offset": query.next_offset,
        "switch": query.switch,
    }


def _user_view(user: SimulatedPerson | SimulatedBot) -> Json:
    return {"id": user.id, "name": user.first_name, "is_bot": isinstance(user, SimulatedBot)}


def _quote_view(message: Message) -> Json:
    return {
        "id": message.id,
        "name": message.sender.first_name,
        "text": message.words,
        "media": message.media.kind if message.media else None,
    }


def _media_view(media: MessageMedia) -> Json:
    return {
        "kind": media.kind,
        "url": f"/page/files/{media.file.number}",
        "name": media.file.name,
        "mime": media.file.mime,
        "size": media.file.size_bytes,
        "width": media.width,
        "height": media.height,
        "title": media.title,
        "performer": media.performer,
    }
