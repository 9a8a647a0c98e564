"""The leader's duty: forget what no one can need any more."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import structlog
from attrs import frozen

from application.leading.leadership_guard import LeadershipGuard
from application.leading.repeat import repeat
from application.ports.audit_log import AuditLog
from application.ports.chat_session_store import ChatSessionStore
from application.ports.clock import Clock
from application.ports.draft_store import DraftStore
from application.ports.generation_store import GenerationStore
from application.ports.leader_lock import Leadership
from application.ports.update_inbox import UpdateInbox
from application.results.tidy_media import TidyMedia

DRAFTS_KEPT: Final = timedelta(days=30)
"""Since the card was last touched."""
UPDATES_KEPT: Final = timedelta(days=2)
"""Telegram keeps an unconfirmed update for a day (Bot API, getUpdates)."""
SECRETS_KEPT: Final = timedelta(days=1)
"""Since the generation was closed. KIE repeats a callback three times within minutes (kie/API.md §4)."""

EVERY_S: Final = 3600.0
AT_ONCE: Final = 1000
"""In one statement: it takes milliseconds, also where much has piled up."""

log = structlog.get_logger()


@frozen(kw_only=True)
class ForgetOldRecords:
    """Cards that no one touched for long, updates that can't come again, the secrets of callbacks that have had their time,
    what admins did long ago, kept files, and where ``history_kept_for`` says so what people asked for long ago."""

    _drafts: DraftStore
    _sessions: ChatSessionStore
    _updates: UpdateInbox
    _generations: GenerationStore
    _tidy_media: TidyMedia
    _audit_log: AuditLog
    _audit_kept_for: timedelta | None
    _history_kept_for: timedelta | None
    _clock: Clock

    async def run(self, leadership: Leadership) -> None:
        """Once at the start and then every hour, until cancelled, or ``NotLeader``."""
        guard = LeadershipGuard(leadership)
        await repeat(lambda: self._forget(guard), duty="forgetting", clock=self._clock, every_s=EVERY_S)

    async def drain(self) -> None:
        """Nothing: what is left is forgotten by the next leader."""

    async def _forget(self, guard: LeadershipGuard) -> None:
        now = self._clock.now()
        drafts = await _all(lambda: self._drafts.forget_untouched(now - DRAFTS_KEPT, limit=AT_ONCE), guard)
        sessions = await _all(lambda: self._sessions.forget_untouched(now - DRAFTS_KEPT, limit=AT_ONCE), guard)
        updates = await _all(lambda: self._updates.forget_handled(now - UPDATES_KEPT, limit=AT_ONCE), guard)
        secrets = await _all(lambda: self._generations.forget_secrets(now - SECRETS_KEPT, limit=AT_ONCE), guard)
        audit = history = 0
        if self._audit_kept_for:
            oldest = now - self._audit_kept_for
            audit = await _all(lambda: self._audit_log.forget_before(oldest, limit=AT_ONCE), guard)
        if self._history_kept_for:
            closed = now - self._history_kept_for
            history = await _all(lambda: self._generations.erase_closed(closed, limit=AT_ONCE), guard)
        forgotten = {
            "drafts": drafts, "sessions": sessions, "updates": updates, "secrets": secrets, "audit": audit, "history": history
        }  # fmt: skip
        if any(forgotten.values()):
            log.info("records.forgotten", **forgotten)
        await self._tidy_media(guard)


async def _all(forget_some: Callable[[], Awaitable[int]], guard: LeadershipGuard) -> int:
    total, some = 0, AT_ONCE
    while some == AT_ONCE:
        guard.check()
        some = await forget_some()
        total += some
    return total
