"""``LeaderLock`` on a session-level advisory lock of PostgreSQL (14 or later)."""

from attrs import frozen

from adapters.postgres_lock.leadership import PostgresLeadership
from adapters.postgres_lock.locks import PostgresLocks


@frozen
class PostgresLeaderLock:
    """Competes for one bot's lock on the session that this instance has for all.

    All instances must use the same *database*: advisory locks do not reach beyond it. The lock is not shared by tasks:
    one ``acquire`` at a time, and the next one ends the leadership before.
    """

    _locks: PostgresLocks
    _bot: str

    async def acquire(self) -> PostgresLeadership:
        return await self._locks.acquire(self._bot)

    async def close(self) -> None:
        await self._locks.close(self._bot)
