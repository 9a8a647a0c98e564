"""Port: sends one event to a program."""

from typing import Protocol

from domain.api_key import Webhook
from domain.webhook_event import WebhookEvent


class WebhookSender(Protocol):
    """Signs and posts events."""

    async def send(self, event: WebhookEvent, webhook: Webhook, /) -> bool:
        """Return whether the receiver took it (status 2xx within the time limit). Never raises; ends within 20 s."""
        ...
