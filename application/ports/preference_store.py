"""Port: people's settings."""

from typing import Protocol

from domain.generation import UserId
from domain.preferences import Preferences


class PreferenceStore(Protocol):
    """Settings by user. Raises ``StoreUnavailable`` like the other stores."""

    async def get(self, user: UserId, /) -> Preferences:
        """What the user chose; the defaults for someone new."""
        ...

    async def save(self, preferences: Preferences, /) -> None:
        """Replace them."""
        ...
