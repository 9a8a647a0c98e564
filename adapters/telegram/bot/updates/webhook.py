"""Updates that Telegram brings: an HTTP handler on every instance, and the leader's duty to say where it is."""

import asyncio
import hashlib
import hmac
import json
from typing import Final
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.types import Update
from aiohttp import web

from adapters.telegram.api.errors import TELEGRAM_FAULTS, Trouble, trouble_of
from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.updates.intake import HANDLING_LIMIT_S, Intake
from adapters.telegram.bot.updates.lanes import ChatLanes, lane_of
from adapters.telegram.bot.updates.polling import ALLOWED_UPDATES, HANDLERS_DRAIN_S
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name
ANSWER_LIMIT_S: Final = HANDLING_LIMIT_S + 5
MAX_CONNECTIONS: Final = 40
"""How many updates Telegram brings at the same time: what bounds the memory they take."""
RETRY_PAUSE_S: Final = 10.0
CHECK_PAUSE_S: Final = 60.0
REQUEST_S: Final = 10

log = structlog.get_logger()


def secret_of(token: str) -> str:
    """What Telegram shows us with each update. Made from the token, so that every instance knows the same one."""
    return hmac.new(token.encode(), b"mediabot webhook", hashlib.sha256).hexdigest()


class Webhook:
    """Handles an update before it answers, so that Telegram repeats what a crash left undone.

    In order per chat on this instance. An update that comes again while it is handled waits for the first.
    """

    def __init__(self, bot: Bot, intake: Intake, menu: Menu, clock: Clock, *, url: str) -> None:
        self._bot = bot
        self._intake = intake
        self._menu = menu
        self._clock = clock
        self._url = url
        self._secret = secret_of(bot.token)
        self._lanes = ChatLanes()
        self._on_hand: dict[int, asyncio.Future[None]] = {}
        self._trouble: Trouble | None = None

    @property
    def trouble(self) -> Trouble | None:
        """Why the hook could not be set or did not stay, for the status page; None when it is there."""
        return self._trouble

    async def handle(self, request: web.Request) -> web.Response:
        """For a POST route. 200 handled, 400 not an update, 401 not from Telegram, 503 bring it again."""
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret.encode()):
            return web.Response(status=401)
        try:
            raw = json.loads(await request.read())
            update = self._intake.read(raw)
        except (ValueError, AttributeError):
            return web.Response(status=400)
        if update is None:
            return web.Response()  # logged; to have it brought again would help nobody
        done, _ = await asyncio.wait({self._taken(update)}, timeout=ANSWER_LIMIT_S)
        finished = bool(done) and not done.pop().cancelled()
        return web.Response(status=200 if finished else 503)

    async def run(self, leadership: Leadership) -> None:
        """Set the hook and look after it until cancelled: another program with this token may take it away."""
        log.info("webhook.started", epoch=leadership.epoch)
        is_set = await self._set()
        await self._menu.publish()
        while True:
            await self._clock.sleep(CHECK_PAUSE_S if is_set else RETRY_PAUSE_S)
            is_set = await self._keep() if is_set else await self._set()

    async def drain(self) -> None:
        """Let running handlers end, a few seconds at most. The hook stays: the other instances answer."""
        await self._lanes.idle(timeout_s=HANDLERS_DRAIN_S)

    def _taken(self, update: Update) -> "asyncio.Future[None]":
        if (running := self._on_hand.get(update.update_id)) is not None:
            return running
        done = self._lanes.put(lane_of(update), lambda: self._intake.take(update))
        self._on_hand[update.update_id] = done
        done.add_done_callback(lambda _: self._on_hand.pop(update.update_id))
        return done

    async def _set(self) -> bool:
        try:
            await self._bot.set_webhook(
                self._url,
                secret_token=self._secret,
                max_connections=MAX_CONNECTIONS,
                allowed_updates=list(ALLOWED_UPDATES),
                drop_pending_updates=False,
                request_timeout=REQUEST_S,
            )
        except TELEGRAM_FAULTS as error:
            self._trouble = trouble_of(error)
            log.warning("webhook.not_set", trouble=self._trouble)
        else:
            self._trouble = None
        return self._trouble is None

    async def _keep(self) -> bool:
        """Set it again where somebody changed it, and say who it was as far as that shows."""
        try:
            found = (await self._bot.get_webhook_info(request_timeout=REQUEST_S)).url
        except TELEGRAM_FAULTS as error:
            log.info("webhook.not_checked", trouble=trouble_of(error))
            return True
        if found == self._url:
            self._trouble = None
            return True
        log.error("webhook.taken_away", host=urlsplit(found).hostname, advice=_ADVICE)
        if await self._set():
            self._trouble = Trouble.OTHER_POLLER  # until it stays
        return True


_ADVICE: Final = (
    "another program uses this token: one that polls (no host), or one with a webhook at that host. The hook is set again; stop"
    " the other, or give it a bot of its own (@BotFather, /newbot)"
)
