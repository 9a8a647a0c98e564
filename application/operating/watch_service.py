"""The leader's duty: see what the operator should know, and tell them once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Final

import structlog
from attrs import field, frozen

from application.errors import (
    DeliveryOutcomeUnknown,
    DestinationGone,
    MessageRefused,
    MessengerUnavailable,
)
from application.generating.bot_accounts import BotAccounts
from application.leading.leadership_guard import LeadershipGuard
from application.leading.repeat import repeat
from application.ports.access_store import AccessStore
from application.ports.alarm_store import AlarmStore
from application.ports.announcer import Announcer
from application.ports.clock import Clock
from application.ports.clock_observer import ClockObserver
from application.ports.condition_source import ConditionSource
from application.ports.leader_lock import Leadership
from application.ports.metrics import Metrics
from application.ports.statistics import Statistics
from domain.generation import UserId
from domain.operation import PROVIDERS_FAULTS, Alarm, AlarmKind

LOOK_EVERY_S: Final = 60.0
CREDITS_EVERY_S: Final = 600.0
FAILURES_IN_A_ROW: Final = 5
FAILURES_WITHIN: Final = timedelta(days=1)
"""A model that no one has tried for so long is no news."""
STEADY_AFTER_S: Final = 3600.0
"""Leaders that vanish again and again within this time are one alarm."""

log = structlog.get_logger()


@frozen(kw_only=True)
class WatchService:
    """Few credits, a model that keeps failing, a leader that vanished, and what the ``sources`` know.

    An alarm is written down before it is reported, so that a new leader does not tell it again; whom this leader still has
    to tell is in its memory alone. What a crash leaves to tell is on the operator's first page until it clears.
    Without ``alarm_credits`` no one asks for credits.
    """

    _statistics: Statistics
    _alarms: AlarmStore
    _access: AccessStore
    _announcer: Announcer
    _accounts: BotAccounts
    _clock: Clock
    _metrics: Metrics
    _admins: Collection[UserId]
    _alarm_credits: float | None
    _clocks: ClockObserver
    _sources: Sequence[ConditionSource] = ()
    _to_tell: dict[tuple[Alarm, UserId], float] = field(factory=dict, init=False)

    async def run(self, leadership: Leadership) -> None:
        """Until cancelled, or ``NotLeader``."""
        self._to_tell.clear()
        guard, began_at, asked_at = LeadershipGuard(leadership), self._clock.monotonic(), float("-inf")

        async def turn() -> None:
            nonlocal asked_at
            now = self._clock.monotonic()
            is_unclean = not leadership.follows_clean_release and now - began_at < STEADY_AFTER_S
            ask_credits = self._alarm_credits is not None and now - asked_at >= CREDITS_EVERY_S
            asked_at = now if ask_credits else asked_at
            await self._compare_clocks()
            await self._look(guard, is_unclean=is_unclean, ask_credits=ask_credits)

        await repeat(turn, duty="watch", clock=self._clock, every_s=LOOK_EVERY_S)

    async def drain(self) -> None:
        """Nothing: an alarm that was not sent is on the operator's page."""

    async def _look(self, guard: LeadershipGuard, *, is_unclean: bool, ask_credits: bool) -> None:
        vanished = {Alarm(kind=AlarmKind.LEADERSHIP): float(guard.epoch)} if is_unclean else {}
        await self._judge(AlarmKind.LEADERSHIP, vanished, guard)
        failing = await self._statistics.failing(
            since=self._clock.now() - FAILURES_WITHIN, kinds=PROVIDERS_FAULTS, in_a_row=FAILURES_IN_A_ROW
        )
        models = {Alarm(kind=AlarmKind.MODEL_FAILING, about=model_id): float(FAILURES_IN_A_ROW) for model_id in failing}
        await self._judge(AlarmKind.MODEL_FAILING, models, guard)
        for source in self._sources:
            present = source.present()
            for kind in source.kinds:
                await self._judge(kind, {alarm: present[alarm] for alarm in present if alarm.kind is kind}, guard)
        if ask_credits:
            await self._judge_credits(guard)
        elif self._alarm_credits is None:  # an alarm of before, when there was a limit
            await self._judge(AlarmKind.CREDITS_LOW, {}, guard)
        await self._tell(guard)

    async def _compare_clocks(self) -> None:
        """Compare this machine's clock with the store's, by which the leases and the ledger go."""
        asked_at = self._clock.now()
        theirs = await self._statistics.now()
        self._clocks.observe("postgresql", (theirs - asked_at).total_seconds())

    async def _judge_credits(self, guard: LeadershipGuard) -> None:
        """Each account by itself. One that gives no answer keeps the alarm that it has."""
        found = await self._accounts.credits_of_each()
        alarms = {name: self._low(name if len(found) > 1 else "") for name in found}
        raised = await self._alarms.raised()
        present: dict[Alarm, float] = {}
        for name, left in found.items():
            if left is None:
                log.warning("credits.not_read", account=name)
                present |= {alarms[name]: 0.0} if alarms[name] in raised else {}
            elif self._alarm_credits is not None and left < self._alarm_credits:
                present[alarms[name]] = left
        if None not in found.values():
            self._metrics.gauge("provider_credits", sum(left for left in found.values() if left is not None))
        await self._judge(AlarmKind.CREDITS_LOW, present, guard)

    @staticmethod
    def _low(about: str) -> Alarm:
        return Alarm(kind=AlarmKind.CREDITS_LOW, about=about)

    async def _judge(self, kind: AlarmKind, present: Mapping[Alarm, float], guard: LeadershipGuard) -> None:
        """Begin what is present and was not, clear what was and is not present."""
        guard.check()
        raised = {alarm for alarm in await self._alarms.raised() if alarm.kind is kind}
        for alarm in raised - present.keys():
            if await self._alarms.clear(alarm):
                log.info("alarm.cleared", kind=alarm.kind, about=alarm.about)
            self._forget(alarm)
        for alarm in present.keys() - raised:
            if await self._alarms.begin(alarm, at=self._clock.now()):
                log.warning("alarm.raised", kind=alarm.kind, about=alarm.about, figure=present[alarm])
                self._metrics.count("alarm_raised", kind=alarm.kind)
                self._to_tell.update({(alarm, admin): present[alarm] for admin in self._admins})

    def _forget(self, alarm: Alarm) -> None:
        for admin in self._admins:
            self._to_tell.pop((alarm, admin), None)

    async def _tell(self, guard: LeadershipGuard) -> None:
        """Tell every admin what they have not heard; who can't be written to yet is tried again with the next look."""
        for alarm, admin in list(self._to_tell):
            known = await self._access.person(admin)
            if known is None or known.chat is None:
                continue  # they have not begun a chat, and the bot may not
            guard.check()
            try:
                await self._announcer.alarm(known.chat, known.language, alarm, figure=self._to_tell[alarm, admin])
            except MessengerUnavailable as error:
                log.info("alarm.delayed", admin=admin, reason=str(error))
                continue
            except (DestinationGone, MessageRefused, DeliveryOutcomeUnknown) as error:
                log.warning("alarm.not_told", admin=admin, reason=error.code)
            except Exception:  # a fault of our own about one admin's chat, who finds the alarm on the first page
                log.exception("alarm.fault", admin=admin)
            del self._to_tell[alarm, admin]
