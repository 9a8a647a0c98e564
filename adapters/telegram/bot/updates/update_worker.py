"""Handles what is in the inbox, chat by chat, while this instance leads."""

import asyncio
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import structlog

from adapters.telegram.api.request_fence import while_leading
from adapters.telegram.bot.updates.per_chat_queue import PerChatQueue
from adapters.telegram.bot.updates.raw_update import Origin, is_payment, origin_of
from adapters.telegram.bot.updates.update_handler import UpdateHandler
from application.errors import StoreUnavailable
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership
from application.ports.update_inbox import ReceivedUpdate, UpdateInbox

ON_HAND_LIMIT: Final = 5_000
"""Of all chats. Beyond it nothing more is fetched; at about a kilobyte an update that is 5 MB."""
PAGE: Final = 500
DRAIN_S: Final = 7.0
STORE_PAUSE_S: Final = 1.0

log = structlog.get_logger()


class UpdateWorker:
    """An update leaves the inbox when it is handled, so that the next leader finds what this one did not come to.

    The lease is looked at before every update, and by ``Fence`` before every request: a deposed leader, or one that
    slept, acts no more.
    """

    def __init__(self, handler: UpdateHandler, inbox: UpdateInbox, clock: Clock, *, source: str) -> None:
        self._handler = handler
        self._inbox = inbox
        self._clock = clock
        self._source = source
        self._queue = PerChatQueue()
        self._on_hand: set[int] = set()
        self._flooded: set[int] = set()
        self._moved = asyncio.Event()
        self._leadership: Leadership

    def begin(self, leadership: Leadership) -> None:
        """Start with nothing on hand."""
        self._leadership = leadership
        self._queue, self._on_hand, self._flooded = PerChatQueue(), set(), set()
        self._handler.begin()

    async def receive(self, updates: Sequence[ReceivedUpdate]) -> None:
        """Store them, however long the store is away, and handle those that no one has; return once they are stored."""
        unhandled = set(await self._stored(updates)) - self._on_hand
        await self._take([update for update in updates if update.update_id in unhandled])

    async def load(self) -> None:
        """Handle whatever waits in the inbox and is not on hand."""
        found = PAGE
        while found == PAGE:
            await self.room()
            page = await self._inbox.waiting(self._source, besides=self._on_hand, limit=PAGE)
            await self._take(page)
            found = len(page)

    async def room(self) -> None:
        """Return when more may be fetched."""
        while len(self._queue) >= ON_HAND_LIMIT:
            self._moved.clear()
            await self._moved.wait()

    async def drain(self) -> None:
        """Begin nothing more; let what runs end, a few seconds at most. What waits for Telegram is left to the next leader."""
        self._handler.stop_waiting()
        if not await self._queue.drain(timeout_s=DRAIN_S):
            log.warning("updates.drained_unfinished", on_hand=len(self._queue))

    async def cancel(self) -> None:
        """Stop what runs and return when nothing runs any more."""
        await self._queue.cancel()

    async def _stored(self, updates: Sequence[ReceivedUpdate]) -> Collection[int]:
        while True:
            try:
                return await self._inbox.receive(self._source, updates)
            except StoreUnavailable:
                log.warning("updates.wait_for_store", count=len(updates))  # Telegram keeps them meanwhile
                await self._clock.sleep(STORE_PAUSE_S)

    async def _take(self, updates: Sequence[ReceivedUpdate]) -> None:
        dropped: Collection[int] = [update.update_id for update in updates if not self._put(update)]
        if dropped:
            log.info("updates.dropped", count=len(dropped))
            await self._finish(dropped)

    def _put(self, update: ReceivedUpdate) -> bool:
        """False: its chat or its person has too much on hand already, and was informed."""
        raw: Mapping[str, Any] = json.loads(update.body)
        origin = origin_of(raw)
        too_many = not self._queue.has_room(origin) and not is_payment(raw)
        if too_many and origin.chat in self._flooded:
            return False
        if too_many:
            self._flooded.add(origin.chat)
        self._on_hand.add(update.update_id)
        self._queue.put(origin, lambda: self._handle(update, origin, too_many=too_many))
        return True

    async def _handle(self, update: ReceivedUpdate, origin: Origin, *, too_many: bool) -> None:
        try:
            await while_leading(self._leadership, self._clock)
            while not await self._handler(update.body, too_many=too_many):
                log.warning("update.handled_again", update_id=update.update_id)
                await self._clock.sleep(STORE_PAUSE_S)
            await self._finish([update.update_id])
        finally:
            self._on_hand.discard(update.update_id)
            if too_many:
                self._flooded.discard(origin.chat)
            self._moved.set()

    async def _finish(self, update_ids: Collection[int]) -> None:
        """Until it is written: an update that was handled and stays in the inbox would be handled again."""
        while True:
            try:
                await self._inbox.finish(self._source, update_ids)
            except StoreUnavailable:
                log.warning("updates.wait_for_store", count=len(update_ids))
                await self._clock.sleep(STORE_PAUSE_S)
            else:
                return
