"""Port: half-filled cards, durable, so that buttons outlive a restart."""

from datetime import datetime
from typing import Protocol

from domain.draft import Draft, DraftId
from domain.generation import UserId


class DraftStore(Protocol):
    """Drafts by id, and the one a person works on in a chat. Raises ``StoreUnavailable`` like the other stores."""

    async def save(self, draft: Draft, /) -> None:
        """Write it and make it the open draft of its user in its chat and thread. The last writer wins."""
        ...

    async def get(self, draft_id: DraftId, /) -> Draft | None:
        """The draft, or None when there is none (any more)."""
        ...

    async def open_draft(self, user: UserId, chat: str, thread: str | None, /) -> Draft | None:
        """The draft this user works on in this chat and thread, or None."""
        ...

    async def close(self, draft: Draft, /) -> None:
        """It is no longer the open draft; its buttons still find it by id."""
        ...

    async def forget(self, draft_id: DraftId, /) -> None:
        """It is gone with everything in it, and open nowhere. Forgetting what is not there is fine."""
        ...

    async def forget_untouched(self, since: datetime, /, *, limit: int) -> int:
        """The same for those last saved before ``since``, ``limit`` of them at most. Gives how many went."""
        ...
