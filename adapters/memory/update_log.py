"""Handled updates in a set."""

from adapters.memory.trouble import Script
from application.ports.clock import Clock


class InMemoryUpdateLog:
    """``UpdateLog`` for tests and the demo without a database. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.handled: set[tuple[str, int]] = set()
        self.on_call = Script(clock)

    async def is_handled(self, source: str, update_id: int, /) -> bool:
        async with self.on_call.around():
            return (source, update_id) in self.handled

    async def mark_handled(self, source: str, update_id: int, /) -> None:
        async with self.on_call.around():
            self.handled.add((source, update_id))
