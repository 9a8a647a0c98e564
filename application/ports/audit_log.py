"""Port: what admins did."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.audit import AuditEntry


class AuditLog(Protocol):
    """The log of one bot, together with what was done to the deployment as a whole. Nothing in it is ever changed, except that
    a person who is forgotten is taken out of it. Raises ``StoreUnavailable`` like the other stores."""

    async def add(self, entry: AuditEntry, /) -> None:
        """Write one down."""
        ...

    async def newest(self, *, limit: int, skip: int = 0) -> Sequence[AuditEntry]:
        """Return the entries, the last written first."""
        ...

    async def forget_before(self, moment: datetime, /, *, limit: int) -> int:
        """Delete at most ``limit`` entries from before the moment, and return how many."""
        ...
