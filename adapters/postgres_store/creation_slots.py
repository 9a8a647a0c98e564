"""Places in the provider's window in PostgreSQL."""

from datetime import timedelta
from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database

# The row's lock makes it one step: the condition is judged again on what another has written meanwhile.
_TAKE: Final = """
INSERT INTO creation_slots AS row (account, free_at) VALUES ($1, ARRAY[clock_timestamp() + $3])
ON CONFLICT (account) DO UPDATE
   SET free_at = ARRAY(SELECT at FROM unnest(row.free_at) AS at WHERE at > clock_timestamp()) || clock_timestamp() + $3
 WHERE (SELECT count(*) FROM unnest(row.free_at) AS at WHERE at > clock_timestamp()) < $2
RETURNING true
"""
_FREE_IN: Final = """
SELECT extract(epoch FROM min(at) - clock_timestamp())::float8
  FROM creation_slots, unnest(free_at) AS at WHERE account = $1 AND at > clock_timestamp()
"""
SHORTEST_WAIT_S: Final = 0.01


@frozen
class PostgresCreationSlots:
    """``CreationSlots`` on PostgreSQL, by the server's clock."""

    _database: Database

    async def take(self, account: str, /, *, count: int, period_s: float) -> float:
        async with self._database.connection() as connection:
            if await connection.fetchval(_TAKE, account, count, timedelta(seconds=period_s)):
                return 0.0
            free_in_s = await connection.fetchval(_FREE_IN, account)
        return max(SHORTEST_WAIT_S, free_in_s or 0.0)
