"""Whether another program polls with our token."""

from collections import deque
from typing import Final

import structlog

from application.ports.clock import Clock

LASTING_AFTER: Final = 3
LASTING_WITHIN_S: Final = 60.0
"""So many conflicts within so long. One or two come of a predecessor's request that still hangs (field reports: up to 30 s)."""

YIELD_S: Final = 300.0

_ADVICE: Final = (
    "another program polls with this token: a deployment with another database, a preview, a laptop. Stop it, or"
    " give it a bot of its own (@BotFather, /newbot). Until then an update reaches either of the two, or both"
)
_YIELDING: Final = "; this instance has no DATABASE_URL, so it stops polling and asks again in five minutes"

log = structlog.get_logger()


class PollingConflicts:
    """Counts the conflicts and logs once when they last. ``yields``: stop polling then, instead of sharing the updates."""

    def __init__(self, clock: Clock, *, yields: bool) -> None:
        self._clock = clock
        self._yields = yields
        self._met_at: deque[float] = deque(maxlen=LASTING_AFTER)
        self.count = 0

    @property
    def last(self) -> bool:
        """Whether another program polls too, as far as the last minute shows."""
        oldest_matters = self._clock.monotonic() - LASTING_WITHIN_S
        return len(self._met_at) == LASTING_AFTER and self._met_at[0] >= oldest_matters

    @property
    def pause_s(self) -> float | None:
        """How long to leave polling to the other program; None: not at all."""
        return YIELD_S if self._yields and self.last else None

    def met(self) -> None:
        """A conflict."""
        self.count += 1
        lasted = self.last
        self._met_at.append(self._clock.monotonic())
        if self.last and not lasted:
            log.error("polling.contested", conflicts=self.count, advice=_ADVICE + _YIELDING * self._yields)
