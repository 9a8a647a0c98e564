"""The state of each bot in dicts."""

from collections.abc import Sequence
from datetime import datetime

from attrs import define, field

from application.ports.bot_states import BotState
from domain.bot import BotId
from domain.bot_fault import BotFault


@define
class InMemoryBotStates:
    """``BotStates`` for tests. ``leaders`` are the instances that lead, and since when."""

    leaders: dict[BotId, tuple[str, datetime]] = field(factory=dict)
    _faults: dict[BotId, tuple[BotFault, datetime]] = field(factory=dict, init=False)

    async def states(self) -> Sequence[BotState]:
        return [self._state(bot_id) for bot_id in sorted({*self.leaders, *self._faults})]

    async def note(self, bot_id: BotId, fault: BotFault | None, /, *, at: datetime) -> None:
        known = self._faults.pop(bot_id, None)
        if fault is not None:
            self._faults[bot_id] = known if known and known[0] is fault else (fault, at)

    def _state(self, bot_id: BotId) -> BotState:
        leader, since = self.leaders.get(bot_id, (None, None))
        fault, fault_at = self._faults.get(bot_id, (None, None))
        return BotState(bot=bot_id, leader=leader, since=since, fault=fault, fault_at=fault_at)
