"""Take a wish back while that is free."""

import structlog
from attrs import frozen

from application.errors import GenerationNotFound, NotCancellable, StaleGeneration
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from domain.generation import Generation, GenerationId, GenerationState, UserId

log = structlog.get_logger()


@frozen(kw_only=True)
class CancelGeneration:
    """Any instance may cancel; compare-and-set decides the race with the leader's submission."""

    _store: GenerationStore
    _clock: Clock

    async def __call__(self, generation_id: GenerationId, user: UserId) -> Generation:
        """The cancelled generation; cancelling twice is the same as once.

        Raises:
            GenerationNotFound: there is none, or it belongs to another user.
            NotCancellable: it has left the queue.
            StoreUnavailable: ask again.
        """
        generation = await self._store.get(generation_id)
        if generation is None or generation.user != user:
            raise GenerationNotFound(generation_id)
        if generation.state is GenerationState.CANCELLED:
            return generation
        if generation.state is not GenerationState.QUEUED:
            raise NotCancellable(generation.state)
        try:
            cancelled = await self._store.save(generation.cancelled(at=self._clock.now()))
        except StaleGeneration:
            return await self(generation_id, user)  # submitted or cancelled meanwhile: the row now says which
        log.info("generation.cancelled", generation_id=generation_id)
        return cancelled
