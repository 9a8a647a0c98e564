"""Port: broadcasts and how far they got, durable."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from domain.broadcast import Broadcast, BroadcastId, Recipient, RecipientState
from domain.generation import UserId


class BroadcastStore(Protocol):
    """Broadcasts of one bot, over the people that its ``AccessStore`` remembers.

    Each person is claimed once, whichever instance asks, so that no one gets a broadcast twice. Raises ``StoreUnavailable`` like
    the other stores.
    """

    async def add(self, broadcast: Broadcast, /) -> None:
        """Write a prepared one. No one gets it yet."""
        ...

    async def get(self, broadcast_id: BroadcastId, /) -> Broadcast | None:
        """The broadcast as it is now, or None."""
        ...

    async def latest(self, *, limit: int) -> Sequence[Broadcast]:
        """The newest ones, the newest first."""
        ...

    async def reachable(self) -> int:
        """How many would get one now: those who have a private chat with the bot, are not gone and not blocked."""
        ...

    async def start(self, broadcast_id: BroadcastId, /) -> bool:
        """Let it go to everybody reachable at this moment. False: it is not ``prepared`` (any more)."""
        ...

    async def stop(self, broadcast_id: BroadcastId, /) -> bool:
        """No one is claimed for it after this. False: it had ended, or there is none."""
        ...

    async def under_way(self) -> Broadcast | None:
        """The oldest that is being sent, or None."""
        ...

    async def claim(self, broadcast_id: BroadcastId, /) -> Recipient | None:
        """The next one to be sent to, who is now ``sending``; None: no one waits, or it is not being sent."""
        ...

    async def release(self, broadcast_id: BroadcastId, user: UserId, /) -> None:
        """Nothing was sent for certain: they wait again."""
        ...

    async def record(self, broadcast_id: BroadcastId, user: UserId, reached: RecipientState, /) -> None:
        """How it went with someone claimed. ``GONE`` is remembered of the person too."""
        ...

    async def mark_unknown(self) -> int:
        """Anyone who was being sent to by a process that is no more becomes ``unknown``; gives their number."""
        ...

    async def finish(self, broadcast_id: BroadcastId, /) -> bool:
        """It is ``done`` if it was being sent and no one waits. False: not so."""
        ...

    async def counts(self, broadcast_id: BroadcastId, /) -> Mapping[RecipientState, int]:
        """How many stand where; states no one is in are left out."""
        ...
