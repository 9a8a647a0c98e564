"""Use case: turn the pages of a person's history."""

from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from application.errors import GenerationNotFound
from application.ports.generation_store import GenerationStore
from domain.generation import Generation, GenerationId, UserId


@frozen(kw_only=True)
class HistoryPage:
    """Newest first; whether there are others on either side."""

    items: Sequence[Generation]
    newer: bool = False
    older: bool = False


@frozen(kw_only=True)
class Neighbours:
    """The generations before and after one."""

    newer: Generation | None = None
    older: Generation | None = None


@frozen(kw_only=True)
class PageHistory:
    """Pages by moments, so that they stay right while new generations come. ``text``: of those with all these words.

    Every call raises ``StoreUnavailable`` like the store.
    """

    _generations: GenerationStore

    async def newest(self, user: UserId, *, size: int, text: str = "") -> HistoryPage:
        """Return the first page."""
        found = await self._generations.history(user, limit=size + 1, text=text)
        return HistoryPage(items=found[:size], older=len(found) > size)

    async def older(self, user: UserId, before: datetime, *, size: int, text: str = "") -> HistoryPage:
        """Return the page that follows a moment towards the oldest; the first page where nothing does."""
        found = await self._generations.history(user, limit=size + 1, before=before, text=text)
        if not found:
            return await self.newest(user, size=size, text=text)
        newer = await self._generations.history(user, limit=1, after=found[0].created_at, text=text)
        return HistoryPage(items=found[:size], newer=bool(newer), older=len(found) > size)

    async def newer(self, user: UserId, after: datetime, *, size: int, text: str = "") -> HistoryPage:
        """Return the page that follows a moment towards the newest, which is always shown as a whole page."""
        found = await self._generations.history(user, limit=size + 1, after=after, text=text)
        if len(found) <= size:
            return await self.newest(user, size=size, text=text)
        return HistoryPage(items=found[-size:], newer=True, older=True)

    async def own(self, generation_id: GenerationId, user: UserId) -> Generation:
        """Return the user's generation. Raises GenerationNotFound when it is gone or another person's."""
        generation = await self._generations.get(generation_id)
        if generation is None or generation.user != user:
            raise GenerationNotFound(generation_id)
        return generation

    async def neighbours(self, generation: Generation, *, text: str = "") -> Neighbours:
        """Return what stands before and after it in the history of its user."""
        at, user = generation.created_at, generation.user
        newer = await self._generations.history(user, limit=1, after=at, text=text)
        older = await self._generations.history(user, limit=1, before=at, text=text)
        return Neighbours(newer=next(iter(newer), None), older=next(iter(older), None))
