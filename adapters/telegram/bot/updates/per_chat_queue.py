"""Updates of one chat one after another, different chats side by side, and no more of one chat or person than is fair."""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from typing import Final

from attrs import frozen

from adapters.telegram.bot.updates.raw_update import Origin

Work = Callable[[], Awaitable[None]]

PRIVATE_LIMIT: Final = 100
"""Updates of one person, or of one private chat, that may be on hand. People forward several albums of ten at once."""
GROUP_LIMIT: Final = 300
"""The same of a group, which its members share."""


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
