"""Use case: who is it that shows a key?"""

from attrs import frozen

from application.errors import NotAuthenticated, NotServed
from application.operating.authorize_user import AuthorizeUser
from application.ports.api_key_store import ApiKeyStore
from domain.api_key import ApiKey, parts_of


@frozen
class AuthenticateApiKey:
    """Find the key that a program shows. It works as long as the bot serves its person."""

    _keys: ApiKeyStore
    _authorize: AuthorizeUser

    async def __call__(self, text: str) -> ApiKey:
        """Return the key.

        Raises:
            NotAuthenticated: it is no key, or it was revoked.
            NotServed: its person is blocked, or not let in (any more).
            StoreUnavailable: ask again.
        """
        parts = parts_of(text)
        key = await self._keys.get(parts[0]) if parts else None
        if key is None or parts is None or not key.opens(parts[1]):
            raise NotAuthenticated
        if not await self._authorize.serves(key.user):
            raise NotServed
        return key
