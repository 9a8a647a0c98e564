"""Port: the questions that were asked of chat models, for limits and books."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from application.limits import TextLimits
from domain.text_call import TextCall


class TextCallStore(Protocol):
    """The calls of one bot. Every call of a method is one transaction. Raises ``StoreUnavailable`` from any of them."""

    async def begin(self, call: TextCall, limits: TextLimits, /) -> None:
        """Write a call before it is sent, and hold back its reservation.

        Raises:
            LimitReached: ``text_credits_per_day`` is the bot's, ``credits_per_day`` the user's. Nothing was written. Two
                at the same time can't both slip through.
            InsufficientCredits: the user's balance is below the reservation; nothing was written.
        """
        ...

    async def end(self, call: TextCall, /) -> bool:
        """Write the end of a call, and settle its reservation. False: it had ended before, and nothing was changed."""
        ...

    async def spent(self, since: datetime, /) -> float:
        """Return the credits that calls begun since then cost, or can have cost."""
        ...

    async def unended(self, begun_before: datetime, /) -> Sequence[TextCall]:
        """Return the calls from before then that no one wrote the end of: their process died."""
        ...
