"""A webhook that keeps us from polling: whose it is decides whether it is deleted."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import structlog
from aiogram import Bot

from adapters.telegram.api.errors import TELEGRAM_FAULTS, TelegramTrouble, trouble_of

WEBHOOK_PATH: Final = "/telegram/webhook"
"""Where every mediabot in webhook mode takes its updates, and hence what its hook is known by."""

_REQUEST_S: Final = 10

log = structlog.get_logger()


class ExistingWebhook:
    """Deletes a webhook that an earlier program left, and leaves alone one by which another mediabot gets its updates.

    ``own_url`` is our public address, where there is one: a hook to its host was set by us, in webhook mode.
    """

    def __init__(self, bot: Bot, *, own_url: str | None) -> None:
        self._bot = bot
        self._own_host = urlsplit(own_url or "").hostname
        self._named: str | None = None

    async def clear(self) -> TelegramTrouble | None:
        """No update is dropped. Gives the trouble that remains: the hook is another mediabot's, or Telegram does not answer."""
        try:
            url = (await self._bot.get_webhook_info(request_timeout=_REQUEST_S)).url
            if self._is_elsewhere(url):
                self._name(urlsplit(url).hostname)
                return TelegramTrouble.HOOKED_ELSEWHERE
            await self._bot.delete_webhook(drop_pending_updates=False, request_timeout=_REQUEST_S)
        except TELEGRAM_FAULTS as error:
            return trouble_of(error)
        log.warning("webhook.deleted", host=urlsplit(url).hostname)
        return None

    def _name(self, host: str | None) -> None:
        """Once for each host: it is looked at again and again."""
        if host != self._named:
            log.error("webhook.elsewhere", host=host, advice=_ADVICE)
        self._named = host

    def _is_elsewhere(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.path == WEBHOOK_PATH and parts.hostname != self._own_host and not _is_loopback(parts.hostname)


_ADVICE: Final = (
    "another mediabot with this token gets its updates at that host, so nothing is polled here. Give this one a bot of its"
    " own (@BotFather, /newbot). If the other is gone for good, set PUBLIC_URL to its address once, and its hook is removed"
)


def _is_loopback(host: str | None) -> bool:
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"
