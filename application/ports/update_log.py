"""Port: which updates of a front end have been dealt with."""

from typing import Protocol


class UpdateLog(Protocol):
    """Remembers handled updates for at least a day. Raises ``StoreUnavailable`` like the other stores."""

    async def is_handled(self, source: str, update_id: int, /) -> bool:
        """Whether ``mark_handled`` was called for it. ``source`` names the bot, not its secret."""
        ...

    async def mark_handled(self, source: str, update_id: int, /) -> None:
        """What the update asked for is stored or answered. Harmless to repeat."""
        ...
