"""People's settings in a dict."""

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from domain.generation import UserId
from domain.preferences import Preferences


class InMemoryPreferenceStore:
    """``PreferenceStore`` for tests and the demo without a database. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.preferences: dict[UserId, Preferences] = {}
        self.on_call = Script(clock)

    async def get(self, user: UserId, /) -> Preferences:
        async with self.on_call.around():
            return self.preferences.get(user) or Preferences(user=user)

    async def save(self, preferences: Preferences, /) -> None:
        async with self.on_call.around():
            self.preferences[preferences.user] = preferences
