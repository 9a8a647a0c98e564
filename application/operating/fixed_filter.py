"""The operator's decision that the content filter is on for everyone."""

from attrs import evolve, frozen

from application.ports.preference_store import PreferenceStore
from domain.generation import UserId
from domain.preferences import Preferences


@frozen
class FixedFilter:
    """A ``PreferenceStore`` in which every person has the content filter on, and cannot change it.

    What people chose before stays stored, for the day on which the operator decides otherwise.
    """

    _store: PreferenceStore

    async def get(self, user: UserId, /) -> Preferences:
        """Return the user's settings with the filter on."""
        return evolve(await self._store.get(user), safe=True, safe_is_fixed=True)

    async def save(self, preferences: Preferences, /) -> None:
        """Replace the user's settings, but not their own choice of the filter."""
        before = await self._store.get(preferences.user)
        await self._store.save(evolve(preferences, safe=before.safe, safe_is_fixed=False))
