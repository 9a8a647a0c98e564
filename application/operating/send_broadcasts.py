"""The leader's duty: what the operator let go reaches everybody, once."""

from typing import Final

import structlog
from attrs import field, frozen

from application.errors import (
    DeliveryOutcomeUnknown,
    DestinationGone,
    MessageRefused,
    MessengerUnavailable,
    NotLeader,
)
from application.generating.in_flight import DrainGate
from application.leading.leadership_guard import LeadershipGuard
from application.leading.repeat import repeat
from application.ports.announcer import Announcer
from application.ports.broadcast_store import BroadcastStore
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership
from application.ports.metrics import Metrics
from domain.broadcast import Broadcast, Recipient, RecipientState

LOOK_EVERY_S: Final = 2.0
PACE_S: Final = 0.05
"""From one message to the next, so twenty a second at most: Telegram takes about thirty of a bot
(core.telegram.org/bots/faq, read 2026-10), and people who use the bot meanwhile are answered within the same limit."""
PATIENCE_S: Final = 5.0
"""After a message that was certainly not sent, where no one says how long to wait."""

log = structlog.get_logger()


@frozen(kw_only=True)
class SendBroadcasts:
    """One after another, each person claimed in the store before the message leaves.

    So a person gets it at most once. Where a process dies between the two, its one message on the way counts as
    ``unknown``; the next leader goes on with those who wait.
    """

    _store: BroadcastStore
    _announcer: Announcer
    _clock: Clock
    _metrics: Metrics
    _gate: DrainGate = field(factory=DrainGate, init=False)

    async def run(self, leadership: Leadership) -> None:
        """Until cancelled, or ``NotLeader``."""
        self._gate.open()
        guard, is_tidy = LeadershipGuard(leadership), False

        async def turn() -> None:
            nonlocal is_tidy
            if not is_tidy:
                await self._tidy()
            is_tidy = False  # unless this turn ends well
            if broadcast := await self._store.under_way():
                await self._send(broadcast, guard)
            is_tidy = True

        await repeat(turn, duty="broadcasts", clock=self._clock, every_s=LOOK_EVERY_S)

    async def drain(self) -> None:
        """Begin no message; the one on its way is sent and noted."""
        await self._gate.close()

    async def _tidy(self) -> None:
        """No one but this leader sends: who is found being sent to was left by another, or by a store that broke off."""
        if orphans := await self._store.mark_unknown():
            log.warning("broadcast.outcome_unknown", people=orphans)

    async def _send(self, broadcast: Broadcast, guard: LeadershipGuard) -> None:
        wait_s: float | None = 0.0
        while wait_s is not None:
            await self._clock.sleep(wait_s)
            async with self._gate.enter():
                wait_s = await self._send_next(broadcast, guard)
        if await self._store.finish(broadcast.id):
            log.info("broadcast.done", broadcast_id=broadcast.id)

    async def _send_next(self, broadcast: Broadcast, guard: LeadershipGuard) -> float | None:
        """How long to wait before the next; None: no one is left."""
        guard.check()
        began_at = self._clock.monotonic()
        recipient = await self._store.claim(broadcast.id)
        if recipient is None:
            return None
        try:
            reached = await self._deliver(broadcast, recipient, guard)
        except (MessengerUnavailable, NotLeader) as error:
            await self._store.release(broadcast.id, recipient.user)
            if isinstance(error, NotLeader):
                raise
            log.info("broadcast.delayed", error=str(error), retry_after_s=error.retry_after_s)
            return error.retry_after_s or PATIENCE_S
        await self._store.record(broadcast.id, recipient.user, reached)
        self._metrics.count("broadcast_message", reached=reached)
        return PACE_S - (self._clock.monotonic() - began_at)

    async def _deliver(self, broadcast: Broadcast, recipient: Recipient, guard: LeadershipGuard) -> RecipientState:
        guard.check()
        try:
            await self._announcer.announce(recipient.chat, broadcast.announcement)
        except DestinationGone:
            return RecipientState.GONE
        except MessageRefused:
            return RecipientState.REFUSED
        except DeliveryOutcomeUnknown:
            return RecipientState.UNKNOWN
        return RecipientState.SENT
