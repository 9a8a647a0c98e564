"""Use case: where a key's events go."""

import base64
import secrets

import structlog
from attrs import frozen

from application.errors import NotAuthenticated
from application.ports.api_key_store import ApiKeyStore
from domain.api_key import ApiKeyId, Webhook

log = structlog.get_logger()


@frozen
class ChangeWebhook:
    """Each change makes a new secret, which is returned once."""

    _keys: ApiKeyStore

    async def __call__(self, key_id: ApiKeyId, url: str | None) -> Webhook | None:
        """Set the address, or remove the webhook with None. Return the webhook as it is now.

        Raises:
            NotAuthenticated: the key is gone.
            StoreUnavailable: it may have been changed.
        """
        webhook = Webhook(url=url, secret=_new_secret()) if url else None
        if not await self._keys.set_webhook(key_id, webhook):
            raise NotAuthenticated
        log.info("webhook.changed", key=key_id, is_set=webhook is not None)
        return webhook


def _new_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
