"""Port: the API keys."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from application.limits import Limit
from domain.api_key import ApiKey, ApiKeyId, Webhook


class ApiKeyStore(Protocol):
    """The API keys of one bot's people. Every call is one transaction. Raises ``StoreUnavailable`` like the other stores."""

    async def add(self, key: ApiKey, /, *, limit: Limit | None = None) -> None:
        """Write a new key. ``limit`` is how many valid ones its person may have; two at the same time can't both slip through.

        Raises:
            LimitReached: the person has as many already; nothing was written.
        """
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
