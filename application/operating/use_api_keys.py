"""Use cases: a person's own API keys on a page."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from application.errors import KeyNotFound
from application.limits import Limit
from application.operating.create_api_key import CreateApiKey
from application.operating.revoke_api_key import RevokeApiKey
from application.ports.api_key_store import ApiKeyStore
from domain.api_key import ApiKey, ApiKeyId
from domain.generation import UserId

NAME_LIMIT: Final = 60
AT_MOST: Final = Limit("keys", 20)
"""Each may ask as often as a key may."""


@frozen(kw_only=True)
class UseApiKeys:
    """Every call is about the person's own keys; another person's are as good as none."""

    _keys: ApiKeyStore
    _create: CreateApiKey
    _revoke: RevokeApiKey

    async def of(self, user: UserId) -> Sequence[ApiKey]:
        """Those that still open the door, newest first. Raises StoreUnavailable."""
        return [key for key in await self._keys.all() if key.user == user and key.is_valid]

    async def create(self, user: UserId, name: str, credits_per_day: float | None = None) -> str:
        """Return the new key's text, which is shown once.

        Raises:
            LimitReached: ``keys``. ValueError: the limit is none. StoreUnavailable.
        """
        shown = " ".join(name.split())[:NAME_LIMIT] or "key"
        _, text = await self._create(shown, user, credits_per_day, limit=AT_MOST)
        return text

    async def revoke(self, user: UserId, key_id: ApiKeyId) -> None:
        """Close the door for a key. Raises KeyNotFound, StoreUnavailable."""
        key = await self._keys.get(key_id)
        if key is None or key.user != user or not await self._revoke(key_id):
            raise KeyNotFound(key_id)
