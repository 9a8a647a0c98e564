"""Leadership by a PostgreSQL advisory lock. The safety argument is in docs/leadership.md."""

from adapters.postgres_lock.lock import PostgresLeaderLock

__all__ = ["PostgresLeaderLock"]
