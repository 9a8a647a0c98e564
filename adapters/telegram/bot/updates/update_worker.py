"""Handles what is in the inbox while this instance leads: chats side by side, the updates of one chat one after another."""

import asyncio
import json
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any, Final

import structlog
from attrs import frozen

from adapters.telegram.api.session import while_leading
from adapters.telegram.bot.updates.update_handler import Origin, UpdateHandler, is_payment, origin_of
from application.errors import StoreUnavailable
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership
from application.ports.update_inbox import ReceivedUpdate, UpdateInbox

Work = Callable[[], Awaitable[None]]
PRIVATE_LIMIT: Final = 100
"""Updates of one person, or of one private chat, that may be on hand. People forward several albums of ten at once."""
GROUP_LIMIT: Final = 300
"""The same of a group, which its members share."""
ON_HAND_LIMIT: Final = 5_000
"""Of all chats. Beyond it nothing more is fetched; at about a kilobyte an update that is 5 MB."""
PAGE: Final = 500
DRAIN_S: Final = 7.0
STORE_PAUSE_S: Final = 1.0

log = structlog.get_logger()


@frozen
class _Entry:
    origin: Origin
    work: Work


class PerChatQueue:
    """A queue a chat. What is on hand is bounded for each chat and each person. The work must not raise."""

    def __init__(self) -> None:
        self._queues: dict[int, deque[_Entry]] = {}
        self._of_person: Counter[int] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_draining = False

    def __len__(self) -> int:
        """How many are on hand, the running ones included."""
        return sum(map(len, self._queues.values()))

    def has_room(self, origin: Origin) -> bool:
        """Whether one more of this chat and person may be put in."""
        limit = GROUP_LIMIT if origin.is_group else PRIVATE_LIMIT
        is_chat_full = len(self._queues.get(origin.chat, ())) >= limit
        return not is_chat_full and (not origin.person or self._of_person[origin.person] < PRIVATE_LIMIT)

    def put(self, origin: Origin, work: Work) -> None:
        """Do it after everything that was put in for this chat before."""
        self._of_person[origin.person] += 1
        if (queue := self._queues.get(origin.chat)) is not None:
            queue.append(_Entry(origin, work))
            return
        self._queues[origin.chat] = deque([_Entry(origin, work)])
        task = asyncio.create_task(self._drive(origin.chat), name=f"telegram-chat-{origin.chat}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, *, timeout_s: float) -> bool:
        """Begin nothing more and wait for what runs. Returns False when the time is over before."""
        self._is_draining = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=timeout_s)
        return not self._tasks

    async def cancel(self) -> None:
        """Stop what runs, drop what waits, and return when nothing runs any more."""
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _drive(self, chat: int) -> None:
        queue = self._queues[chat]
        try:
            while queue and not self._is_draining:
                await queue[0].work()
                self._forget(queue.popleft())
        finally:
            del self._queues[chat]
            for entry in queue:
                self._forget(entry)

    def _forget(self, entry: _Entry) -> None:
        self._of_person[entry.origin.person] -= 1
        if self._of_person[entry.origin.person] <= 0:
            del self._of_person[entry.origin.person]


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
        self._receiving = 0
        self._ended: set[int] = set()
        """While something is received: what the store says of these may be out of date."""
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
        self._receiving += 1
        try:
            unhandled = set(await self._stored(updates)) - self._on_hand - self._ended
        finally:
            self._receiving -= 1
            if not self._receiving:
                self._ended.clear()
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
        """False: it can't be read at all, or its chat or its person has too much on hand already, and was informed."""
        try:
            raw: Mapping[str, Any] = json.loads(update.body)
            origin = origin_of(raw)
        except (ValueError, RecursionError, AttributeError) as error:
            log.warning("update.unreadable", update_id=update.update_id, reason=type(error).__name__)
            return False
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
            if self._receiving:
                self._ended.add(update.update_id)
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
