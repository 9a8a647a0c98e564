"""Writing a state that must not get lost while the store is away."""

import structlog
from attrs import frozen

from application.errors import StaleGeneration, StoreUnavailable
from application.generating.carried_here import CarriedHere
from application.leading.leadership_guard import LeadershipGuard
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from domain.backoff import Backoff
from domain.failure import Failure
from domain.generation import Generation
from domain.quoted import without_words_of

log = structlog.get_logger()


@frozen
class SaveGeneration:
    """Save until the store answers. A write whose answer was lost is recognised by its version, not repeated."""

    _store: GenerationStore
    _clock: Clock
    _carried_here: CarriedHere

    async def __call__(self, generation: Generation, guard: LeadershipGuard) -> Generation:
        """The row as saved.

        Raises:
            StaleGeneration: someone else changed it meanwhile.
            NotLeader: this leadership is over.
        """
        in_doubt = False
        for wait in Backoff():
            try:
                saved = await self._once(generation, guard, in_doubt=in_doubt)
            except StoreUnavailable as error:
                in_doubt = True
                log.warning("store.unavailable", generation_id=generation.id, error=str(error))
            else:
                self._carried_here.note(saved)
                return saved
            await self._clock.sleep(wait)
            guard.check()
        raise AssertionError("backoff never ends")

    async def failed(self, generation: Generation, failure: Failure, guard: LeadershipGuard) -> Generation:
        """The same for a bad end, which the operator finds in the log with the provider's words, without the person's."""
        log.info(
            "generation.failed",
            generation_id=generation.id,
            task_id=generation.task_id,
            kind=failure.kind,
            code=failure.provider_code,
            message=failure.provider_message and without_words_of(failure.provider_message, [generation.input]),
        )
        return await self(generation.failed(failure, at=self._clock.now()), guard)

    async def _once(self, generation: Generation, guard: LeadershipGuard, *, in_doubt: bool) -> Generation:
        try:
            return await self._store.save(generation, epoch=guard.epoch)
        except StaleGeneration:
            if in_doubt and (landed := await self._landed(generation)):
                return landed
            raise

    async def _landed(self, generation: Generation) -> Generation | None:
        """The row, if it is the one whose answer we never got: same state, exactly one version on."""
        row = await self._store.get(generation.id)
        if row and row.version == generation.version + 1 and row.state is generation.state:
            return row
        return None
