"""Alarms in a dict."""

from collections.abc import Mapping
from datetime import datetime

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from domain.operation import Alarm


class InMemoryAlarmStore:
    """``AlarmStore`` for tests and the demo without a database. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.in_force: dict[Alarm, datetime] = {}
        self.on_call = Script(clock)

    async def raised(self) -> Mapping[Alarm, datetime]:
        async with self.on_call.around():
            return dict(sorted(self.in_force.items(), key=lambda item: item[1]))

    async def begin(self, alarm: Alarm, /, *, at: datetime) -> bool:
        async with self.on_call.around():
            if alarm in self.in_force:
                return False
            self.in_force[alarm] = at
            return True

    async def clear(self, alarm: Alarm, /) -> bool:
        async with self.on_call.around():
            return self.in_force.pop(alarm, None) is not None
