"""Use case: end the questions to chat models whose process died, so that nothing is held back for ever."""

from datetime import timedelta
from typing import Final

import structlog
from attrs import frozen

from application.ports.clock import Clock
from application.ports.text_call_store import TextCallStore

LOST_AFTER: Final = timedelta(minutes=10)
"""No call lasts so long."""

log = structlog.get_logger()


@frozen(kw_only=True)
class EndLostCalls:
    """Their users pay nothing; for the operator they count with the most they can have cost."""

    _calls: TextCallStore
    _clock: Clock

    async def __call__(self) -> int:
        """Return how many there were. Raises ``StoreUnavailable``."""
        now = self._clock.now()
        lost = await self._calls.unended(now - LOST_AFTER)
        for call in lost:
            await self._calls.end(call.ended(at=now, is_answered=False, credits=None))
        if lost:
            log.info("text_calls.lost", calls=len(lost))
        return len(lost)
