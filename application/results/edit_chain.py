"""Use cases: go back in a chain of edits of one picture, and look at the step before."""

from typing import Final

import structlog
from attrs import frozen

from application.errors import GenerationNotFound
from application.ports.clock import Clock
from application.ports.current_result_store import CurrentResult, CurrentResultStore
from application.ports.generation_store import GenerationStore
from application.ports.media_index import MediaIndex
from domain.generation import Generation
from domain.kept_media import media_id_of
from domain.media import files_of

LOOKED_AT: Final = 100
"""How many of the generations before a step are looked through for the one it works on."""

log = structlog.get_logger()


@frozen(kw_only=True)
class FindStepBefore:
    """The generation whose result a step works on."""

    _generations: GenerationStore
    _media: MediaIndex | None = None

    async def __call__(self, step: Generation) -> Generation:
        """Return it. Raises GenerationNotFound where it is no step, or the one before is gone; StoreUnavailable."""
        files = list(files_of(step.input))
        references = {file.reference for file in files}
        for file in files if self._media else ():
            media_id = media_id_of(file)
            media = await self._media.get(media_id) if self._media and media_id else None
            before = await self._generations.get(media.generation) if media and media.generation else None
            if before and before.user == step.user:
                return before
        earlier = await self._generations.history(step.user, limit=LOOKED_AT, before=step.created_at)
        for one in earlier:
            if references & {file_id for receipt in one.receipts for file_id in receipt.file_ids if file_id}:
                return one
        raise GenerationNotFound(step.id)


@frozen(kw_only=True)
class UndoEdit:
    """From now on words are about the picture before this step. Nothing is deleted, so the step can be gone back to, too."""

    _before: FindStepBefore
    _current: CurrentResultStore
    _clock: Clock

    async def __call__(self, step: Generation) -> Generation:
        """Return the generation that is the current one now. Raises as ``FindStepBefore``."""
        before = await self._before(step)
        current = CurrentResult(generation=before.id, at=self._clock.now())
        await self._current.set(step.user, step.destination.chat, current)
        log.info("edit.undone", generation_id=step.id)
        return before
