"""Connections to a real PostgreSQL that can be asked whether they are at work, and made to stumble."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from attrs import field, frozen

from adapters.memory.clock import TURNS
from adapters.memory.trouble import Script
from adapters.postgres_store import Database
from adapters.postgres_store.database import PooledConnection


@frozen
class BusyDatabase(Database):
    """``on_call`` is the script of trouble; ``takes_effect`` there means: done and committed, and then not answered."""

    on_call: Script = field(kw_only=True)
    _counts: Counter[str] = field(factory=Counter, init=False)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[PooledConnection]:
        async with self.on_call.around():
            self._counts.update(("calls", "busy"))
            try:
                async with Database.connection(self) as connection:
                    yield connection
            finally:
                self._counts["busy"] -= 1

    def untroubled(self) -> AbstractAsyncContextManager[PooledConnection]:
        """A connection for those who look on."""
        return Database.connection(self)

    async def at_rest(self) -> None:
        """Return when no one asks it for anything; if someone did, then after as long as an announcement takes to be heard."""
        for _ in range(TURNS):
            await asyncio.sleep(0)
        quiet = 3 if self._counts["calls"] == self._counts["seen"] else 0
        while quiet < 3 or self._counts["busy"]:
            self._counts["seen"] = self._counts["calls"]
            await asyncio.sleep(0.001)
            quiet = quiet + 1 if self._counts["seen"] == self._counts["calls"] else 0
