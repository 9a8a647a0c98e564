"""The leader's duty: finish refunds, compare the books once a day, and say what does not agree."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

import structlog
from attrs import field, frozen

from application.billing.compare_account import CompareAccount
from application.billing.end_lost_calls import EndLostCalls
from application.billing.reconcile import Difference, DifferenceKind, Reconcile
from application.billing.refund_payment import FinishRefunds
from application.billing.stop_subscription import StopDoubledRenewals
from application.leading.leadership_guard import LeadershipGuard
from application.leading.repeat import repeat
from application.ports.book_reports import BookReports
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership
from application.ports.metrics import Metrics
from domain.operation import Alarm, AlarmKind
from domain.reservation import credits_of

LOOK_EVERY_S: Final = 60.0
COMPARE_EVERY: Final = timedelta(days=1)
GRACE: Final = timedelta(minutes=10)
"""A payment is in the books seconds after Telegram has taken it; an instance that starts may have some to catch up on."""
OVERRUNS_WITHIN: Final = timedelta(days=1)
ABOUT_LIMIT: Final = 100

log = structlog.get_logger()


@frozen(kw_only=True)
class KeepBooks:
    """A ``ConditionSource``: every difference is an alarm until a later comparison does not find it any more.

    While nothing is sold it only finishes refunds, stops what is renewed twice and ends lost questions to chat models.
    """

    _finish_refunds: FinishRefunds
    _stop_doubled: StopDoubledRenewals
    _end_lost_calls: EndLostCalls
    _reconcile: Reconcile
    _compare_account: CompareAccount
    _reports: BookReports
    _clock: Clock
    _metrics: Metrics
    _is_on: bool
    _found: dict[Alarm, float] = field(factory=dict, init=False)
    _judged: set[AlarmKind] = field(factory=set, init=False)
    _compared: list[datetime] = field(factory=list, init=False)

    @property
    def kinds(self) -> frozenset[AlarmKind]:
        """Those that this leader has looked at: an alarm of the last leader's stays until then."""
        return frozenset(self._judged)

    def present(self) -> Mapping[Alarm, float]:
        return dict(self._found)

    async def run(self, leadership: Leadership) -> None:
        """Until cancelled, or ``NotLeader``."""
        self._found.clear()
        self._judged.clear()
        self._compared.clear()
        guard = LeadershipGuard(leadership)
        await repeat(lambda: self._look(guard), duty="books", clock=self._clock, every_s=LOOK_EVERY_S)

    async def drain(self) -> None:
        """Nothing: a refund that is not finished is finished by the next leader."""

    async def _look(self, guard: LeadershipGuard) -> None:
        guard.check()
        await self._end_lost_calls()
        self._metrics.gauge("refunds_open", await self._finish_refunds())
        await self._stop_doubled()
        if not self._is_on:
            return
        beyond = await self._reports.overruns(since=self._clock.now() - OVERRUNS_WITHIN)
        self._replace(
            AlarmKind.OVERRUN,
            {Alarm(kind=AlarmKind.OVERRUN, about=model): float(credits_of(units)) for model, units in beyond.items()},
        )
        if not self._compared or self._clock.now() - self._compared[-1] >= COMPARE_EVERY:
            guard.check()
            await self._compare()

    async def _compare(self) -> None:
        now = self._clock.now()
        found = list(await self._reconcile(grace=GRACE))
        if not _is_incomplete(found):  # or a difference of the account would be forgotten with its reading
            found += await self._compare_account(remember=True)
        for difference in found:
            log.warning("books.differ", kind=difference.kind, about=difference.about, difference=str(difference))
        if _is_incomplete(found):
            return  # an answer that did not come clears nothing; it is asked for again with the next look
        self._compared[:] = [now]
        self._metrics.gauge("books_differences", len(found))
        alarms = {Alarm(kind=AlarmKind.BOOKS, about=str(each)[:ABOUT_LIMIT]): 1.0 for each in found}
        self._replace(AlarmKind.BOOKS, alarms)

    def _replace(self, kind: AlarmKind, alarms: Mapping[Alarm, float]) -> None:
        for alarm in [alarm for alarm in self._found if alarm.kind is kind]:
            del self._found[alarm]
        self._found.update(alarms)
        self._judged.add(kind)


def _is_incomplete(found: Iterable[Difference]) -> bool:
    return any(difference.kind is DifferenceKind.NOT_ASKED for difference in found)
