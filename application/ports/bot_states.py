"""Port: who leads each bot, and what keeps it from hearing Telegram, as all instances see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from attrs import frozen

from domain.bot import BotId
from domain.bot_fault import BotFault


@frozen(kw_only=True)
class BotState:
    """``leader`` is the instance that leads the bot, since ``since``; None while none does. ``fault_at``: since when."""

    bot: BotId
    leader: str | None = None
    since: datetime | None = None
    fault: BotFault | None = None
    fault_at: datetime | None = None


class BotStates(Protocol):
    """Of all bots that were ever led or had a fault. Raises ``StoreUnavailable`` like the stores."""

    async def states(self) -> Sequence[BotState]:
        """Return them by id."""
        ...

    async def note(self, bot_id: BotId, fault: BotFault | None, /, *, at: datetime) -> None:
        """Write down what is wrong with a bot; None: nothing any more. The first moment of a fault stays."""
        ...
