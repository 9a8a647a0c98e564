"""Port: the API keys."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.api_key import ApiKey, ApiKeyId, Webhook


class ApiKeyStore(Protocol):
    """The API keys of one bot's people. Every call is one transaction. Raises ``StoreUnavailable`` like the other stores."""

    async def add(self, key: ApiKey, /) -> None:
        """Write a new key."""
        ...

    async def get(self, key_id: ApiKeyId, /) -> ApiKey | None:
        """Return the key, revoked or not; None where there is none."""
        ...

    async def all(self) -> Sequence[ApiKey]:
        """Return every key, newest first, revoked ones among them."""
        ...

    async def revoke(self, key_id: ApiKeyId, /, *, at: datetime) -> bool:
        """Close the door for this key for good. False: there is no such key, or it was revoked before."""
        ...

    async def set_webhook(self, key_id: ApiKeyId, webhook: Webhook | None, /) -> bool:
        """Set or remove where the key's events go. False: there is no such key."""
        ...
