"""Use case: who is it that shows a key?"""

from attrs import frozen

from application.errors import NotAuthenticated
from application.ports.access_store import AccessStore
from application.ports.api_key_store import ApiKeyStore
from domain.api_key import ApiKey, parts_of


@frozen
class AuthenticateApiKey:
    """Find the key that a program shows. A key of a blocked person does not work while the block lasts."""

    _keys: ApiKeyStore
    _access: AccessStore

    async def __call__(self, text: str) -> ApiKey:
        """Return the key.

        Raises:
            NotAuthenticated: it is no key, it was revoked, or its person is blocked.
            StoreUnavailable: ask again.
        """
        parts = parts_of(text)
        key = await self._keys.get(parts[0]) if parts else None
        if key is None or parts is None or not key.opens(parts[1]):
            raise NotAuthenticated
        if str(key.user) in {str(block.subject) for block in await self._access.blocks()}:
            raise NotAuthenticated
        return key
