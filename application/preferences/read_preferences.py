"""Use case: what a person reported to us once and for all."""

from attrs import frozen

from application.errors import StoreUnavailable
from application.ports.preference_store import PreferenceStore
from domain.generation import UserId
from domain.preferences import Preferences


@frozen
class ReadPreferences:
    """The settings, and the defaults while the store is away: a page must not wait for a taste."""

    _preferences: PreferenceStore

    async def __call__(self, user: UserId, /) -> Preferences:
        """Never raises."""
        try:
            return await self._preferences.get(user)
        except StoreUnavailable:
            return Preferences(user=user)
