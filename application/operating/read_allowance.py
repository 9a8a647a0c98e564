"""Use case: what a person may spend today, and what is left of it."""

from datetime import timedelta
from typing import Final

from attrs import frozen

from application.operating.limit_person import LimitPerson
from application.ports.clock import Clock
from application.ports.statistics import Statistics
from domain.generation import UserId

DAY: Final = timedelta(days=1)


@frozen(kw_only=True)
class Allowance:
    """Credits and generations in the last 24 hours. ``credits_per_day`` None: there is no limit. ``is_personal``: an admin set the limit for
    this person."""

    credits_per_day: float | None
    spent: float
    is_personal: bool = False
    generations: int = 0

    @property
    def left(self) -> float | None:
        """What may still be spent; None without a limit."""
        return None if self.credits_per_day is None else max(0.0, self.credits_per_day - self.spent)


@frozen(kw_only=True)
class ReadAllowance:
    """Counted as ``RequestGeneration`` counts it."""

    _limits: LimitPerson
    _statistics: Statistics
    _clock: Clock

    async def __call__(self, user: UserId) -> Allowance:
        """Return the person's limit and what is spent of it. Raises StoreUnavailable."""
        limit = await self._limits.read(user)
        usage = await self._statistics.usage(user, since=self._clock.now() - DAY)
        return Allowance(
            credits_per_day=limit.credits_per_day,
            spent=usage.credits,
            is_personal=limit.is_personal,
            generations=usage.generations,
        )
