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
        self, user: UserId, *, limit: int, before: datetime | None = None, text: str | None = None
    ) -> Sequence[Generation]:
        """At most ``limit``, older than ``before``, with ``text`` in the prompt. Raises ``StoreUnavailable``."""
        return await self._store.history(user, limit=limit, before=before, text=text)
