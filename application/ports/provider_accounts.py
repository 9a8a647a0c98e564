"""Port: what the bots of this deployment take from their accounts at the provider."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from attrs import frozen

from domain.bot import BotId


@frozen(kw_only=True)
class ProviderReading:
    """What was left of an account's credits at a moment, and which bots used it then.

    ``uncertain`` credits may have been taken by then without our knowing it.
    """

    at: datetime
    credits: float
    uncertain: float = 0.0
    bots: frozenset[BotId]


class ProviderAccounts(Protocol):
    """Sums over several bots, and the last reading of each account. Raises ``StoreUnavailable`` like the stores."""

    async def taken(self, bots: Collection[BotId], /, *, since: datetime, until: datetime) -> float:
        """Credits that the provider took for what ended in this time."""
        ...

    async def uncertain(self, bots: Collection[BotId], /) -> float:
        """The most that what is under way may have taken without our knowing it yet."""
        ...

    async def last_reading(self, account: str, /) -> ProviderReading | None:
        """The account's credits when they were last compared."""
        ...

    async def save_reading(self, account: str, reading: ProviderReading, /) -> None:
        """Remember the account's credits for the next comparison."""
        ...
