"""Drafts in a dict."""

from datetime import datetime

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from domain.draft import Draft, DraftId


class InMemoryDraftStore:
    """``DraftStore`` for tests and the demo without a database. ``on_call`` is the script of trouble for all its methods."""

    def __init__(self, clock: Clock) -> None:
        self.drafts: dict[DraftId, Draft] = {}
        self.on_call = Script(clock)

    async def save(self, draft: Draft, /) -> None:
        async with self.on_call.around():
            self.drafts[draft.id] = draft

    async def get(self, draft_id: DraftId, /) -> Draft | None:
        async with self.on_call.around():
            return self.drafts.get(draft_id)

    async def forget(self, draft_id: DraftId, /) -> None:
        async with self.on_call.around():
            self.drafts.pop(draft_id, None)

    async def forget_untouched(self, since: datetime, /, *, limit: int) -> int:
        async with self.on_call.around():
            old = [draft.id for draft in self.drafts.values() if draft.updated_at < since][:limit]
            for draft_id in old:
                del self.drafts[draft_id]
            return len(old)
