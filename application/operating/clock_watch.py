"""Whether this machine's clock agrees with the others'."""

from collections.abc import Mapping
from typing import Final

import structlog
from attrs import define, field

from domain.operation import Alarm, AlarmKind

log = structlog.get_logger()

TOLERATED_S: Final = 60.0
"""Less is a slow answer or a header in whole seconds, and disturbs nothing."""
SOURCES: Final = 16


@define
class ClockWatch:
    """Keeps the last offset of each source. A ``ClockObserver`` and a ``ConditionSource``."""

    _offsets: dict[str, float] = field(factory=dict, init=False)

    @property
    def kinds(self) -> frozenset[AlarmKind]:
        return frozenset({AlarmKind.CLOCK})

    def observe(self, source: str, offset_s: float, /) -> None:
        was_off = abs(self._offsets.get(source, 0.0)) > TOLERATED_S
        if source in self._offsets or len(self._offsets) < SOURCES:
            self._offsets[source] = offset_s
        if abs(offset_s) > TOLERATED_S and not was_off:
            log.warning("clock.differs", source=source, offset_s=round(offset_s))

    def present(self) -> Mapping[Alarm, float]:
        """One for each source, so that the operator can tell whose clock is off."""
        return {
            Alarm(kind=AlarmKind.CLOCK, about=source): float(round(abs(offset_s)))
            for source, offset_s in self._offsets.items()
            if abs(offset_s) > TOLERATED_S
        }
