"""How long something has lasted."""

from datetime import datetime

from attrs import frozen

from application.ports.clock import Clock


@frozen
class Stopwatch:
    """Elapsed time that a clock set forward or back does not change: up to the moment it was made by the wall clock, from
    then on by the steady one."""

    _clock: Clock
    _began_at_s: float

    @classmethod
    def since(cls, moment: datetime, clock: Clock) -> "Stopwatch":
        """Measure from ``moment`` (aware UTC). A moment that is still to come counts as now."""
        return cls(clock, clock.monotonic() - max(0.0, (clock.now() - moment).total_seconds()))

    @property
    def elapsed_s(self) -> float:
        """Seconds, never below zero."""
        return max(0.0, self._clock.monotonic() - self._began_at_s)
