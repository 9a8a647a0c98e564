"""The loop that asks Telegram for updates while this instance leads, and what it does when Telegram does not answer as it should."""

import asyncio
import random
from collections.abc import Sequence
from typing import Any, Final

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import TelegramMethod

from adapters.telegram.api.errors import TELEGRAM_FAULTS, TelegramTrouble, trouble_of, wait_asked_s
from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.updates.existing_webhook import ExistingWebhook
from adapters.telegram.bot.updates.polling_conflicts import PollingConflicts
from adapters.telegram.bot.updates.update_handler import ALLOWED_UPDATES, id_of, written
from adapters.telegram.bot.updates.update_worker import STORE_PAUSE_S, UpdateWorker
from application.errors import StoreUnavailable
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership
from application.ports.update_inbox import ReceivedUpdate
from domain.backoff import Backoff

FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 15.0
LONGEST_ASKED_PAUSE_S: Final = 60.0
CONFLICT_PAUSE_S: Final = 1.0
"""A predecessor's hanging request may still conflict for some seconds; the server spaces repeated 409s itself."""
MISCONFIGURED_PAUSE_S: Final = 30.0
_ADVICE: Final = {
    TelegramTrouble.MISCONFIGURED: "Telegram does not know the token: set TELEGRAM_BOT_TOKEN to the one from @BotFather",
    TelegramTrouble.OTHER_POLLER: "passing after a hand-over; if it lasts, another program polls with this token",
    TelegramTrouble.WEBHOOK_ACTIVE: "something set a webhook for this bot; it is deleted, no update is dropped",
}
LONG_POLL_S: Final = 25
ANSWER_MARGIN_S: Final = 10
BATCH: Final = 100
UNUSABLE_PAUSE_S: Final = 1.0
"""Where an answer holds nothing that could be confirmed: the same would come at once again."""
CONFIRM_S: Final = 2

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


class GetRawUpdates(TelegramMethod[list[Any]]):
    """``getUpdates`` without reading the updates, so that one the client can't read does not hide the others."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = BATCH
    timeout: int = 0
    allowed_updates: tuple[str, ...] = ALLOWED_UPDATES


class Polling:
    """A duty of the leader. An update is stored, confirmed to Telegram with the next request, and handled from the store.

    So one chat that has to wait keeps no other waiting, and what a crash leaves is in the inbox for the next leader.
    """

    def __init__(self, bot: Bot, worker: UpdateWorker, menu: Menu, clock: Clock, *, recovery: PollingRecovery) -> None:
        self._bot = bot
        self._worker = worker
        self._menu = menu
        self._clock = clock
        self._recovery = recovery
        self._offset: int | None = None
        self._asked: int | None = None
        self._stop = asyncio.Event()
        self._stopped = asyncio.Event()
        self._stopped.set()

    @property
    def trouble(self) -> TelegramTrouble | None:
        """Why Telegram does not answer as it should, for the status page; None while it does."""
        return self._recovery.trouble

    @property
    def conflicts(self) -> int:
        """How often Telegram gave our request up for another program's, since the start."""
        return self._recovery.conflicts

    async def run(self, leadership: Leadership) -> None:
        """Poll until drained or cancelled. When cancelled, running handlers are cancelled and waited for."""
        self._offset = self._asked = None
        self._stop.clear()
        self._stopped.clear()
        self._worker.begin(leadership)
        poller = asyncio.create_task(self._poll(leadership), name="telegram-polling")
        stop = asyncio.create_task(self._stop.wait(), name="telegram-polling-stop")
        menu = asyncio.create_task(self._menu.publish(), name="telegram-menu")
        try:
            await asyncio.wait({poller, stop}, return_when=asyncio.FIRST_COMPLETED)
            if poller.done():
                poller.result()
            await _cancel(poller, menu)
            await self._worker.drain()
            await self._confirm(leadership)
        finally:
            await _cancel(poller, stop, menu)
            await self._worker.cancel()
            self._stopped.set()

    async def drain(self) -> None:
        """Ask no more, let running handlers end (a few seconds), and confirm what is stored. ``run`` returns."""
        self._stop.set()
        await self._stopped.wait()

    async def _poll(self, leadership: Leadership) -> None:
        log.info("polling.started", epoch=leadership.epoch)
        await self._load()
        # A webhook that is set costs the first request; to ask for it each time would delay every hand-over.
        while True:
            await self._worker.room()
            self._asked = self._offset
            try:
                answer = await self._get_updates()
            except TELEGRAM_FAULTS as error:
                await self._recovery.recover(error)
                continue
            self._recovery.over()
            await self._receive(answer)

    async def _load(self) -> None:
        while True:
            try:
                return await self._worker.load()
            except StoreUnavailable as error:
                log.warning("inbox.unavailable", error=str(error))
                await self._clock.sleep(STORE_PAUSE_S)

    async def _get_updates(self) -> list[Any]:
        method = GetRawUpdates(offset=self._offset, timeout=LONG_POLL_S)
        return await self._bot(method, request_timeout=LONG_POLL_S + ANSWER_MARGIN_S)

    async def _receive(self, answer: Sequence[Any]) -> None:
        """Store everything that has a number; it is confirmed with the next request."""
        updates = [
            ReceivedUpdate(update_id=update_id, body=written(raw))
            for raw in answer
            if (update_id := id_of(raw)) is not None
        ]
        if len(updates) < len(answer):
            log.warning("updates.without_number", count=len(answer) - len(updates))
        if updates:
            await self._worker.receive(updates)
            self._offset = updates[-1].update_id + 1
        elif answer:
            await self._clock.sleep(UNUSABLE_PAUSE_S)

    async def _confirm(self, leadership: Leadership) -> None:
        if self._offset == self._asked or leadership.seconds_left() <= 0:
            return  # the request that was under way confirmed as much; the server would keep the same one waiting
        try:
            await self._bot(GetRawUpdates(offset=self._offset, limit=1), request_timeout=CONFIRM_S)
        except TELEGRAM_FAULTS as error:  # unconfirmed updates come again, and are known
            log.warning("polling.unconfirmed", trouble=trouble_of(error))


async def _cancel(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
