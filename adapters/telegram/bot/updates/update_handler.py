"""One stored update into the dispatcher, read whole or as far as it can be read."""

import asyncio
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError

from adapters.telegram.api.patience import Patience, patiently
from adapters.telegram.bot.updates.raw_update import event_of, is_payment, origin_of, reduced, without
from application.errors import StoreUnavailable

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
