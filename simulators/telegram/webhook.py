"""Updates pushed to a bot's webhook: in order per conversation, repeated until taken.

Rules: core.telegram.org/bots/api#setwebhook and tdlib/telegram-bot-api ``WebhookActor.cpp`` 10.0: the delay doubles
up to a minute, Retry-After is honoured up to an hour, any 2xx takes the update.
"""

import asyncio
import re
from urllib.parse import urlsplit

import aiohttp

from simulators.telegram.errors import bad_request
from simulators.telegram.polling import PendingUpdate
from simulators.telegram.state import SetWebhook, SimulatedBot

_PORTS = {443, 80, 88, 8443}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_FIRST_DELAY_S = 1.0
_MAX_DELAY_S = 60.0
_MAX_RETRY_AFTER_S = 3600.0
_TIMEOUT = aiohttp.ClientTimeout(total=60)
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


def check_url(url: str) -> None:
    """Refuse what Telegram would not push to. Loopback addresses may be plain HTTP on any port, for tests."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.hostname in _LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def check_secret(secret_token: str) -> None:
    """Refuse a secret that would not fit into a header."""
    if len(secret_token) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret_token):
        raise bad_request("secret token contains unallowed characters")


class WebhookPusher:
    """Pushes the updates of one bot until cancelled."""

    def __init__(self, bot: SimulatedBot, webhook: SetWebhook, session: aiohttp.ClientSession) -> None:
        self._bot = bot
        self._webhook = webhook
        self._session = session
        self._busy: set[int] = set()

    async def run(self) -> None:
        """Push what waits, then what comes; one at a time per conversation, ``max_connections`` at once."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._bot.updates.arrived.clear()
                self._bot.updates.expire()
                for update in self._bot.updates:
                    if len(self._busy) < self._webhook.max_connections and update.conversation not in self._busy:
                        self._busy.add(update.conversation)
                        group.create_task(self._push(update), name=f"webhook-{update.id}")
                await self._bot.updates.arrived.wait()

    async def _push(self, update: PendingUpdate) -> None:
        delay_s = _FIRST_DELAY_S
        try:
            while (retry_after_s := await self._attempt(update)) is not None:
                await asyncio.sleep(min(retry_after_s or delay_s, _MAX_RETRY_AFTER_S))
                delay_s = min(delay_s * 2, _MAX_DELAY_S)
        finally:
            self._busy.discard(update.conversation)
            self._bot.updates.arrived.set()

    async def _attempt(self, update: PendingUpdate) -> float | None:
        """Post once: None when taken, else the seconds asked for (0: not said)."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._webhook.secret_token} if self._webhook.secret_token else {}
        self._bot.updates.delivered(update.id)
        try:
            async with self._session.post(
                self._webhook.url, json=update.body, headers=headers, timeout=_TIMEOUT
            ) as response:
                if response.status // 100 == 2:
                    self._bot.updates.confirm(update.id)
                    return None
                self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                retry_after = response.headers.get("Retry-After", "")
                return float(retry_after) if retry_after.isdigit() else 0.0
        except (TimeoutError, aiohttp.ClientError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
            return 0.0

    def _failed(self, message: str) -> None:
        self._webhook.last_error_message = message
        self._webhook.last_error_date = self._bot.updates.now()
