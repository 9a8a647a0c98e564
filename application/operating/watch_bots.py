"""Use case: see how all bots of the deployment are, and tell the operator which hears nothing from Telegram."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import structlog
from attrs import define, field, frozen

from application.ports.bot_states import BotState, BotStates
from application.ports.clock import Clock
from application.ports.metrics import Metrics
from domain.bot import BotId
from domain.bot_fault import BotFault
from domain.operation import Alarm, AlarmKind

SAY_AGAIN_S: Final = 3600.0
ADVICE: Final = "No bot can tell its admins so. /status says what is wrong; docs/runbook.md what to do."

log = structlog.get_logger()


@define(eq=False)
class WatchBots:
    """One in each process. A ``ConditionSource`` for the first bot, since one that hears nothing can tell no one.

    The gauge ``bot_fault`` tells of every bot, the first among them, where an alarm of the metrics does not need a bot to arrive.
    """

    _states: BotStates
    _clock: Clock
    _metrics: Metrics
    _bots: Sequence[BotId] = field(default=(), init=False)
    _deputies: Sequence[BotId] = field(default=(), init=False)
    _known: Mapping[BotId, BotState] | None = field(default=None, init=False)
    _faults: Mapping[BotId, BotFault | None] = field(factory=dict, init=False)
    _sealed: frozenset[BotId] = field(default=frozenset(), init=False)
    _first: BotId | None = field(default=None, init=False)
    _said_at: float = field(default=float("-inf"), init=False)

    def know(
        self,
        bots: Sequence[BotId],
        *,
        first: BotId | None = None,
        deputies: Sequence[BotId] = (),
        sealed: Collection[BotId] = (),
    ) -> None:
        """These are the bots of the deployment now; ``first`` tells its admins of all of them.

        One of ``deputies``, whose admins are all the first bot's, speaks for the first where that hears nothing. This process
        can't open what is ``sealed``.
        """
        for gone in {*self._bots, *self._sealed} - {*bots, *sealed}:
            self._metrics.gauge("bot_fault", 0.0, bot=gone)
        self._bots, self._first, self._deputies, self._sealed = bots, first, deputies, frozenset(sealed)

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
        self._faults = {bot_id: state.fault for bot_id, state in self._known.items()} | dict(led)
        for bot_id in {*self._bots, *self._sealed}:
            self._metrics.gauge("bot_fault", float(bot_id in self._sealed or self.has_fault(bot_id)), bot=bot_id)
        self._say_where_no_bot_can(led)

    def _say_where_no_bot_can(self, led: Mapping[BotId, BotFault | None]) -> None:
        """An error in the log, every hour: all that reaches the operator where no chat does and no one asks for the metrics."""
        fault = led.get(self._first) if self._first else None
        if fault is None or any(self._faults.get(one) is None for one in self._deputies):
            self._said_at = float("-inf")
        elif self._clock.monotonic() - self._said_at >= SAY_AGAIN_S:
            self._said_at = self._clock.monotonic()
            log.error("bot.alarm_undeliverable", bot=self._first, fault=fault, advice=ADVICE)

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

    def is_speaker(self, bot_id: BotId) -> bool:
        """Whether it is the first deputy without a fault."""
        return bot_id == next((one for one in self._deputies if self._faults.get(one) is None), None)

    def has_fault(self, bot_id: BotId) -> bool:
        """Whether it hears nothing from Telegram."""
        return self._faults.get(bot_id) is not None


@frozen
class WatchFirstBot:
    """A ``ConditionSource`` for any other bot: it tells that the first one hears nothing, where it speaks for it."""

    _bots: WatchBots
    _first: BotId
    _own: BotId

    @property
    def kinds(self) -> frozenset[AlarmKind]:
        """As ``WatchBots``."""
        return self._bots.kinds

    def present(self) -> Mapping[Alarm, float]:
        """The first bot, while it has a fault and this one speaks for it."""
        speaks = self._bots.has_fault(self._first) and self._bots.is_speaker(self._own)
        return {Alarm(kind=AlarmKind.BOT_STOPPED, about=self._first): 1.0} if speaks else {}
