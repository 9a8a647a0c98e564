"""Whether another program polls with our token."""

from collections import deque
from typing import Final

import structlog

from application.ports.clock import Clock

RIVAL_AFTER: Final = 3
RIVAL_WITHIN_S: Final = 60.0
"""So many conflicts within so long. One or two come of a predecessor's request that still hangs (field reports: up to 30 s)."""

YIELD_S: Final = 300.0

_ADVICE: Final = (
    "another program polls with this token: a deployment with another database, a preview, somebody's laptop. Stop it, or"
    " give it a bot of its own (@BotFather, /newbot). Until then an update reaches either of the two, or both"
)
_YIELDING: Final = "; this instance has no DATABASE_URL, so it makes way and asks again in five minutes"

log = structlog.get_logger()


class Rivals:
    """Counts the conflicts and says once when they last. ``yields``: make way then, instead of sharing the updates."""

    def __init__(self, clock: Clock, *, yields: bool) -> None:
        self._clock = clock
        self._yields = yields
        self._met_at: deque[float] = deque(maxlen=RIVAL_AFTER)
        self.conflicts = 0

    @property
    def present(self) -> bool:
        """Whether one is there, as far as the last minute tells."""
        oldest_matters = self._clock.monotonic() - RIVAL_WITHIN_S
        return len(self._met_at) == RIVAL_AFTER and self._met_at[0] >= oldest_matters

    @property
    def pause_s(self) -> float | None:
        """For how long to keep out of a rival's way; None: not at all."""
        return YIELD_S if self._yields and self.present else None

    def met(self) -> None:
        """A conflict."""
        self.conflicts += 1
        was_present = self.present
        self._met_at.append(self._clock.monotonic())
        if self.present and not was_present:
            log.error("polling.contested", conflicts=self.conflicts, advice=_ADVICE + _YIELDING * self._yields)
