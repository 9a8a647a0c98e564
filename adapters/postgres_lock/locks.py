"""The locks of all the bots that this instance leads, on one session, and its share of the bots."""

import asyncio
import random
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import asyncpg
import structlog
from asyncpg import exceptions as pg
from attrs import define, field, frozen

from adapters.postgres_lock.faults import unusable
from adapters.postgres_lock.key import advisory_key
from adapters.postgres_lock.leadership import PostgresLeadership, Term
from adapters.postgres_lock.session import SESSION_TROUBLE, AnyConnection, Connection, open_session
from adapters.postgres_lock.statements import (
    ASK,
    CHANNEL,
    FREE,
    JOIN,
    LEAVE,
    LOOK,
    MARK_RELEASED,
    TAKE_EPOCHS,
    TRY,
    UNLOCK,
)
from application.errors import LeadershipUnusable
from application.ports.clock import Clock
from domain.backoff import Backoff
from domain.leadership import NORMAL_TIMING, LeaseTiming, OwnTerms
from domain.sharing import SPARE_S, Share

log = structlog.get_logger(__name__)

_RECONNECT: Final = Backoff(first_s=0.2, most_s=5.0)
_ASK_AGAIN_S: Final = 1.0
"""A bot that was asked for may take its time: what has begun there is finished first."""


@frozen
class _View:
    """Who holds what, as the server said it at one moment."""

    owners: Mapping[str, int]
    share: Share


@define(eq=False)
class _HandBack:
    """A leadership on its way back to the server."""

    leadership: PostgresLeadership
    is_clean: bool
    done: asyncio.Event = field(factory=asyncio.Event)


class _Untrue(ConnectionError):
    """What a heartbeat found untrue of the session, in a word."""


