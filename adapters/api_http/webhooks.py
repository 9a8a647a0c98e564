"""Sends events as Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks, specification 1.0.0)."""

import base64
import hashlib
import hmac
import json
from typing import Final

import aiohttp
import structlog
from attrs import frozen

from application.ports.clock import Clock
from domain.api_key import Webhook
from domain.webhook_event import WebhookEvent

TIMEOUT: Final = aiohttp.ClientTimeout(total=15.0, sock_connect=5.0)
SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - how every secret of the standard begins

log = structlog.get_logger()


@frozen
class HttpWebhookSender:
    """``WebhookSender`` over HTTP. ``session`` refuses private addresses, since the receiver's address is a person's."""

    _session: aiohttp.ClientSession
    _clock: Clock

    async def send(self, event: WebhookEvent, webhook: Webhook, /) -> bool:
        body = json.dumps({"type": event.type, "timestamp": event.created_at.isoformat(), "data": event.payload})
        seconds = str(int(self._clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "webhook-id": event.id,
            "webhook-timestamp": seconds,
            "webhook-signature": signature(webhook.secret, f"{event.id}.{seconds}.{body}"),
        }
        try:
            async with self._session.post(
                webhook.url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
            ) as response:
                return 200 <= response.status < 300
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            log.info("webhook.not_taken", event_id=event.id, reason=type(error).__name__)
            return False


def signature(secret: str, content: str) -> str:
    """Return ``v1,`` and the base64 of the HMAC-SHA256 of ``id.timestamp.body``."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    return f"v1,{base64.b64encode(hmac.digest(key, content.encode(), hashlib.sha256)).decode()}"
