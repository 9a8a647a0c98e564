"""One stored update: what it is of, and its way into the dispatcher, read whole or as far as it can be read."""

import asyncio
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from attrs import frozen
from pydantic import ValidationError

from adapters.telegram.api.message_types import build_messages
from adapters.telegram.api.session import Patience, patiently
from application.errors import StoreUnavailable

_KEPT: Final = frozenset({"message_id", "date", "chat", "from", "id", "chat_instance"})
"""Without these a message or a press is none."""
_FILES: Final = frozenset(
    {"photo", "video", "animation", "audio", "voice", "video_note", "document", "paid_media", "story"}
)
CHECKOUT: Final = "pre_checkout_query"
_CHECKOUTS: Final = 1 << 60
"""Beyond every id that Telegram gives: they have at most 52 bits (Bot API, Chat.id, read 2026-11)."""
LARGEST: Final = (1 << 63) - 2
"""What the inbox can hold, and the offset after it."""
ALLOWED_UPDATES: Final = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "pre_checkout_query",
    "subscription",
)
HANDLING_LIMIT_S: Final = 45.0
"""The longest that one update may be worked on. What Telegram makes us wait does not count."""
_REREADS: Final = 5
NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})

log = structlog.get_logger()


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
    if fields & _FILES and not rest.get("text") and _FILES.isdisjoint(rest) and "caption" in rest:
        rest["text"] = rest.pop("caption")  # the words under a file that is left out are all there is
        if "caption_entities" in rest:
            rest["entities"] = rest.pop("caption_entities")
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


class UpdateHandler:
    """Hands updates to the dispatcher; one that fails or can't be read harms no other."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, own: Mapping[str, Any] = NOTHING) -> None:
        """``own``: what handlers are given by name, beside what the dispatcher gives them."""
        self._bot = bot
        self._dispatcher = dispatcher
        self._own = own
        self._stop = asyncio.Event()

    def begin(self) -> None:
        """From now on handlers wait as long as Telegram asks."""
        self._stop = asyncio.Event()

    def stop_waiting(self) -> None:
        """Cancel the handlers that wait for Telegram, and those that begin to."""
        self._stop.set()

    async def __call__(self, body: str, *, too_many: bool = False) -> bool:
        """Handle the update in this JSON text. Raises nothing but cancellation, after which it is not handled.

        Returns:
            False: money hangs on it, and the store could not be reached. It must be handled again.

        Args:
            body: as Telegram sent it.
            too_many: its chat has too much on hand; the person is informed instead.
        """
        raw = json.loads(body)
        kind, _ = event_of(raw)
        with structlog.contextvars.bound_contextvars(update_id=raw.get("update_id")):
            if kind not in ALLOWED_UPDATES:
                log.info("update.unknown_kind", kind=kind)
            elif update := self.read(raw):
                return await self._handle(update, too_many=too_many) or not is_payment(raw)
        return True

    def read(self, raw: Mapping[str, Any]) -> Update | None:
        """The update, without the fields that this version of the client can't read. None: nothing of it can be read.

        The log holds the names of the fields and none of a person's words.
        """
        build_messages()
        whole, given_up = raw, set[str]()
        for _ in range(_REREADS):
            try:
                update = Update.model_validate(raw, context={"bot": self._bot})
            except ValidationError as error:
                fields = _fields(error)
                given_up |= fields
                lesser = without(raw, fields)
                raw = lesser if lesser != raw or not origin_of(whole).chat else reduced(whole)
            else:
                if given_up:
                    log.warning("update.read_in_part", without=sorted(given_up))
                return update
        log.warning("update.unreadable", fields=sorted(given_up))
        return None

    async def _handle(self, update: Update, *, too_many: bool) -> bool:
        """False: it took too long, or the store was away."""
        try:
            async with asyncio.timeout(HANDLING_LIMIT_S) as limit:
                with patiently(Patience(stop=self._stop, limit=limit)):
                    await self._dispatcher.feed_update(self._bot, update, **self._own, too_many=too_many)
        except TimeoutError:
            log.exception("update.given_up", limit_s=HANDLING_LIMIT_S)  # where it hung is in the traceback
            return False
        except StoreUnavailable:
            log.warning("update.failed", error=StoreUnavailable.code)
            return False
        except Exception:  # the dispatcher's own middleware answers people; this keeps the queue alive whatever happens
            log.exception("update.failed")
        return True


def _fields(error: ValidationError) -> frozenset[str]:
    """The fields of the event in which something can't be read."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    return frozenset(str(detail["loc"][1]) for detail in details if len(detail["loc"]) > 1)
