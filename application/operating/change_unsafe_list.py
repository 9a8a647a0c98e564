"""Use cases: what the operator does not want to be made."""

from collections.abc import Sequence

import structlog
from attrs import frozen

from application.ports.clock import Clock
from application.ports.unsafe_list import UnsafeList
from domain.unsafe_phrase import UnsafePhrase

log = structlog.get_logger()


@frozen(kw_only=True)
class ChangeUnsafeList:
    """It holds within seconds on every instance, for every door. Every call raises ``StoreUnavailable``."""

    _list: UnsafeList
    _clock: Clock

    async def phrases(self) -> Sequence[UnsafePhrase]:
        """Return the whole list."""
        return await self._list.phrases()

    async def add(self, text: str) -> bool:
        """Add a phrase. False: it was there. Raises InvalidPhrase."""
        added = await self._list.add(UnsafePhrase(text), at=self._clock.now())
        log.info("unsafe_list.added", is_new=added)
        return added

    async def remove(self, text: str) -> bool:
        """Take a phrase away. False: it was not there. Raises InvalidPhrase."""
        removed = await self._list.remove(UnsafePhrase(text))
        log.info("unsafe_list.removed", was_there=removed)
        return removed
