"""Port: the places in the provider's creation window of an account, counted over all instances."""

from typing import Protocol


class CreationSlots(Protocol):
    """At most ``count`` requests of one account in any ``period_s`` seconds, whichever bot and instance sends them."""

    async def take(self, account: str, /, *, count: int, period_s: float) -> float:
        """Take a place for ``period_s``. Return 0.0, or in how many seconds the first one that is taken will be free.

        Raises:
            StoreUnavailable: nothing is known, and nothing was taken as far as we know.
        """
        ...
