"""Port: half-filled drafts, durable."""

from datetime import datetime
from typing import Protocol

from domain.draft import Draft, DraftId


class DraftStore(Protocol):
    """Drafts by id. Raises ``StoreUnavailable`` like the other stores."""

    async def save(self, draft: Draft, /) -> None:
        """Write it. The last writer wins."""
        ...

    async def get(self, draft_id: DraftId, /) -> Draft | None:
        """Return the draft; None when there is none (any more)."""
        ...

    async def forget(self, draft_id: DraftId, /) -> None:
        """Delete it with everything in it. Forgetting what is not there is fine."""
        ...

    async def forget_untouched(self, since: datetime, /, *, limit: int) -> int:
        """Delete those last saved before ``since``, ``limit`` of them at most. Returns how many went."""
        ...
