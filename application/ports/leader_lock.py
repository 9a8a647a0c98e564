"""Port: the lock that exactly one instance holds."""

from typing import Protocol


class Leadership(Protocol):
    """One term of leading, from the grant to its loss or release."""

    @property
    def epoch(self) -> int:
        """The number of this leadership; higher than every earlier one's. Writes carry it."""
        ...

    @property
    def follows_clean_release(self) -> bool:
        """Whether the predecessor said that it had stopped (or was this very process). If not, it may still act for a lease."""
        ...

    @property
    def wait_s(self) -> float:
        """How long from the grant the predecessor may still act: what is left of its lease, 0 after a clean release."""
        ...

    def seconds_left(self) -> float:
        """Until when this instance may act without hearing from the lock; 0 or less: it may not. Synchronous and cheap.

        Asked before every act that others would see, since a timer may fire late in a process that was frozen.
        """
        ...

    async def lost(self) -> str:
        """Wait until the leadership is over, whatever the cause; gives the cause in a word. Returns at once if it is."""
        ...

    async def wanted(self) -> None:
        """Wait until another instance is to lead this bot, so that all lead as many. The answer is to finish and release."""
        ...

    async def release(self) -> None:
        """Hand over: mark a clean end and free the lock. Never raises; bounded in time. Harmless when already lost."""
        ...


class LeaderLock(Protocol):
    """Competes for the lock of one bot."""

    async def acquire(self) -> Leadership:
        """Wait, however long, until this instance leads. Reconnects by itself. Cancelling it gives up the wait cleanly.

        Raises:
            LeadershipUnusable: waiting can't help; the message says what to set instead.
        """
        ...

    async def close(self) -> None:
        """Drop what is open. After it the lock is not used again."""
        ...
