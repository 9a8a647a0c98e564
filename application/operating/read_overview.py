"""How the service is doing, for the operator."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from application.operating.read_credits import ReadCredits
from application.ports.alarm_store import AlarmStore
from application.ports.clock import Clock
from application.ports.statistics import DayFigures, LeaderFigures, Statistics
from application.ports.text_call_store import TextCallStore
from domain.failure import FailureKind
from domain.generation import GenerationState
from domain.operation import Alarm

DAYS: Final = 7
LATELY: Final = timedelta(days=1)


@frozen(kw_only=True)
class Overview:
    """``credits`` None: the provider does not say at the moment. ``days`` holds all of the last seven, the newest first.
    ``text_credits`` is what chat models cost in the last 24 hours; None where there are none."""

    credits: float | None
    unfinished: Mapping[GenerationState, int]
    failures: Mapping[FailureKind, int]
    days: Sequence[DayFigures]
    leader: LeaderFigures | None
    alarms: Mapping[Alarm, datetime]
    at: datetime
    text_credits: float | None = None


@frozen(kw_only=True)
class ReadOverview:
    """Everything on one page."""

    _read_credits: ReadCredits
    _statistics: Statistics
    _alarms: AlarmStore
    _clock: Clock
    _text_calls: TextCallStore | None = None

    async def __call__(self) -> Overview:
        """Raises ``StoreUnavailable``."""
        now = self._clock.now()
        return Overview(
            credits=await self._read_credits(at_once=True),
            unfinished=await self._statistics.unfinished(),
            failures=await self._statistics.failures(since=now - LATELY),
            days=await self._days(now),
            leader=await self._statistics.leader(),
            alarms=await self._alarms.raised(),
            at=now,
            text_credits=await self._text_calls.spent(now - LATELY) if self._text_calls else None,
        )

    async def _days(self, now: datetime) -> Sequence[DayFigures]:
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        counted = {each.day: each for each in await self._statistics.days(since=midnight - timedelta(days=DAYS - 1))}
        days = [(midnight - timedelta(days=back)).date() for back in range(DAYS)]
        return [counted.get(day) or DayFigures(day=day, people=0, generations=0, credits=0.0) for day in days]
