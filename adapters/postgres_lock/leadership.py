"""One term of leading, kept alive by heartbeats on the lock's own session."""

import asyncio
from typing import Final

import asyncpg
import structlog
from asyncpg import exceptions as pg
from attrs import frozen

from adapters.postgres_lock.session import SESSION_TROUBLE, Connection
from application.ports.clock import Clock
from domain.leadership import LeaseTiming

log = structlog.get_logger(__name__)

# One statement, so that all four are true at the same moment. A bigint key shows in pg_locks as two halves. The time that
# is written is later than the sending, from which the lease counts. An old session does not overwrite a newer epoch.
_HEARTBEAT: Final = """
WITH heartbeat AS (
    INSERT INTO leader_heartbeats AS last (bot, epoch, at) VALUES ($3, $4, statement_timestamp())
    ON CONFLICT (bot) DO UPDATE SET epoch = EXCLUDED.epoch, at = EXCLUDED.at WHERE last.epoch <= EXCLUDED.epoch
)
SELECT pg_backend_pid() = $1 AS same_session,
       NOT pg_is_in_recovery() AS primary_server,
       EXISTS (SELECT FROM pg_locks
               WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND pid = pg_backend_pid()
                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                 AND (classid::bigint << 32 | objid::bigint) = $2) AS lock_held,
       COALESCE((SELECT epoch FROM leadership WHERE bot = $3) = $4, false) AS epoch_current
"""
_MARK_RELEASED: Final = """
UPDATE leadership SET released = true, changed_at = now() WHERE bot = $1 AND epoch = $2
"""


@frozen(kw_only=True)
class Term:
    """What the grant brought: whose lock (``bot``, ``key``), the ``epoch``, whether the predecessor had stopped, and how
    long it may still act (``wait_s``)."""

    bot: str
    key: int
    epoch: int
    follows_clean_release: bool
    wait_s: float


class PostgresLeadership:
    """A ``Leadership`` that ends when the session, the lock, the epoch or the lease does, whichever is first.

    Once over it stays over: a heartbeat that comes back after the lease ran out does not revive it.
    """

    def __init__(self, connection: Connection, term: Term, *, timing: LeaseTiming, clock: Clock) -> None:
        self._connection = connection
        self._term = term
        self._timing = timing
        self._clock = clock
        self._granted_at = self._sent_at = clock.monotonic()
        self._deadline = self._sent_at + timing.acting_s
        self._over = asyncio.Event()
        self._reason = ""
        self._asking = asyncio.Lock()
        self._heartbeats: asyncio.Task[None] | None = None

    @property
    def epoch(self) -> int:
        return self._term.epoch

    @property
    def follows_clean_release(self) -> bool:
        return self._term.follows_clean_release

    @property
    def wait_s(self) -> float:
        return self._term.wait_s

    @property
    def settled(self) -> bool:
        """Whether no one before us can act any more: it had stopped, or its lease has run out since our grant."""
        return self._clock.monotonic() >= self._granted_at + self.wait_s

    def seconds_left(self) -> float:
        if self._over.is_set():
            return 0.0
        left = self._deadline - self._clock.monotonic()
        if left <= 0:
            self._end("lease_expired")
        return left

    async def lost(self) -> str:
        await self._over.wait()
        return self._reason

    async def start(self) -> None:
        """Prove the leadership with a first heartbeat and go on in the background.

        The grant may have been long on its way, so the lease counts from a statement sent after it.

        Raises:
            ConnectionError: it is over already.
            SESSION_TROUBLE: the session does not answer.
        """
        self._connection.add_termination_listener(self._on_termination)
        await self._beat()
        if self.seconds_left() <= 0:
            raise ConnectionError(self._reason)
        self._heartbeats = asyncio.create_task(self._keep_beating(), name="leadership.heartbeat")

    async def release(self) -> None:
        held = not self._over.is_set()
        self._end("released")
        try:
            async with asyncio.timeout(self._timing.heartbeat_timeout_s), self._asking:
                if held and self.settled:
                    await self._connection.execute(_MARK_RELEASED, self._term.bot, self.epoch)
                if held:
                    await self._connection.close()
        except SESSION_TROUBLE as error:
            log.warning("leader_lock.release_unheard", epoch=self.epoch, error=type(error).__name__)
        finally:
            self.drop()

    def drop(self) -> None:
        """End it at once and leave the rest to the server, which will call this no clean end."""
        self._end("dropped")
        if self._heartbeats is not None:
            self._heartbeats.cancel()
        self._connection.terminate()

    def _on_termination(self, _connection: object) -> None:
        self._end("session_ended")

    def _end(self, reason: str) -> None:
        if not self._over.is_set():
            self._reason = reason
            self._over.set()

    async def _keep_beating(self) -> None:
        try:
            while not self._over.is_set():
                next_at = self._sent_at + self._timing.heartbeat_s
                await self._clock.wait(self._over, next_at - self._clock.monotonic())
                await self._beat()
        except pg.ReadOnlySQLTransactionError:
            self._end("not_primary")
        except SESSION_TROUBLE as error:
            if not self._over.is_set():
                log.warning("leader_lock.heartbeat_failed", epoch=self.epoch, error=type(error).__name__)
            if self._connection.is_closed():  # a heartbeat on its way may hear of it before the listener does
                self._end("session_ended")
        finally:
            self._end("heartbeat_failed")

    async def _beat(self) -> None:
        async with self._asking:
            if self._over.is_set():
                return
            self._sent_at = self._clock.monotonic()
            row = await self._connection.fetchrow(
                _HEARTBEAT,
                self._connection.get_server_pid(),
                self._term.key,
                self._term.bot,
                self.epoch,
                timeout=self._timing.heartbeat_timeout_s,
            )
        if disproved := _disproved(row):
            self._end(disproved)
        elif self.seconds_left() > 0:
            self._deadline = self._sent_at + self._timing.acting_s


def _disproved(row: asyncpg.Record | None) -> str | None:
    """What a heartbeat found untrue, in a word."""
    if row is None or not row["same_session"]:
        return "session_changed"
    if not row["primary_server"]:
        return "not_primary"
    if not row["lock_held"]:
        return "lock_gone"
    return None if row["epoch_current"] else "superseded"
