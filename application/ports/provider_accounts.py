"""Port: what the bots of this deployment take from their accounts at the provider."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from attrs import frozen


@frozen(kw_only=True)
class ProviderReading:
    """What was left of an account's credits at a moment, and which bots used it then, as ``account_user`` names them.

    ``uncertain`` credits may have been taken by then without our knowing it.
    """

    at: datetime
    credits: float
    uncertain: float = 0.0
    bots: frozenset[str]


class ProviderAccounts(Protocol):
    """Sums over several bots, and the last reading of each account. Raises ``StoreUnavailable`` like the stores.

    ``bots`` are as ``account_user`` names them: of each only what was created on that account.
    """

    async def taken(self, bots: Collection[str], /, *, since: datetime, until: datetime) -> float:
        """Credits that the provider took for what ended in this time."""
        ...

    async def uncertain(self, bots: Collection[str], /) -> float:
        """The most that what is under way may have taken without our knowing it yet."""
        ...

    async def last_reading(self, account: str, /) -> ProviderReading | None:
        """The account's credits when they were last compared."""
        ...

    async def save_reading(self, account: str, reading: ProviderReading, /) -> None:
        """Remember the account's credits for the next comparison."""
        ...