class PostgresLocks:
    """Competes for bots with a dedicated connection; a pool would free the locks, or move them to another session.

    One task sends every statement, so a heartbeat proves all leaderships at once and none waits for another's. Each bot
    is asked for by ``acquire`` and given up by ``close``; the session lives as long as there are any.
    """

    def __init__(self, dsn: str, *, holder: str, clock: Clock, timing: LeaseTiming = NORMAL_TIMING) -> None:
        self._dsn = dsn
        self._holder = holder
        self._clock = clock
        self._timing = timing
        self._terms: dict[str, OwnTerms] = {}
        self._bots: set[str] = set()
        self._seekers: dict[str, asyncio.Future[PostgresLeadership]] = {}
        self._held: dict[str, PostgresLeadership] = {}
        self._returning: dict[str, _HandBack] = {}
        self._free_since: dict[str, float] = {}
        self._given_at: dict[str, float] = {}
        self._requests: dict[int, str] = {}
        self._asked_at = -_ASK_AGAIN_S
        self._proved_at = 0.0
        self._woken = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None
        self._is_leaving = False

    async def acquire(self, bot: str) -> PostgresLeadership:
        """As ``LeaderLock.acquire``."""
        self._drop(bot)
        self._bots.add(bot)
        turn: asyncio.Future[PostgresLeadership] = asyncio.get_running_loop().create_future()
        self._seekers[bot] = turn
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work(), name="locks")
        self._woken.set()
        try:
            return await turn
        except asyncio.CancelledError:
            self._drop(bot)  # it may have been granted in the same breath
            raise
        finally:
            self._seekers.pop(bot, None)

    async def close(self, bot: str) -> None:
        """As ``LeaderLock.close``."""
        self._drop(bot)
        self._bots.discard(bot)
        if self._worker and not self._bots:
            self._worker.cancel()
            await asyncio.wait({self._worker})
        self._woken.set()

    def leave(self) -> None:
        """Take no further bots: this instance is about to stop, and those that it leads go to the others."""
        self._is_leaving = True
        self._woken.set()

    def _drop(self, bot: str) -> None:
        """End a leadership at once and leave the rest to the server, which will call this no clean end."""
        if leadership := self._held.get(bot):
            leadership.end("dropped")
            self._return(leadership, is_clean=False)

    async def _hand_back(self, leadership: PostgresLeadership, is_clean: bool) -> None:
        if self._held.get(leadership.term.bot) is not leadership:
            return
        returning = self._return(leadership, is_clean=is_clean)
        try:
            async with asyncio.timeout(self._timing.heartbeat_timeout_s):
                await returning.done.wait()
        except TimeoutError:
            log.warning("leader_lock.release_unconfirmed", bot=leadership.term.bot, epoch=leadership.epoch)

    def _return(self, leadership: PostgresLeadership, *, is_clean: bool) -> _HandBack:
        """Have it unlocked, once: locks stack, and a second unlocking could hit the next leadership."""
        self._woken.set()
        return self._returning.setdefault(leadership.term.bot, _HandBack(leadership, is_clean))

    async def _work(self) -> None:
        """Keep a session while there are bots. Ends as well where waiting is of no use, after those that wait have the reason."""
        failures = 0
        while self._bots:
            began_at = self._clock.monotonic()
            try:
                await self._keep_session()
            except LeadershipUnusable as error:
                self._refuse(error)
                return
            except SESSION_TROUBLE as error:
                if advice := unusable(error):
                    self._refuse(advice)
                    return
                lasted = self._clock.monotonic() - began_at >= _RECONNECT.most_s
                failures = 1 if lasted else failures + 1
                delay_s = _RECONNECT.delay_s(failures, chance=random.random())  # noqa: S311 - spreads load
                log.warning("leader_lock.disconnected", error=type(error).__name__, retry_in_s=round(delay_s, 2))
                await self._clock.sleep(delay_s)
            except Exception as error:
                self._refuse(error)
                raise

    def _refuse(self, error: Exception) -> None:
        for turn in self._seekers.values():
            if not turn.done():
                turn.set_exception(error)

    async def _keep_session(self) -> None:
        """Connect, take part, and look again and again. The session ends with whatever is raised."""
        connection = await open_session(self._dsn, self._timing, holder=self._holder)
        reason = "dropped"
        try:
            connection.add_termination_listener(self._on_termination)
            await connection.add_listener(CHANNEL, self._hear)
            if not self._is_leaving:
                await connection.execute(JOIN, timeout=self._timing.heartbeat_timeout_s)
            log.info("leader_lock.connected", holder=self._holder)
            await self._serve(connection, takes_part=not self._is_leaving)
        except (_Untrue, pg.ReadOnlySQLTransactionError) as error:
            reason = str(error) if isinstance(error, _Untrue) else "not_primary"
            raise
        except SESSION_TROUBLE as error:
            is_ended = connection.is_closed() or isinstance(error, asyncpg.InternalClientError)
            reason = "session_ended" if is_ended else "heartbeat_failed"
            log.warning("leader_lock.heartbeat_failed", error=type(error).__name__)
            raise
        finally:
            self._lose_all(reason)
            connection.terminate()

    async def _serve(self, connection: Connection, *, takes_part: bool) -> None:
        while self._bots:
            self._woken.clear()
            await self._let_go(connection)
            if takes_part and self._is_leaving:
                takes_part = False
                await connection.execute(LEAVE, timeout=self._timing.heartbeat_timeout_s)
            view = await self._look(connection)
            if wanted := self._choose(view):
                await self._take(connection, wanted)
            elif not self._is_leaving:
                await self._even_out(connection, view)
            next_at = self._proved_at + self._timing.heartbeat_s
            pause_s = next_at - self._clock.monotonic()
            if self._is_seeking():
                pause_s = min(pause_s, self._timing.ask_s)
            await self._clock.wait(self._woken, pause_s)

    def _is_seeking(self) -> bool:
        return not all(turn.done() for turn in self._seekers.values())

    async def _look(self, connection: Connection, *, must_prove: bool = False) -> _View:
        """See who leads what; where it is time, this is the heartbeat that proves every leadership."""
        sent_at = self._clock.monotonic()
        is_due = must_prove or sent_at - self._proved_at >= self._timing.heartbeat_s - self._timing.ask_s
        held = {bot: one for bot, one in self._held.items() if is_due and one.seconds_left() > 0}
        keys = {advisory_key(bot): bot for bot in self._bots | set(self._held)}
        row = await connection.fetchrow(
            LOOK,
            connection.get_server_pid(),
            list(keys),
            list(held),
            [one.epoch for one in held.values()],
            timeout=self._timing.heartbeat_timeout_s,
        )
        if row is None or not row["same_session"]:
            raise _Untrue("session_changed")
        if not row["primary_server"]:
            raise _Untrue("not_primary")
        if is_due:
            self._proved_at = sent_at
        pid = connection.get_server_pid()
        owners = {keys[key]: owner for key, owner in zip(row["keys"] or (), row["pids"] or (), strict=True)}
        for bot, leadership in held.items():
            if owners.get(bot) != pid:
                leadership.end("lock_gone")
            elif bot not in row["current"]:
                leadership.end("superseded")
            else:
                leadership.prove(sent_at)
        led = dict.fromkeys(row["members"], 0)
        for owner in owners.values():
            if owner in led:
                led[owner] += 1
        return _View(owners, Share(bots=len(self._bots), own=pid, led=led))

    def _choose(self, view: _View) -> Sequence[str]:
        """Which free bots to try now: as many as our share has room for, and what the others leave for too long."""
        now = self._clock.monotonic()
        free = [bot for bot in self._seekers if bot not in view.owners and bot not in self._held]
        self._free_since = {bot: self._free_since.get(bot, now) for bot in free}
        if self._is_leaving:
            return ()
        random.shuffle(free)
        left_over = [bot for bot in free if now - self._free_since[bot] >= SPARE_S]
        fresh = [bot for bot in free if bot not in left_over and now - self._given_at.get(bot, -SPARE_S) >= SPARE_S]
        return [*left_over, *fresh[: max(0, view.share.room - len(left_over))]]

    async def _take(self, connection: Connection, wanted: Collection[str]) -> None:
        """Lock what is still free, number the leaderships, and prove them by a heartbeat before anyone relies on them.

        A grant may have been long on its way, so the lease counts from a statement sent after it.
        """
        keys = {advisory_key(bot): bot for bot in wanted}
        patience_s = self._timing.heartbeat_timeout_s
        granted = [keys[row["key"]] for row in await connection.fetch(TRY, list(keys), timeout=patience_s)]
        if not granted:
            return
        seen = [self._terms.get(bot, OwnTerms()).epoch for bot in granted]
        rows = await connection.fetch(TAKE_EPOCHS, granted, seen, self._holder, timeout=patience_s)
        granted_at = self._clock.monotonic()
        for row in rows:
            term = self._begin_term(row)
            self._held[term.bot] = PostgresLeadership(
                term, granted_at=granted_at, timing=self._timing, clock=self._clock, hand_back=self._hand_back
            )
        await self._look(connection, must_prove=True)
        for bot in granted:
            turn = self._seekers.get(bot)
            if turn and not turn.done() and self._held[bot].seconds_left() > 0:
                turn.set_result(self._held[bot])
            else:
                self._drop(bot)
        self._asked_at = -_ASK_AGAIN_S
        if self._is_seeking():
            self._woken.set()

    def _begin_term(self, row: asyncpg.Record) -> Term:
        """Number a leadership, and see how the one before ended."""
        bot, epoch = row["bot"], row["epoch"]
        terms = self._terms.get(bot, OwnTerms())
        clean = terms.predecessor_stopped(epoch, released=row["released"])
        wait_s = 0.0 if clean else self._timing.left_after(row["silence_s"])
        self._terms[bot] = terms.began(epoch, settled=wait_s == 0)
        log.info("leader_lock.granted", bot=bot, epoch=epoch, predecessor_stopped=clean)
        return Term(bot=bot, key=advisory_key(bot), epoch=epoch, follows_clean_release=clean, wait_s=wait_s)

    async def _even_out(self, connection: Connection, view: _View) -> None:
        """Ask for a bot where another leads two more than we do, and let one go where we are that other."""
        self._handle_requests(view.share)
        now, donor = self._clock.monotonic(), view.share.donor()
        theirs = [bot for bot in self._seekers if donor is not None and view.owners.get(bot) == donor]
        if theirs and now - self._asked_at >= _ASK_AGAIN_S:
            self._asked_at = now
            bot = random.choice(theirs)  # noqa: S311 - spreads load, hides nothing
            await connection.execute(ASK, bot, timeout=self._timing.heartbeat_timeout_s)

    def _handle_requests(self, share: Share) -> None:
        """One at a time: each is judged by what is true once the one before is done."""
        while self._requests and not any(one.is_wanted for one in self._held.values()):
            member, bot = self._requests.popitem()
            leadership = self._held.get(bot)
            if leadership and leadership.settled and share.gives_to(member):
                log.info("leader_lock.wanted", bot=bot, epoch=leadership.epoch)
                leadership.want()

    async def _let_go(self, connection: Connection) -> None:
        """Mark what ended in order, then free it, and tell those who wait."""
        returning, patience_s = dict(self._returning), self._timing.heartbeat_timeout_s
        if not returning:
            return
        if clean := [one.leadership for one in returning.values() if one.is_clean]:
            bots, epochs = [one.term.bot for one in clean], [one.epoch for one in clean]
            await connection.execute(MARK_RELEASED, bots, epochs, timeout=patience_s)
        await connection.execute(UNLOCK, [one.leadership.term.key for one in returning.values()], timeout=patience_s)
        for bot, one in returning.items():
            del self._returning[bot]
            self._forget(one.leadership)
            if one.leadership.is_wanted:
                self._given_at[bot] = self._clock.monotonic()
            one.done.set()

    def _forget(self, leadership: PostgresLeadership) -> None:
        """The server has it no more, or will soon have ended the session that it was held on."""
        bot = leadership.term.bot
        self._held.pop(bot, None)
        if leadership.settled:
            self._terms[bot] = self._terms[bot].settled()

    def _lose_all(self, reason: str) -> None:
        for leadership in list(self._held.values()):
            leadership.end(reason)
            self._forget(leadership)
        for returning in self._returning.values():
            returning.done.set()
        self._returning.clear()

    def _on_termination(self, _connection: object) -> None:
        for leadership in self._held.values():
            leadership.end("session_ended")
        self._woken.set()

    def _hear(self, connection: AnyConnection, pid: int, _channel: str, payload: object) -> None:
        """Something was freed, or someone asks for a bot by name."""
        if pid == connection.get_server_pid():
            return
        if payload != FREE:
            self._requests[pid] = str(payload)
        self._woken.set()
