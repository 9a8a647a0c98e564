"""Port: people's reference sets."""

from collections.abc import Sequence
from typing import Protocol

from application.limits import Limit
from domain.generation import UserId
from domain.reference_set import CharacterId, ReferenceSet, ReferenceSetId


class ReferenceStore(Protocol):
    """The reference sets of one bot's people. Every call is one transaction. Raises ``StoreUnavailable`` like the other stores."""

    async def add(self, reference: ReferenceSet, /, *, limit: Limit) -> None:
        """Write a new one. ``limit`` is how many an owner may have; two at the same time can't both slip through.

        Raises:
            LimitReached: the owner has as many already; nothing was written.
        """
        ...

    async def of_owner(self, owner: UserId, /) -> Sequence[ReferenceSet]:
        """Everything a person keeps, newest first."""
        ...

    async def name_character(
        self, reference_id: ReferenceSetId, owner: UserId, character: CharacterId, /, *, account: str
    ) -> bool:
        """Keep what this account of the provider calls it; what it was called before is kept as a former name.

        False: there is none of this person's.
        """
        ...

    async def remove(self, reference_id: ReferenceSetId, owner: UserId, /) -> bool:
        """Forget it. False: there is none of this person's."""
        ...
