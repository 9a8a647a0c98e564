"""Port: what the operator does not want to be made."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.unsafe_phrase import UnsafePhrase


class UnsafeList(Protocol):
    """The phrases of one bot. Raises ``StoreUnavailable`` like the other stores."""

    async def phrases(self) -> Sequence[UnsafePhrase]:
        """Return all of them, in the order of the alphabet."""
        ...

    async def add(self, phrase: UnsafePhrase, /, *, at: datetime) -> bool:
        """Add one. False: it was there."""
        ...

    async def remove(self, phrase: UnsafePhrase, /) -> bool:
        """Take one away. False: it was not there."""
        ...
