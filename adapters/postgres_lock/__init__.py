"""Leadership by a PostgreSQL advisory lock. The safety argument is in docs/leadership.md."""

from adapters.postgres_lock.lock import PostgresLeaderLock
from adapters.postgres_lock.locks import PostgresLocks

__all__ = ["PostgresLeaderLock", "PostgresLocks"]
