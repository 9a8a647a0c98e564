"""Whether the provider takes our create requests on each account, as the last ones of this process showed."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from attrs import define, field

from application.ports.clock import Clock
from domain.failure import FailureKind
from domain.operation import Alarm, AlarmKind
from domain.provider_account import MAIN_ACCOUNT, AccountName

BUSY_FROM_S: Final = 60.0
"""A provider that puts us off for so long is news; shorter rests are what its window asks for."""
STEADY_FOR_S: Final = 600.0
"""A refusal counts for so long, even if other creations pass: an account may still have enough for a cheaper model."""

REFUSALS: Final[Mapping[FailureKind, AlarmKind]] = MappingProxyType(
    {
        FailureKind.UNAUTHORISED: AlarmKind.PROVIDER_KEY,
        FailureKind.OUT_OF_CREDITS: AlarmKind.PROVIDER_CREDITS,
        FailureKind.USAGE_CAP: AlarmKind.PROVIDER_CAP,
    }
)
"""Refusals that no person and no model is the cause of: only the operator can end them."""


@define
class _AccountHealth:
    refused_at: dict[AlarmKind, float] = field(factory=dict)
    accepted_at: float = float("-inf")
    busy_since: float | None = None
    rests_until: float = float("-inf")

    @property
    def is_refusing(self) -> bool:
        return max(self.refused_at.values(), default=float("-inf")) > self.accepted_at

    def present(self, now: float) -> Mapping[AlarmKind, float]:
        found = {kind: now - at for kind, at in self.refused_at.items() if self._counts(at, now)}
        if self.busy_since is not None and now - self.busy_since >= BUSY_FROM_S:
            found[AlarmKind.PROVIDER_BUSY] = now - self.busy_since
        return found

    def status(self, now: float) -> Mapping[str, object]:
        rest_s = max(0.0, self.rests_until - now)
        return {"faults": sorted(self.present(now)), "creations_rest_s": round(rest_s, 1)}

    def _counts(self, refused_at: float, now: float) -> bool:
        return refused_at > self.accepted_at or now - refused_at < STEADY_FOR_S


def _main_alone() -> Sequence[AccountName]:
    return (MAIN_ACCOUNT,)


@define
class ProviderHealth:
    """Noted by each create request. A ``ConditionSource``, whose alarms name the account where there are several.

    ``accounts`` are those that there are now.
    """

    _clock: Clock
    _accounts: Callable[[], Sequence[AccountName]] = _main_alone
    _of: defaultdict[AccountName, _AccountHealth] = field(factory=lambda: defaultdict(_AccountHealth), init=False)

    @property
    def kinds(self) -> frozenset[AlarmKind]:
        return frozenset({*REFUSALS.values(), AlarmKind.PROVIDER_BUSY})

    def accepted(self, account: AccountName = MAIN_ACCOUNT) -> None:
        """A task was created."""
        one = self._of[account]
        one.accepted_at = self._clock.monotonic()
        one.busy_since, one.rests_until = None, float("-inf")

    def refused(self, kind: FailureKind, account: AccountName = MAIN_ACCOUNT) -> None:
        """A create request was refused for good."""
        one = self._of[account]
        one.busy_since = None
        if kind in REFUSALS:
            one.refused_at[REFUSALS[kind]] = self._clock.monotonic()

    def postponed(self, rest_s: float, account: AccountName = MAIN_ACCOUNT) -> None:
        """The provider put a create request off; nothing more is sent for ``rest_s`` seconds."""
        one, now = self._of[account], self._clock.monotonic()
        one.busy_since = now if one.busy_since is None else one.busy_since
        one.rests_until = now + rest_s

    def is_refusing(self, account: AccountName) -> bool:
        """Whether its last answer was that it takes no tasks, whatever they are."""
        return self._of[account].is_refusing

    def forget(self, account: AccountName) -> None:
        """What was true of this account is so no more: it has another key."""
        self._of.pop(account, None)

    def present(self) -> Mapping[Alarm, float]:
        now, names = self._clock.monotonic(), self._accounts()
        return {
            Alarm(kind=kind, about=name if len(names) > 1 else ""): figure
            for name in names
            for kind, figure in self._of[name].present(now).items()
        }

    def status(self) -> Mapping[str, object]:
        """For the status page: what is wrong, and how many seconds creations rest; by account where there are several."""
        now, names = self._clock.monotonic(), self._accounts()
        if len(names) == 1:
            return self._of[names[0]].status(now)
        return {name: self._of[name].status(now) for name in names}
