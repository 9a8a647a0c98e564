"""Progress for pages that watch, in a dict."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.trouble import Script
from application.ports.clock import Clock
from application.ports.messenger import Progress
from domain.generation import Generation, GenerationId, UserId

_Queue = asyncio.Queue[Collection[GenerationId]]


class InMemoryProgressStore:
    """``ProgressStore`` for tests, beside the generations of ``store``. ``on_call`` is the script of trouble."""

    def __init__(self, store: InMemoryGenerationStore, clock: Clock) -> None:
        self._store = store
        self.noted: dict[GenerationId, Progress] = {}
        self.on_call = Script(clock)
        self._watchers: list[tuple[UserId, _Queue]] = []
        store.watchers.append(self._hear)

    async def note(self, generation_id: GenerationId, progress: Progress, /) -> None:
        async with self.on_call.around():
            if row := self._store.rows.get(generation_id):
                self.noted[generation_id] = progress
                self._hear(row)

    async def of(self, generations: Collection[GenerationId], /) -> Mapping[GenerationId, Progress]:
        async with self.on_call.around():
            return {each: self.noted[each] for each in generations if each in self.noted}

    def watch(self, user: UserId, /) -> AbstractAsyncContextManager[AsyncIterator[Collection[GenerationId]]]:
        return self._watch(user)

    def interrupt(self) -> None:
        """As after a break of the connection."""
        for _, heard in self._watchers:
            heard.put_nowait(())

    @asynccontextmanager
    async def _watch(self, user: UserId) -> AsyncIterator[AsyncIterator[Collection[GenerationId]]]:
        async with self.on_call.around():
            watcher = (user, _Queue())
        self._watchers.append(watcher)
        try:
            yield _drawn_from(watcher[1])
        finally:
            self._watchers.remove(watcher)

    def _hear(self, generation: Generation) -> None:
        for user, heard in self._watchers:
            if user == generation.user:
                heard.put_nowait((generation.id,))


async def _drawn_from(heard: _Queue) -> AsyncIterator[Collection[GenerationId]]:
    while True:
        yield await heard.get()
