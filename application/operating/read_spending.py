"""Who and what the credits went to, for the operator."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from attrs import frozen

from application.ports.access_store import AccessStore
from application.ports.clock import Clock
from application.ports.statistics import Spending, SpentBy, Statistics
from domain.generation import UserId

SHOWN: Final = 10
MOST_DAYS: Final = 90


@frozen(kw_only=True)
class SpendingReport:
    """The dearest people and models of the last ``days``; ``names`` has those of the people who are known."""

    days: int
    people: Sequence[Spending]
    models: Sequence[Spending]
    names: Mapping[str, str]


@frozen(kw_only=True)
class ReadSpending:
    """Spending per person and per model over some days."""

    _statistics: Statistics
    _access: AccessStore
    _clock: Clock

    async def __call__(self, days: int = 1) -> SpendingReport:
        """Return the report; ``days`` is cut to 1–90.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        days = min(max(days, 1), MOST_DAYS)
        since = self._clock.now() - timedelta(days=days)
        people = await self._statistics.spending(SpentBy.PERSON, since=since, limit=SHOWN)
        known = [await self._access.person(UserId(one.key)) for one in people]
        return SpendingReport(
            days=days,
            people=people,
            models=await self._statistics.spending(SpentBy.MODEL, since=since, limit=SHOWN),
            names={person.user: person.name for person in known if person},
        )
