"""Use case: the result that a person's next words may be about."""

from datetime import timedelta
from typing import Final

from attrs import frozen

from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from domain.generation import Generation, UserId

SPOKEN_OF: Final = timedelta(minutes=15)
"""How long a result is what "it" means."""


@frozen(kw_only=True)
class FindLastResult:
    """The newest result of a person in a chat, while it is new enough to be spoken of."""

    _generations: GenerationStore
    _clock: Clock

    async def __call__(self, user: UserId, chat: str) -> Generation | None:
        """Return the generation; None where there is none. Raises ``StoreUnavailable``."""
        newest = await self._generations.history(user, limit=1, delivered=True)
        for generation in newest:
            is_fresh = generation.closed_at is not None and self._clock.now() - generation.closed_at <= SPOKEN_OF
            return generation if is_fresh and generation.destination.chat == chat else None
        return None
