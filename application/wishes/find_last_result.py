"""Use case: the result that a person's next words may be about."""

from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from application.ports.clock import Clock
from application.ports.current_result_store import CurrentResultStore
from application.ports.generation_store import GenerationStore
from domain.generation import Generation, UserId

SPOKEN_OF: Final = timedelta(minutes=15)
"""How long a result is what "it" means."""


@frozen(kw_only=True)
class FindLastResult:
    """The newest result of a person in a chat, or the one that they went back to, while it is new enough to be spoken of."""

    _generations: GenerationStore
    _clock: Clock
    _current: CurrentResultStore

    async def __call__(self, user: UserId, chat: str) -> Generation | None:
        """Return the generation; None where there is none. Raises ``StoreUnavailable``."""
        newest = await self._generations.history(user, limit=1, delivered=True)
        here = [one for one in newest if one.destination.chat == chat and one.closed_at is not None]
        current = await self._current.get(user, chat)
        if (
            current
            and self._is_fresh(current.at)
            and not any(one.closed_at > current.at for one in here if one.closed_at)
        ):
            return await self._generations.get(current.generation)
        return next((one for one in here if one.closed_at and self._is_fresh(one.closed_at)), None)

    def _is_fresh(self, moment: datetime) -> bool:
        return self._clock.now() - moment <= SPOKEN_OF
