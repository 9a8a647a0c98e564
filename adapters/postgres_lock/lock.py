"""``LeaderLock`` on a session-level advisory lock of PostgreSQL (14 or later)."""

import random
from typing import Final

import structlog
from asyncpg import exceptions as pg

from adapters.postgres_lock.faults import unusable
from adapters.postgres_lock.key import advisory_key
from adapters.postgres_lock.leadership import PostgresLeadership, Term
from adapters.postgres_lock.session import SESSION_TROUBLE, Connection, open_session
from application.ports.clock import Clock
from domain.backoff import Backoff
from domain.leadership import NORMAL_TIMING, LeaseTiming, OwnTerms

log = structlog.get_logger(__name__)

_RECONNECT: Final = Backoff(first_s=0.2, most_s=5.0)

# The epoch never falls below what this process has seen, even where a failover lost the last rows. The first part sees
# the row as it was before the second one changes it.
_TAKE_EPOCH: Final = """
WITH before AS (
    SELECT epoch, released FROM leadership WHERE bot = $1
), taken AS (
    INSERT INTO leadership AS row (bot, epoch, holder, released) VALUES ($1, $3 + 1, $2, false)
    ON CONFLICT (bot) DO UPDATE
    SET epoch = GREATEST(row.epoch, $3) + 1, holder = $2, released = false, changed_at = now()
    RETURNING epoch
)
SELECT taken.epoch, before.released, extract(epoch FROM clock_timestamp() - heartbeat.at)::float8 AS silence_s
FROM taken
LEFT JOIN before ON before.epoch = taken.epoch - 1
LEFT JOIN leader_heartbeats AS heartbeat ON heartbeat.bot = $1 AND heartbeat.epoch = taken.epoch - 1
"""


class PostgresLeaderLock:
    """Competes for one bot's lock with a dedicated connection; a pool would free the lock, or move it to another session.

    All instances must use the same *database*: advisory locks do not reach beyond it. The lock is not shared by tasks:
    one ``acquire`` at a time, and the next one ends the leadership before.
    """

    def __init__(self, dsn: str, *, bot: str, holder: str, clock: Clock, timing: LeaseTiming = NORMAL_TIMING) -> None:
        self._dsn = dsn
        self._bot = bot
        self._key = advisory_key(bot)
        self._holder = holder
        self._clock = clock
        self._timing = timing
        self._current: PostgresLeadership | None = None
        self._terms = OwnTerms()

    async def acquire(self) -> PostgresLeadership:
        self._drop_current()
        failures = 0
        while True:
            began_at = self._clock.monotonic()
            try:
                self._current = await self._compete()
            except SESSION_TROUBLE as error:
                if advice := unusable(error):
                    raise advice from error
                lasted = self._clock.monotonic() - began_at >= _RECONNECT.most_s
                failures = 1 if lasted else failures + 1
                await self._back_off(failures, error)
            else:
                return self._current

    async def close(self) -> None:
        self._drop_current()

    def _drop_current(self) -> None:
        leadership, self._current = self._current, None
        if leadership is not None:
            leadership.drop()
            if leadership.settled:
                self._terms = self._terms.settled()

    async def _back_off(self, failures: int, error: Exception) -> None:
        delay_s = _RECONNECT.delay_s(failures, chance=random.random())  # noqa: S311 - spreads load, hides nothing
        log.warning("leader_lock.disconnected", error=type(error).__name__, retry_in_s=round(delay_s, 2))
        await self._clock.sleep(delay_s)

    async def _compete(self) -> PostgresLeadership:
        """Connect, wait in the queue, take the next epoch. The connection is the leadership's, or gone."""
        connection = await open_session(self._dsn, self._timing, holder=self._holder)
        log.info("leader_lock.connected", bot=self._bot)
        try:
            await self._wait_for_grant(connection)
            term = await self._take_epoch(connection)
            leadership = PostgresLeadership(connection, term, timing=self._timing, clock=self._clock)
            await leadership.start()
        except BaseException:
            connection.terminate()
            raise
        return leadership

    async def _wait_for_grant(self, connection: Connection) -> None:
        """Ask until granted, and never again on this connection: grants stack, and one release would not free two.

        The server's lock_timeout tells for certain that nothing was granted. A time-out of our own would not, so after one
        the connection is given up.
        """
        while True:
            try:
                await connection.execute(
                    "SELECT pg_advisory_lock($1)",
                    self._key,
                    timeout=self._timing.wait_s + self._timing.heartbeat_timeout_s,
                )
            except pg.LockNotAvailableError:
                continue
            return

    async def _take_epoch(self, connection: Connection) -> Term:
        """Number this leadership, and see how the one before ended."""
        row = await connection.fetchrow(
            _TAKE_EPOCH, self._bot, self._holder, self._terms.epoch, timeout=self._timing.heartbeat_timeout_s
        )
        if row is None:
            raise ConnectionError("no epoch was taken")
        clean = self._terms.predecessor_stopped(row["epoch"], released=row["released"])
        wait_s = 0.0 if clean else self._timing.left_after(row["silence_s"])
        self._terms = self._terms.began(row["epoch"], settled=wait_s == 0)
        log.info("leader_lock.granted", bot=self._bot, epoch=row["epoch"], predecessor_stopped=clean)
        return Term(bot=self._bot, key=self._key, epoch=row["epoch"], follows_clean_release=clean, wait_s=wait_s)
