"""Use case: how much of a person's room is taken."""

from attrs import frozen

from application.ports.media_index import MediaIndex
from domain.generation import UserId


@frozen
class MediaUsage:
    """``quota_bytes`` None: there is no limit."""

    _index: MediaIndex
    quota_bytes: int | None

    async def __call__(self, user: UserId, /) -> int:
        """The bytes of everything that is kept for this person. Raises StoreUnavailable."""
        return await self._index.usage(user)
