"""What can be read of an update before, or without, reading all of it."""

import json
from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

_KEPT: Final = frozenset({"message_id", "date", "chat", "from", "id", "chat_instance"})
"""Without these a message or a press is none."""

CHECKOUT: Final = "pre_checkout_query"
_CHECKOUTS: Final = 1 << 60
"""Beyond every id that Telegram gives: they have at most 52 bits (Bot API, Chat.id, read 2026-11)."""
LARGEST: Final = (1 << 63) - 2
"""What the inbox can hold, and the offset after it."""


@frozen(kw_only=True)
class Origin:
    """Which chat an update belongs to and who acted, as Telegram's ids; 0 where that does not show.

    An inline query and a button under its result have no chat: there the person stands for it. What is about to be paid
    is in a chat of its own: Telegram waits ten seconds for the answer, and nothing else of the person may stand before it.
    """

    chat: int
    person: int

    @property
    def is_group(self) -> bool:
        """Whether several people share the chat: the ids of groups and channels are negative."""
        return self.chat < 0


def id_of(raw: object) -> int | None:
    """The update's number; None when it has none that can be one, and so is no update."""
    found = raw.get("update_id") if isinstance(raw, Mapping) else None
    if not isinstance(found, int) or isinstance(found, bool):
        return None
    return found if 0 <= found <= LARGEST else None


def written(raw: object) -> str:
    """The update as JSON text to keep, without halves of surrogate pairs, which no one could be answered with."""
    return json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace").decode()


def event_of(raw: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The kind of update and what it holds; empty where there is nothing beside the number."""
    for name, event in raw.items():
        if isinstance(event, Mapping):
            return name, event
    return "", {}


def origin_of(raw: Mapping[str, Any]) -> Origin:
    """Whose update it is, whether or not the client knows its kind."""
    kind, event = event_of(raw)
    message = event.get("message")
    chat = _id_in(event, "chat") or (_id_in(message, "chat") if isinstance(message, Mapping) else 0)
    person = _id_in(event, "from") or _id_in(event, "user")
    if kind == CHECKOUT:
        return Origin(chat=_CHECKOUTS + person, person=person)
    return Origin(chat=chat or person, person=person)


def without(raw: Mapping[str, Any], fields: frozenset[str]) -> Mapping[str, Any]:
    """The update without these fields of its event; those that it can't do without stay."""
    name, event = event_of(raw)
    rest = {key: value for key, value in event.items() if key not in fields - _KEPT}
    return {**raw, name: rest}


def reduced(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """A message of the same person in the same chat with the same words and nothing else."""
    _, event = event_of(raw)
    origin, sender = origin_of(raw), event.get("from")
    person = sender if isinstance(sender, Mapping) else {}
    words = [text for text in (event.get("text"), event.get("caption")) if isinstance(text, str)]
    message = {
        "message_id": event["message_id"] if isinstance(event.get("message_id"), int) else 0,
        "date": 0,
        "chat": {"id": origin.chat, "type": "group" if origin.is_group else "private"},
        "from": {
            "id": origin.person or origin.chat,
            "is_bot": person.get("is_bot") is True,
            "first_name": str(person.get("first_name", "")),
            "language_code": str(person.get("language_code", "")) or None,
        },
        **({"text": words[0]} if words else {}),
    }
    return {"update_id": raw["update_id"], "message": message}


def is_payment(raw: Mapping[str, Any]) -> bool:
    """Whether money hangs on it: never dropped, however much is on hand."""
    kind, event = event_of(raw)
    return kind == CHECKOUT or "successful_payment" in event or "refunded_payment" in event


def _id_in(event: Mapping[str, Any], field: str) -> int:
    holder = event.get(field)
    found = holder.get("id") if isinstance(holder, Mapping) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else 0
