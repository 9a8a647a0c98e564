"""Port: a front end's updates, from their receipt until they are handled."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from attrs import frozen


@frozen(kw_only=True)
class ReceivedUpdate:
    """One update as it came. ``body`` is its JSON text."""

    update_id: int
    body: str


class UpdateInbox(Protocol):
    """Keeps every update until it is handled, and remembers the handled ones until asked to forget them.

    ``source`` names the bot, not its secret. Raises ``StoreUnavailable`` like the other stores.
    """

    async def receive(self, source: str, updates: Sequence[ReceivedUpdate], /) -> Collection[int]:
        """Store those that are neither stored nor handled yet, in this order, and announce them to ``arrivals``.

        Returns:
            The ids of those that are still to be handled, whichever instance stored them: an answer of the store may have been lost, and
            a former leader's last request may be done after its successor has begun.
        """
        ...

    async def waiting(self, source: str, /, *, besides: Collection[int] = (), limit: int) -> Sequence[ReceivedUpdate]:
        """Updates that wait to be handled, in the order of their receipt, without those whose ids are in ``besides``."""
        ...

    async def finish(self, source: str, update_ids: Collection[int], /) -> None:
        """They are handled: forget what they held, remember their ids. Harmless to repeat, and for ids never received."""
        ...

    def arrivals(self, source: str, /) -> AbstractAsyncContextManager[AsyncIterator[None]]:
        """Yields when something may wait that did not before, whichever instance received it. Survives breaks."""
        ...

    async def forget_handled(self, before: datetime, /, *, limit: int) -> int:
        """Forget those that were handled before then, of all sources, ``limit`` of them at most.

        Returns:
            How many were forgotten.
        """
        ...
