"""Port: the result that a person went back to in a chat."""

from datetime import datetime
from typing import Protocol

from attrs import frozen

from domain.generation import GenerationId, UserId


@frozen(kw_only=True)
class CurrentResult:
    """From ``at`` on "it" is this generation's result, until a newer one comes."""

    generation: GenerationId
    at: datetime


class CurrentResultStore(Protocol):
    """One for each person and chat. Raises ``StoreUnavailable`` like the other stores."""

    async def get(self, user: UserId, chat: str, /) -> CurrentResult | None:
        """Return what the person went back to last; None where they never did."""
        ...

    async def set(self, user: UserId, chat: str, current: CurrentResult, /) -> None:
        """Put it in the place of the one before."""
        ...
