"""Port: how far the generations have come, for every page that watches."""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from application.ports.messenger import Progress
from domain.generation import GenerationId, UserId


class ProgressStore(Protocol):
    """The last progress of each generation, and a stream of what changes. Raises ``StoreUnavailable`` like the other stores."""

    async def note(self, generation_id: GenerationId, progress: Progress, /) -> None:
        """Remember it and tell those who watch, on any instance. For a generation that is not there: nothing."""
        ...

    async def of(self, generations: Collection[GenerationId], /) -> Mapping[GenerationId, Progress]:
        """What was noted last; nothing for those of which nothing was noted."""
        ...

    def watch(self, user: UserId, /) -> AbstractAsyncContextManager[AsyncIterator[Collection[GenerationId]]]:
        """Ids of a person's generations that were added, changed their state or progressed, from entering the context on.

        An empty collection says that something may have been missed, after a break of the connection. A slow reader gets
        each id once, however often it changed.
        """
        ...
