"""What the polling loop does when Telegram does not answer as it should."""

import random
from typing import Final

import structlog
from aiogram.exceptions import TelegramRetryAfter

from adapters.telegram.api.errors import TelegramTrouble, trouble_of, wait_asked_s
from adapters.telegram.bot.updates.existing_webhook import ExistingWebhook
from adapters.telegram.bot.updates.polling_conflicts import PollingConflicts
from application.ports.clock import Clock
from domain.backoff import Backoff

FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 15.0
LONGEST_ASKED_PAUSE_S: Final = 60.0
CONFLICT_PAUSE_S: Final = 1.0
"""A predecessor's hanging request may still conflict for some seconds; the server spaces repeated 409s itself."""
MISCONFIGURED_PAUSE_S: Final = 30.0

log = structlog.get_logger()


class PollingRecovery:
    """Tells the troubles of polling apart, logs each once a streak, and waits as each needs. It never gives up."""

    def __init__(self, clock: Clock, webhook: ExistingWebhook, conflicts: PollingConflicts) -> None:
        self._clock = clock
        self._webhook = webhook
        self._conflicts = conflicts
        self._failures = 0
        self._trouble: TelegramTrouble | None = None

    @property
    def trouble(self) -> TelegramTrouble | None:
        """What is wrong now. Another poller counts as there for a while after the last conflict."""
        return self._trouble or (TelegramTrouble.OTHER_POLLER if self._conflicts.last else None)

    @property
    def conflicts(self) -> int:
        """How often Telegram gave our request up for another program's, since the start."""
        return self._conflicts.count

    def over(self) -> None:
        """Telegram answered."""
        if self._trouble:
            log.info("polling.recovered", after=self._trouble, failures=self._failures)
        self._trouble, self._failures = None, 0

    async def recover(self, error: Exception) -> None:
        """Return when it is time to ask again."""
        trouble = trouble_of(error)
        if trouble is TelegramTrouble.WEBHOOK_ACTIVE:
            trouble = await self._webhook.clear() or trouble
        if trouble is not self._trouble:
            log.warning("polling.interrupted", trouble=trouble, advice=_ADVICE.get(trouble))
        if trouble is TelegramTrouble.OTHER_POLLER:
            self._conflicts.met()
        self._trouble = trouble
        self._failures += 1
        await self._clock.sleep(self._pause_s(error, trouble))

    def _pause_s(self, error: Exception, trouble: TelegramTrouble) -> float:
        if isinstance(error, TelegramRetryAfter):
            return min(wait_asked_s(error) or FIRST_PAUSE_S, LONGEST_ASKED_PAUSE_S)
        match trouble:
            case TelegramTrouble.MISCONFIGURED | TelegramTrouble.HOOKED_ELSEWHERE:
                return MISCONFIGURED_PAUSE_S
            case TelegramTrouble.WEBHOOK_ACTIVE if self._failures == 1:
                return 0.0  # it is gone now
            case TelegramTrouble.OTHER_POLLER if (pause_s := self._conflicts.pause_s) is not None:
                return pause_s
            case TelegramTrouble.OTHER_POLLER | TelegramTrouble.WEBHOOK_ACTIVE:
                first_s = CONFLICT_PAUSE_S
            case _:
                first_s = FIRST_PAUSE_S
        pauses = Backoff(first_s=first_s, most_s=LONGEST_PAUSE_S)
        return pauses.delay_s(self._failures, chance=random.random())  # noqa: S311  # jitter, no secret


_ADVICE: Final = {
    TelegramTrouble.MISCONFIGURED: "Telegram does not know the token: set TELEGRAM_BOT_TOKEN to the one from @BotFather",
    TelegramTrouble.OTHER_POLLER: "passing after a hand-over; if it lasts, another program polls with this token",
    TelegramTrouble.WEBHOOK_ACTIVE: "something set a webhook for this bot; it is deleted, no update is dropped",
}
