"""Use case: see how all bots of the deployment are, and tell the operator which hears nothing from Telegram."""

from collections.abc import Mapping, Sequence

import structlog
from attrs import define, field

from application.ports.bot_states import BotState, BotStates
from application.ports.clock import Clock
from domain.bot import BotId
from domain.bot_fault import BotFault
from domain.operation import Alarm, AlarmKind

log = structlog.get_logger()


@define(eq=False)
class WatchBots:
    """One in each process. A ``ConditionSource`` for the first bot, since one that hears nothing can tell no one."""

    _states: BotStates
    _clock: Clock
    _bots: Sequence[BotId] = field(default=(), init=False)
    _known: Mapping[BotId, BotState] | None = field(default=None, init=False)

    def know(self, bots: Sequence[BotId]) -> None:
        """These are the bots of the deployment now."""
        self._bots = bots

    async def look(self, led: Mapping[BotId, BotFault | None]) -> None:
        """Write down what has changed of the bots that are led here, and read what other instances wrote.

        Raises StoreUnavailable.
        """
        self._known = {one.bot: one for one in await self._states.states()}
        for bot_id, fault in led.items():
            known = self._known.get(bot_id)
            if fault is not (known.fault if known else None):
                await self._states.note(bot_id, fault, at=self._clock.now())
                log.warning("bot.fault_changed", bot=bot_id, fault=fault)

    async def __call__(self) -> Sequence[BotState]:
        """Return every bot of the deployment, those with a fault first. Raises StoreUnavailable."""
        found = {one.bot: one for one in await self._states.states()}
        states = [found.get(bot_id, BotState(bot=bot_id)) for bot_id in self._bots]
        return sorted(states, key=lambda one: one.fault is None)

    @property
    def kinds(self) -> frozenset[AlarmKind]:
        """None before the first look: an alarm of the last leader's stays until then."""
        return frozenset() if self._known is None else frozenset({AlarmKind.BOT_STOPPED})

    def present(self) -> Mapping[Alarm, float]:
        """The bots with a fault."""
        known = self._known or {}
        return {
            Alarm(kind=AlarmKind.BOT_STOPPED, about=bot_id): 1.0
            for bot_id in self._bots
            if bot_id in known and known[bot_id].fault is not None
        }
