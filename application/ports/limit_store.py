"""Port: limits of single persons, set by an admin while the service runs."""

from typing import Protocol

from attrs import frozen

from domain.generation import UserId


@frozen(kw_only=True)
class PersonalLimit:
    """What one person may spend in 24 hours in place of the limit for everyone. None: no limit; 0: nothing."""

    user: UserId
    credits_per_day: float | None


class LimitStore(Protocol):
    """Limits by user. Raises ``StoreUnavailable`` like the other stores."""

    async def get(self, user: UserId, /) -> PersonalLimit | None:
        """Return the person's own limit, or None where the limit for everyone holds."""
        ...

    async def set(self, limit: PersonalLimit, /) -> None:
        """Replace the person's own limit."""
        ...

    async def remove(self, user: UserId, /) -> bool:
        """Let the limit for everyone hold again. False: the person had none of their own."""
        ...
