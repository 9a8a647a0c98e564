"""An announcer that writes everything down."""

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from domain.broadcast import Announcement
from domain.operation import Alarm


class InMemoryAnnouncer:
    """``Announcer`` for tests. ``announced`` and ``alarms`` are what arrived, with the chat; ``on_…`` are the scripts of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.announced: list[tuple[str, Announcement]] = []
        self.alarms: list[tuple[str, str, Alarm, float | None]] = []
        self.on_announce = Script(clock)
        self.on_alarm = Script(clock)

    async def announce(self, chat: str, announcement: Announcement, /) -> None:
        async with self.on_announce.around():
            self.announced.append((chat, announcement))

    async def alarm(self, chat: str, language: str, alarm: Alarm, /, *, figure: float | None = None) -> None:
        async with self.on_alarm.around():
            self.alarms.append((chat, language, alarm, figure))
