"""Port: which updates of a front end have been dealt with."""

from datetime import datetime
from typing import Protocol


class UpdateLog(Protocol):
    """Remembers handled updates until told to forget them. Raises ``StoreUnavailable`` like the other stores."""

    async def is_handled(self, source: str, update_id: int, /) -> bool:
        """Whether ``mark_handled`` was called for it. ``source`` names the bot, not its secret."""
        ...

    async def mark_handled(self, source: str, update_id: int, /) -> None:
        """What the update asked for is stored or answered. Harmless to repeat."""
        ...

    async def forget_handled(self, before: datetime, /, *, limit: int) -> int:
        """Forget those marked before then, of all sources, ``limit`` of them at most. Gives how many went."""
        ...
