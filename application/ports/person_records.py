"""Port: everything that is stored about one person."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from domain.generation import UserId

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Plain JSON by table."""


class PersonRecords(Protocol):
    """What the database of one bot holds about a person. Raises ``StoreUnavailable`` like the other stores."""

    async def export(self, user: UserId, /) -> Rows:
        """Return every row about the person. Secrets and hashes of secrets are left out."""
        ...

    async def unfinished(self, user: UserId, /) -> int:
        """Return how many of the person's generations are not at their end."""
        ...

    async def erase(self, user: UserId, /) -> Mapping[str, int]:
        """Delete every row about the person in one transaction, and return how many by table. Rows of the ledger stay,
        without the person; files lose their owner, and their bytes are deleted by the hourly clean-up."""
        ...
