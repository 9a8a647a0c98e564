"""Received and handled updates in dicts."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from application.ports.update_inbox import ReceivedUpdate


class InMemoryUpdateInbox:
    """``UpdateInbox`` for tests. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.received: dict[tuple[str, int], ReceivedUpdate] = {}
        self.handled: dict[tuple[str, int], datetime] = {}
        self._clock = clock
        self._bells: list[tuple[str, asyncio.Event]] = []
        self.on_call = Script(clock)

    async def receive(self, source: str, updates: Sequence[ReceivedUpdate], /) -> Collection[int]:
        async with self.on_call.around():
            unhandled = {
                update.update_id: update for update in updates if (source, update.update_id) not in self.handled
            }
            for update_id, update in unhandled.items():
                self.received.setdefault((source, update_id), update)
            for owner, bell in self._bells:
                if owner == source:
                    bell.set()
            return unhandled.keys()

    async def waiting(self, source: str, /, *, besides: Collection[int] = (), limit: int) -> Sequence[ReceivedUpdate]:
        async with self.on_call.around():
            of_source = [update for (owner, _), update in self.received.items() if owner == source]
            return [update for update in of_source if update.update_id not in besides][:limit]

    async def finish(self, source: str, update_ids: Collection[int], /) -> None:
        async with self.on_call.around():
            for update_id in update_ids:
                self.received.pop((source, update_id), None)
                self.handled.setdefault((source, update_id), self._clock.now())

    @asynccontextmanager
    async def arrivals(self, source: str, /) -> AsyncIterator[AsyncIterator[None]]:
        bell = asyncio.Event()
        self._bells.append((source, bell))
        try:
            yield _rings(bell)
        finally:
            self._bells.remove((source, bell))

    async def forget_handled(self, before: datetime, /, *, limit: int) -> int:
        async with self.on_call.around():
            old = [update for update, at in self.handled.items() if at < before][:limit]
            for update in old:
                del self.handled[update]
            return len(old)


async def _rings(bell: asyncio.Event) -> AsyncIterator[None]:
    while True:
        await bell.wait()
        bell.clear()
        yield
