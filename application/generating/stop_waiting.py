"""Let a person go on with something else while the provider works."""

import structlog
from attrs import frozen

from application.errors import GenerationNotFound
from application.ports.generation_store import GenerationStore
from domain.generation import Generation, GenerationId, UserId

log = structlog.get_logger()


@frozen
class StopWaiting:
    """No more progress is shown, and the result comes without a sound. What the provider began goes on and is paid for.

    Any instance may take it; the leader hears of it by the store.
    """

    _store: GenerationStore

    async def __call__(self, generation_id: GenerationId, user: UserId) -> Generation:
        """The generation as it stands; one that is over already stays what it is.

        Raises:
            GenerationNotFound: there is none, or it belongs to another user.
            StoreUnavailable: ask again.
        """
        generation = await self._store.get(generation_id)
        if generation is None or generation.user != user:
            raise GenerationNotFound(generation_id)
        if not generation.is_terminal and await self._store.mark_quiet(generation_id):
            log.info("generation.quiet", generation_id=generation_id)
        return generation
