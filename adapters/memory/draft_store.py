"""Half-filled cards in a dict."""

from collections.abc import Collection
from datetime import datetime

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from domain.draft import Draft, DraftId
from domain.generation import UserId

_Place = tuple[UserId, str, str | None]


class InMemoryDraftStore:
    """``DraftStore`` for tests and the demo without a database. ``on_call`` is the script of trouble for all its methods."""

    def __init__(self, clock: Clock) -> None:
        self.drafts: dict[DraftId, Draft] = {}
        self.on_call = Script(clock)
        self._open: dict[_Place, DraftId] = {}

    async def save(self, draft: Draft, /) -> None:
        async with self.on_call.around():
            self.drafts[draft.id] = draft
            self._open[_place(draft)] = draft.id

    async def get(self, draft_id: DraftId, /) -> Draft | None:
        async with self.on_call.around():
            return self.drafts.get(draft_id)

    async def open_draft(self, user: UserId, chat: str, thread: str | None, /) -> Draft | None:
        async with self.on_call.around():
            draft_id = self._open.get((user, chat, thread))
            return self.drafts[draft_id] if draft_id else None

    async def close(self, draft: Draft, /) -> None:
        async with self.on_call.around():
            if self._open.get(_place(draft)) == draft.id:
                del self._open[_place(draft)]

    async def forget(self, draft_id: DraftId, /) -> None:
        async with self.on_call.around():
            self._remove([draft_id])

    async def forget_untouched(self, since: datetime, /, *, limit: int) -> int:
        async with self.on_call.around():
            old = [draft.id for draft in self.drafts.values() if draft.updated_at < since][:limit]
            self._remove(old)
            return len(old)

    def _remove(self, draft_ids: Collection[DraftId]) -> None:
        for draft_id in draft_ids:
            self.drafts.pop(draft_id, None)
        self._open = {place: open_id for place, open_id in self._open.items() if open_id in self.drafts}


def _place(draft: Draft) -> _Place:
    return draft.user, draft.destination.chat, draft.destination.thread
