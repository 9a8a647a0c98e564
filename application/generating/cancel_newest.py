"""Use case: take back the newest generation that is still free."""

from typing import Final

from attrs import frozen

from application.errors import NotCancellable
from application.generating.cancel_generation import CancelGeneration
from application.ports.generation_store import GenerationStore
from domain.generation import Generation, UserId

LOOKED_AT: Final = 20
"""How many of the newest generations are looked through."""


@frozen(kw_only=True)
class CancelledNewest:
    """``cancelled``, or ``too_late``: the newest that is under way and can't be taken back; neither where nothing is."""

    cancelled: Generation | None = None
    too_late: Generation | None = None


@frozen(kw_only=True)
class CancelNewest:
    """For a person who says "cancel" and names nothing."""

    _generations: GenerationStore
    _cancel: CancelGeneration

    async def __call__(self, user: UserId) -> CancelledNewest:
        """Cancel one at most. Raises StoreUnavailable."""
        too_late = None
        for generation in await self._generations.history(user, limit=LOOKED_AT):
            if generation.is_terminal:
                continue
            try:
                await self._cancel(generation.id, user)
            except NotCancellable:
                too_late = too_late or generation
            else:
                return CancelledNewest(cancelled=generation)
        return CancelledNewest(too_late=too_late)
