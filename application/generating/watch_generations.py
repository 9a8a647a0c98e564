"""Use case: a person's generations as they change, on whatever instance."""

from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Final

from attrs import field, frozen

from application.errors import LimitReached, StoreUnavailable
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.messenger import Progress, Running
from application.ports.progress_store import ProgressStore
from domain.backoff import Backoff
from domain.generation import Generation, GenerationId, GenerationState, UserId

AT_ONCE: Final = 100
"""So many streams one person may have open here: each holds a connection, and there are only so many."""
LOOKS_BACK_AT: Final = 30
"""So many of the newest generations are looked at when something may have been missed."""
LOOKS_BACK_FOR: Final = timedelta(minutes=15)
"""Those that ended longer ago are not news: a page that was away longer is loaded again."""


@frozen(kw_only=True)
class WatchedGeneration:
    """A generation as it is now, None once it was deleted. ``progress`` is None too once it has ended, and where none was
    noted yet."""

    id: GenerationId
    generation: Generation | None
    progress: Progress | None = None


@frozen(kw_only=True)
class WatchGenerations:
    """The state and the progress are read from the store, so that a page that is loaded again shows the same."""

    _store: GenerationStore
    _progress: ProgressStore
    _clock: Clock
    _open: Counter[UserId] = field(factory=Counter, init=False, repr=False, eq=False)

    def __call__(self, user: UserId) -> AbstractAsyncContextManager[AsyncIterator[WatchedGeneration]]:
        """First everything of this person's that is under way or ended lately, oldest first; then each change.

        Every state that follows the entering is shown or overtaken by a later one. Raises LimitReached (``streams``) at once,
        StoreUnavailable on entering.
        """
        if self._open[user] >= AT_ONCE:
            raise LimitReached("streams", AT_ONCE)
        return self._watch(user)

    async def now(self, generations: Sequence[Generation]) -> Sequence[WatchedGeneration]:
        """These generations with their progress, in their order. Raises StoreUnavailable."""
        going = [generation.id for generation in generations if generation.ended_at is None]
        noted = await self._progress.of(going) if going else {}
        return [self._watched(generation, noted.get(generation.id)) for generation in generations]

    @asynccontextmanager
    async def _watch(self, user: UserId) -> AsyncIterator[AsyncIterator[WatchedGeneration]]:
        self._open[user] += 1
        try:
            async with self._progress.watch(user) as changes:
                yield self._stream(user, changes)
        finally:
            self._open[user] -= 1
            if not self._open[user]:
                del self._open[user]

    async def _stream(
        self, user: UserId, changes: AsyncIterator[Collection[GenerationId]]
    ) -> AsyncIterator[WatchedGeneration]:
        for watched in await self._patiently(user, ()):
            yield watched
        async for ids in changes:
            for watched in await self._patiently(user, ids):
                yield watched

    async def _patiently(self, user: UserId, ids: Collection[GenerationId]) -> Sequence[WatchedGeneration]:
        """However long the store is away: a page that is open stays open."""
        for wait in Backoff():
            try:
                return await (self._several(user, ids) if ids else self._recent(user))
            except StoreUnavailable:
                await self._clock.sleep(wait)
        raise AssertionError("backoff never ends")

    async def _several(self, user: UserId, ids: Collection[GenerationId]) -> Sequence[WatchedGeneration]:
        rows = {generation_id: await self._store.get(generation_id) for generation_id in ids}
        gone = [WatchedGeneration(id=generation_id, generation=None) for generation_id, row in rows.items() if not row]
        return [*gone, *await self.now([row for row in rows.values() if row and row.user == user])]

    async def _recent(self, user: UserId) -> Sequence[WatchedGeneration]:
        since = self._clock.now() - LOOKS_BACK_FOR
        newest = await self._store.history(user, limit=LOOKS_BACK_AT)
        is_news = [not row.is_terminal or bool(row.closed_at and row.closed_at >= since) for row in newest]
        return await self.now([row for row, news in zip(newest, is_news, strict=True) if news][::-1])

    def _watched(self, generation: Generation, noted: Progress | None) -> WatchedGeneration:
        if generation.ended_at is not None or generation.is_terminal:
            return WatchedGeneration(id=generation.id, generation=generation)
        if generation.state is GenerationState.RUNNING and generation.submitted_at:
            elapsed = self._clock.now() - generation.submitted_at
            noted = Running(elapsed_s=max(0.0, elapsed.total_seconds()), usual_s=generation.usual_s)
        return WatchedGeneration(id=generation.id, generation=generation, progress=noted)
