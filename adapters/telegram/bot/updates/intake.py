"""One update, once: asked whether it was handled, handled, remembered."""

import asyncio
from collections.abc import Mapping
from typing import Final

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError

from adapters.telegram.api.client import patiently
from application.errors import StoreUnavailable
from application.ports.clock import Clock
from application.ports.update_log import UpdateLog

HANDLING_LIMIT_S: Final = 45.0
"""The longest one update may take: below the 60 s after which Telegram gives a webhook up."""
STORE_PAUSE_S: Final = 1.0

log = structlog.get_logger()


class Intake:
    """The way of every update into the dispatcher, by polling or by webhook."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, updates: UpdateLog, clock: Clock) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._updates = updates
        self._clock = clock
        self._source = str(bot.id)

    def read(self, raw: Mapping[str, object]) -> Update | None:
        """The update, None when this version of the client can't read it (logged; nobody could handle it)."""
        try:
            return Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError:
            log.exception("update.unreadable", update_id=raw.get("update_id"))
            return None

    async def take(self, update: Update) -> None:
        """Handle it unless it was handled before. Raises nothing but cancellation, after which it counts as not handled."""
        if await self._is_handled(update.update_id):
            log.info("update.repeated", update_id=update.update_id)
            return
        with structlog.contextvars.bound_contextvars(update_id=update.update_id):
            await self._handle(update)
            await self._remember(update.update_id)

    async def _handle(self, update: Update) -> None:
        try:
            with patiently():
                async with asyncio.timeout(HANDLING_LIMIT_S):
                    await self._dispatcher.feed_update(self._bot, update)
        except TimeoutError:
            log.exception("update.given_up", limit_s=HANDLING_LIMIT_S)  # where it hung is in the traceback
        except Exception:  # the dispatcher's own middleware answers people; this keeps the lane alive whatever happens
            log.exception("update.failed")

    async def _is_handled(self, update_id: int) -> bool:
        """Without the store nothing can be accepted, and Telegram keeps the update: so wait."""
        while True:
            try:
                return await self._updates.is_handled(self._source, update_id)
            except StoreUnavailable:
                log.warning("update.waits_for_store", update_id=update_id)
                await self._clock.sleep(STORE_PAUSE_S)

    async def _remember(self, update_id: int) -> None:
        try:
            await self._updates.mark_handled(self._source, update_id)
        except StoreUnavailable:
            log.warning("update.not_remembered")  # it may come again; what costs money has a request key
