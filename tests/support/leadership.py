"""Leader locks to test with: short durations, and what a platform does to a session."""

from typing import Final

import asyncpg

from domain.leadership import LeaseTiming

SHORT_TIMING: Final = LeaseTiming(heartbeat_s=0.2, heartbeat_timeout_s=1.0, lease_s=1.5, idle_s=2.0, ask_s=0.1)
"""Short enough to wait for, long enough for a busy machine."""


async def end_session(dsn: str, holder: str) -> None:
    """Have the server end the session of that instance, as an administrator would."""
    connection = await asyncpg.connect(dsn)
    try:
        ended = await connection.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = $1",
            f"mediabot lock {holder}",
        )
    finally:
        await connection.close()
    assert ended, f"{holder} has no session"
