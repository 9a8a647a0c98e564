"""Use case: delete one's generation for good."""

import structlog
from attrs import frozen

from application.drafts.run_draft import draft_of
from application.errors import GenerationNotFound
from application.ports.draft_store import DraftStore
from application.ports.gallery import Gallery
from application.ports.generation_store import GenerationStore
from application.ports.media_index import MediaIndex
from domain.draft import DraftId
from domain.generation import GenerationId, UserId

log = structlog.get_logger()


@frozen(kw_only=True)
class DeleteGeneration:
    """With the draft it came from, its link, its mark and what is kept of its results. What is still under way stays."""

    _generations: GenerationStore
    _drafts: DraftStore
    _media: MediaIndex
    _gallery: Gallery

    async def __call__(self, generation_id: GenerationId, user: UserId) -> DraftId | None:
        """Delete it.

        Returns:
            The draft that went with it, for the front end to forget what shows it.

        Raises:
            GenerationNotFound: there is none of this user's, or it is under way.
            StoreUnavailable: ask again.
        """
        generation = await self._generations.get(generation_id)
        if generation is None or not await self._generations.erase(generation_id, user):
            raise GenerationNotFound(generation_id)
        await self._gallery.unshare(generation_id, user)
        await self._gallery.mark(user, generation_id, is_favourite=False)
        await self._media.remove([media.id for media in await self._media.of_generations([generation_id])])
        draft = draft_of(generation.request_key)
        if draft:
            await self._drafts.forget(draft)
        log.info("generation.deleted", generation_id=generation_id, user=user)
        return draft
