"""What time KIE has, by the ``Date`` header of its answers (RFC 9110, section 6.6.1)."""

from email.utils import parsedate_to_datetime
from typing import Final

from attrs import define, field

from application.ports.clock import Clock
from application.ports.clock_observer import ClockObserver

EVERY_S: Final = 60.0


@define
class ClockCheck:
    """Compares the two clocks once a minute."""

    _clock: Clock
    _observer: ClockObserver | None
    _seen_at_s: float = field(default=float("-inf"), init=False)

    def see(self, date: str | None) -> None:
        """Take note of a header. One that can't be read says nothing."""
        now_s = self._clock.monotonic()
        if self._observer is None or date is None or now_s - self._seen_at_s < EVERY_S:
            return
        self._seen_at_s = now_s
        try:
            offset_s = (parsedate_to_datetime(date) - self._clock.now()).total_seconds()
        except (TypeError, ValueError, OverflowError):  # no date, or one without a zone
            return
        self._observer.observe("kie", offset_s)
