"""Port: which alarms were raised and have not cleared, durable, so that a new leader does not raise them again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from domain.operation import Alarm


class AlarmStore(Protocol):
    """Alarms of one bot. Raises ``StoreUnavailable`` like the other stores."""

    async def raised(self) -> Mapping[Alarm, datetime]:
        """Those in force, with the moment each began, the oldest first."""
        ...

    async def begin(self, alarm: Alarm, /, *, at: datetime) -> bool:
        """Raise it. False: it is in force already. Of two at once only one gets True."""
        ...

    async def clear(self, alarm: Alarm, /) -> bool:
        """The condition is over. False: it was not in force."""
        ...
