"""Updates of one chat one after another, different chats side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from aiogram.types import Update

Work = Callable[[], Awaitable[None]]


class ChatLanes:
    """A lane a chat. It holds what it is given; whoever feeds it bounds how much that is. The work must not raise."""

    def __init__(self) -> None:
        self._waiting: dict[int, deque[tuple[Work, asyncio.Future[None]]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, lane: int, work: Work) -> "asyncio.Future[None]":
        """Do it after everything put into this lane before; the future ends with the work (cancelled with it, too)."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if lane in self._waiting:
            self._waiting[lane].append((work, done))
            return done
        self._waiting[lane] = deque([(work, done)])
        task = asyncio.create_task(self._drive(lane), name=f"telegram-lane-{lane}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return done

    async def idle(self, *, timeout_s: float) -> bool:
        """Wait until every lane is empty; False when the time is over before."""
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

    async def _drive(self, lane: int) -> None:
        queue = self._waiting[lane]
        try:
            while queue:
                work, done = queue[0]
                await work()
                queue.popleft()
                if not done.done():
                    done.set_result(None)
        finally:
            del self._waiting[lane]
            for _, done in queue:
                done.cancel()


def lane_of(update: Update) -> int:
    """The chat an update belongs to; the person where there is no chat (inline queries and buttons under them)."""
    if query := update.callback_query:
        return query.message.chat.id if query.message else query.from_user.id
    event = update.event
    chat = getattr(event, "chat", None)
    person = getattr(event, "from_user", None)
    found = chat or person
    return int(found.id) if found else 0
