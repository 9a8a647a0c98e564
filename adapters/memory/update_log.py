"""Handled updates in a dict."""

from datetime import datetime

from adapters.memory.trouble import Script
from application.ports.clock import Clock


class InMemoryUpdateLog:
    """``UpdateLog`` for tests and the demo without a database. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.handled: dict[tuple[str, int], datetime] = {}
        self._clock = clock
        self.on_call = Script(clock)

    async def is_handled(self, source: str, update_id: int, /) -> bool:
        async with self.on_call.around():
            return (source, update_id) in self.handled

    async def mark_handled(self, source: str, update_id: int, /) -> None:
        async with self.on_call.around():
            self.handled.setdefault((source, update_id), self._clock.now())

    async def forget_handled(self, before: datetime, /, *, limit: int) -> int:
        async with self.on_call.around():
            old = [update for update, at in self.handled.items() if at < before][:limit]
            for update in old:
                del self.handled[update]
            return len(old)
