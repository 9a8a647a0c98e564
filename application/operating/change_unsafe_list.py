"""Use cases: what the operator does not want to be made."""

from collections.abc import Sequence

import structlog
from attrs import frozen

from application.audit import Audit
from application.ports.clock import Clock
from application.ports.unsafe_list import UnsafeList
from domain.audit import AuditedAction
from domain.generation import UserId
from domain.unsafe_phrase import UnsafePhrase

log = structlog.get_logger()


@frozen(kw_only=True)
class ChangeUnsafeList:
    """It holds within seconds on every instance, for every door. Every call raises ``StoreUnavailable``."""

    _list: UnsafeList
    _clock: Clock
    _audit: Audit

    async def phrases(self) -> Sequence[UnsafePhrase]:
        """Return the whole list."""
        return await self._list.phrases()

    async def add(self, text: str, *, by: UserId) -> bool:
        """Add a phrase. False: it was there. Raises InvalidPhrase."""
        phrase = UnsafePhrase(text)
        await self._audit(AuditedAction.UNSAFE_ADD, by=by, about=phrase.text)
        added = await self._list.add(phrase, at=self._clock.now())
        log.info("unsafe_list.added", is_new=added)
        return added

    async def remove(self, text: str, *, by: UserId) -> bool:
        """Take a phrase away. False: it was not there. Raises InvalidPhrase."""
        phrase = UnsafePhrase(text)
        await self._audit(AuditedAction.UNSAFE_REMOVE, by=by, about=phrase.text)
        removed = await self._list.remove(phrase)
        log.info("unsafe_list.removed", was_there=removed)
        return removed
