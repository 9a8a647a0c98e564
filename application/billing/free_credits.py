"""What people get for nothing."""

from datetime import date

import structlog
from attrs import field, frozen

from application.ports.clock import Clock
from application.ports.ledger import Ledger
from domain.generation import UserId
from domain.ledger import Balance, Entry, EntryKind, person_mark

log = structlog.get_logger()


@frozen(kw_only=True)
class GiveFreeCredits:
    """Give ``once_units`` to a new person, and every day as much as lifts a balance to ``daily_units``.

    What is given once is given once per person, also to one who was forgotten and comes back. What is given daily does not
    pile up. Days are those of UTC. To be called before a balance is looked at or spent.
    """

    _ledger: Ledger
    _clock: Clock
    _once_units: int = 0
    _daily_units: int = 0
    _served: set[tuple[UserId, date]] = field(factory=set, init=False)

    async def __call__(self, user: UserId) -> None:
        """Raises ``StoreUnavailable``; asking again is safe."""
        now = self._clock.now()
        if (user, now.date()) in self._served or not (self._once_units or self._daily_units):
            return
        mark = person_mark(user)
        if self._once_units:
            welcome = Entry(
                user=user,
                kind=EntryKind.GRANT,
                units=self._once_units,
                key=f"welcome:{mark}",
                reference="welcome",
                at=now,
            )
            if await self._ledger.add(welcome):
                log.info("credits.welcomed", user=user, units=self._once_units)
        if self._daily_units:
            await self._ledger.post(user, lambda balance: self._of_today(user, balance))
        self._served.difference_update([served for served in self._served if served[1] != now.date()])
        self._served.add((user, now.date()))

    def _of_today(self, user: UserId, balance: Balance) -> list[Entry]:
        now = self._clock.now()
        lacking = self._daily_units - balance.units - balance.reserved
        key = f"daily:{now.date().isoformat()}:{person_mark(user)}"
        entry = Entry(user=user, kind=EntryKind.GRANT, units=max(lacking, 0), key=key, reference="daily", at=now)
        return [entry] if lacking > 0 else []
