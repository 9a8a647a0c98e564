"""A user's own generations."""

from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from application.ports.generation_store import GenerationStore
from domain.generation import Generation, UserId


@frozen
class ListGenerations:
    """The history, newest first."""

    _store: GenerationStore

    async def __call__(
        self,
        user: UserId,
        *,
        limit: int,
        before: datetime | None = None,
        after: datetime | None = None,
        text: str = "",
        delivered: bool = False,
    ) -> Sequence[Generation]:
        """At most ``limit``, next to the moment that is given; as ``GenerationStore.history`` has them."""
        return await self._store.history(user, limit=limit, before=before, after=after, text=text, delivered=delivered)
