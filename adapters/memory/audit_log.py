"""What admins did, in a list."""

from collections.abc import Sequence
from datetime import datetime

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from domain.audit import AuditEntry


class InMemoryAuditLog:
    """``AuditLog`` for tests. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.entries: list[AuditEntry] = []
        self.on_call = Script(clock)

    async def add(self, entry: AuditEntry, /) -> None:
        async with self.on_call.around():
            self.entries.append(entry)

    async def newest(self, *, limit: int, skip: int = 0) -> Sequence[AuditEntry]:
        async with self.on_call.around():
            return self.entries[::-1][skip : skip + limit]

    async def forget_before(self, moment: datetime, /, *, limit: int) -> int:
        async with self.on_call.around():
            old = [entry for entry in self.entries if entry.at < moment][:limit]
            self.entries = [entry for entry in self.entries if entry not in old]
            return len(old)
