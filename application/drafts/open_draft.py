"""Use case: a draft, for its owner."""

from attrs import frozen

from application.errors import DraftNotFound
from application.ports.draft_store import DraftStore
from domain.draft import Draft, DraftId
from domain.generation import UserId


@frozen
class OpenDraft:
    """Find a draft by its id; another person's is as good as none."""

    _drafts: DraftStore

    async def __call__(self, draft_id: DraftId, user: UserId, /) -> Draft:
        """Raises DraftNotFound, StoreUnavailable."""
        draft = await self._drafts.get(draft_id)
        if draft is None or draft.user != user:
            raise DraftNotFound(draft_id)
        return draft
