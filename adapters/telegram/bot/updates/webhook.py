"""Updates that Telegram brings: an HTTP handler on every instance, and the leader's duty to say where it is."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiohttp import web

from adapters.telegram.api.errors import TELEGRAM_FAULTS, TelegramTrouble, trouble_of
from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.updates.update_handler import ALLOWED_UPDATES, id_of, written
from adapters.telegram.bot.updates.update_worker import STORE_PAUSE_S, UpdateWorker
from application.errors import StoreUnavailable
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership
from application.ports.update_inbox import ReceivedUpdate, UpdateInbox

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name
STORE_LIMIT_S: Final = 20.0
"""For storing an update; Telegram gives a webhook up after 60 s."""
MAX_CONNECTIONS: Final = 40
"""How many updates Telegram brings at the same time: what bounds the memory they take."""
RETRY_PAUSE_S: Final = 10.0
CHECK_PAUSE_S: Final = 60.0
REQUEST_S: Final = 10

log = structlog.get_logger()


def secret_of(token: str) -> str:
    """What Telegram shows us with each update. Made from the token, so that every instance knows the same one."""
    return hmac.new(token.encode(), b"mediabot webhook", hashlib.sha256).hexdigest()


class WebhookDoor:
    """The path to which Telegram brings the updates of all bots here; the secret says whose an update is.

    ``hooks`` are those bots; ``is_complete``: none is still being put together.
    """

    def __init__(self, hooks: Callable[[], Iterable["WebhookUpdates"]], is_complete: Callable[[], bool]) -> None:
        self._hooks = hooks
        self._is_complete = is_complete

    async def handle(self, request: web.Request) -> web.Response:
        """For a POST route. 401 not from Telegram, 503 bring it again: its bot may still come; else as the bot's hook says."""
        secret = request.headers.get(SECRET_HEADER, "").encode(errors="replace")
        hook = next((one for one in self._hooks() if one.knows(secret)), None)
        if hook is None:
            return web.Response(status=401 if self._is_complete() else 503)
        return await hook.receive(request)


class WebhookUpdates:
    """Any instance stores an update before it answers; the leader handles what is stored, in order per chat."""

    def __init__(
        self, bot: Bot, worker: UpdateWorker, inbox: UpdateInbox, menu: Menu, clock: Clock, *, url: str
    ) -> None:
        self._bot = bot
        self._worker = worker
        self._inbox = inbox
        self._menu = menu
        self._clock = clock
        self._url = url
        self._secret = secret_of(bot.token)
        self._trouble: TelegramTrouble | None = None

    @property
    def trouble(self) -> TelegramTrouble | None:
        """Why the webhook could not be set or did not stay, for the status page; None when it is there."""
        return self._trouble

    def knows(self, secret: bytes) -> bool:
        """Whether Telegram brings this bot's updates with that secret."""
        return hmac.compare_digest(secret, self._secret.encode())

    async def receive(self, request: web.Request) -> web.Response:
        """Store an update that came with our secret. 200 stored, 400 not an update, 503 bring it again."""
        try:
            raw = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if (update_id := id_of(raw)) is None:
            return web.Response(status=400)
        try:
            async with asyncio.timeout(STORE_LIMIT_S):
                await self._inbox.receive(str(self._bot.id), [ReceivedUpdate(update_id=update_id, body=written(raw))])
        except (StoreUnavailable, TimeoutError):
            return web.Response(status=503)
        return web.Response()

    async def run(self, leadership: Leadership) -> None:
        """Set the webhook, look after it and handle what is stored, until cancelled."""
        log.info("webhook.started", epoch=leadership.epoch)
        self._worker.begin(leadership)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._work(), name="telegram-inbox")
                tasks.create_task(self._look_after(), name="telegram-webhook")
        finally:
            await self._worker.cancel()

    async def drain(self) -> None:
        """Let running handlers end, a few seconds at most. The webhook stays: the other instances go on storing."""
        await self._worker.drain()

    async def _work(self) -> None:
        while True:
            try:
                async with self._inbox.arrivals(str(self._bot.id)) as arrivals:
                    await self._worker.load()
                    async for _ in arrivals:
                        await self._worker.load()
            except StoreUnavailable as error:
                log.warning("inbox.unavailable", error=str(error))
                await self._clock.sleep(STORE_PAUSE_S)

    async def _look_after(self) -> None:
        """Another program with this token may take the webhook away."""
        is_set = await self._set()
        await self._menu.publish()
        while True:
            await self._clock.sleep(CHECK_PAUSE_S if is_set else RETRY_PAUSE_S)
            is_set = await self._keep() if is_set else await self._set()

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
        """Set it again where someone changed it, and say who it was as far as that shows."""
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
            self._trouble = TelegramTrouble.OTHER_POLLER  # until it stays
        return True


_ADVICE: Final = (
    "another program uses this token: one that polls (no host), or one with a webhook at that host. The hook is set again; stop"
    " the other, or give it a bot of its own (@BotFather, /newbot)"
)
