"""The loop that asks Telegram for updates while this instance leads."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

import structlog
from aiogram import Bot
from aiogram.methods import TelegramMethod

from adapters.telegram.api.errors import TELEGRAM_FAULTS, Trouble, trouble_of
from adapters.telegram.api.request_fence import while_leading
from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.updates.intake import Intake
from adapters.telegram.bot.updates.lanes import ChatLanes, lane_of
from adapters.telegram.bot.updates.ledger import OffsetLedger
from adapters.telegram.bot.updates.recovery import Recovery
from adapters.telegram.bot.updates.rivals import Rivals
from adapters.telegram.bot.updates.standing_hook import StandingHook
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "inline_query")
LONG_POLL_S: Final = 25
ANSWER_MARGIN_S: Final = 10
BATCH: Final = 100
SAME_OFFSET_PAUSE_S: Final = 0.6
"""The server gives only one update when the same offset is asked for again within 0.5 s."""
NEXT_OFFSET_PAUSE_S: Final = 0.05
HANDLERS_DRAIN_S: Final = 7.0
CONFIRM_S: Final = 2

log = structlog.get_logger()


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """``getUpdates`` without reading the updates, so that one the client can't read does not hide the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = BATCH
    timeout: int = 0
    allowed_updates: tuple[str, ...] = ALLOWED_UPDATES


class Polling:
    """A duty of the leader. Updates of one chat run in order, chats side by side, at most ``BATCH`` on hand.

    The lease is looked at before every update, and by ``Fence`` before every request: a deposed leader, or one that
    slept, acts no more.
    An update is confirmed only when it and all before it are handled; what a crash leaves comes to the next leader.
    """

    def __init__(
        self, bot: Bot, intake: Intake, menu: Menu, clock: Clock, *, hook: StandingHook, rivals: Rivals
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._menu = menu
        self._clock = clock
        self._rivals = rivals
        self._recovery = Recovery(clock, hook, rivals)
        self._lanes = ChatLanes()
        self._ledger = OffsetLedger()
        self._asked: int | None = None
        self._moved = asyncio.Event()
        self._stop = asyncio.Event()
        self._stopped = asyncio.Event()
        self._stopped.set()

    @property
    def trouble(self) -> Trouble | None:
        """Why Telegram does not answer as it should, for the status page; None while it does."""
        return self._recovery.trouble

    @property
    def conflicts(self) -> int:
        """How often Telegram gave our request up for another program's, since the start."""
        return self._rivals.conflicts

    async def run(self, leadership: Leadership) -> None:
        """Poll until drained or cancelled. When cancelled, running handlers are cancelled and waited for."""
        self._lanes, self._ledger, self._asked = ChatLanes(), OffsetLedger(), None
        self._stop.clear()
        self._stopped.clear()
        poller = asyncio.create_task(self._poll(leadership), name="telegram-polling")
        stop = asyncio.create_task(self._stop.wait(), name="telegram-polling-stop")
        menu = asyncio.create_task(self._menu.publish(), name="telegram-menu")
        try:
            await asyncio.wait({poller, stop}, return_when=asyncio.FIRST_COMPLETED)
            if poller.done():
                poller.result()
            await _cancel(poller, menu)
            await self._finish(leadership)
        finally:
            await _cancel(poller, stop, menu)
            await self._lanes.cancel()
            self._stopped.set()

    async def drain(self) -> None:
        """Ask no more, let running handlers end (a few seconds), and tell Telegram how far they came. ``run`` returns."""
        self._stop.set()
        await self._stopped.wait()

    async def _poll(self, leadership: Leadership) -> None:
        log.info("polling.started", epoch=leadership.epoch)
        while (
            True
        ):  # a webhook that is set costs the first request; to ask for it each time would delay every hand-over
            asked = self._asked = self._ledger.offset
            try:
                updates = await self._get_updates(asked)
            except TELEGRAM_FAULTS as error:
                await self._recovery.recover(error)
                continue
            self._recovery.over()
            for update in updates:
                self._dispatch(update, leadership)
            await self._settle(asked)

    async def _get_updates(self, offset: int | None) -> list[dict[str, Any]]:
        # With updates on hand the server answers at once anyway: they are unconfirmed.
        wait_s = 0 if self._ledger.unfinished else LONG_POLL_S
        return await self._bot(GetRawUpdates(offset=offset, timeout=wait_s), request_timeout=wait_s + ANSWER_MARGIN_S)

    def _dispatch(self, raw: Mapping[str, Any], leadership: Leadership) -> None:
        update_id = int(raw["update_id"])
        if not self._ledger.accept(update_id):
            return
        update = self._intake.read(raw)
        if update is None:
            self._ledger.finish(update_id)
            return

        async def handle() -> None:
            await while_leading(leadership, self._clock)
            await self._intake.take(update)
            self._ledger.finish(update_id)
            self._moved.set()

        self._lanes.put(lane_of(update), handle)

    async def _settle(self, asked: int | None) -> None:
        """Wait until everything on hand is finished, or until asking again can bring something new.

        A slow handler must not keep the others waiting, and what is unfinished comes again with every request: so not
        before the offset moved, or the server would answer the same offset in full again.
        """
        if await self._moves(lambda: not self._ledger.unfinished, within_s=NEXT_OFFSET_PAUSE_S):
            return
        await self._moves(lambda: self._ledger.offset != asked, within_s=SAME_OFFSET_PAUSE_S)

    async def _moves(self, reached: Callable[[], bool], *, within_s: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                while not reached():
                    self._moved.clear()
                    await self._moved.wait()
        return reached()

    async def _finish(self, leadership: Leadership) -> None:
        if not await self._lanes.idle(timeout_s=HANDLERS_DRAIN_S):
            log.warning("polling.drained_unfinished", unfinished=self._ledger.unfinished)
        offset = self._ledger.offset
        if offset == self._asked or leadership.seconds_left() <= 0:
            return  # the request that was under way confirmed as much; the server would keep the same one waiting
        try:
            await self._bot(GetRawUpdates(offset=offset, limit=1), request_timeout=CONFIRM_S)
        except TELEGRAM_FAULTS as error:  # unconfirmed updates come again, and are known
            log.warning("polling.unconfirmed", trouble=trouble_of(error))


async def _cancel(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
