"""The loop that asks Telegram for updates while this instance leads."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import structlog
from aiogram import Bot
from aiogram.methods import TelegramMethod

from adapters.telegram.api.errors import TELEGRAM_FAULTS, TelegramTrouble, trouble_of
from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.updates.polling_recovery import PollingRecovery
from adapters.telegram.bot.updates.raw_update import id_of, written
from adapters.telegram.bot.updates.update_handler import ALLOWED_UPDATES
from adapters.telegram.bot.updates.update_worker import STORE_PAUSE_S, UpdateWorker
from application.errors import StoreUnavailable
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership
from application.ports.update_inbox import ReceivedUpdate

LONG_POLL_S: Final = 25
ANSWER_MARGIN_S: Final = 10
BATCH: Final = 100
UNUSABLE_PAUSE_S: Final = 1.0
"""Where an answer holds nothing that could be confirmed: the same would come at once again."""
CONFIRM_S: Final = 2

log = structlog.get_logger()


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
