"""Whether the provider takes our create requests, as the last ones of this process showed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import define, field

from application.ports.clock import Clock
from domain.failure import FailureKind
from domain.operation import Alarm, AlarmKind

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
class ProviderHealth:
    """Noted by each create request. A ``ConditionSource``."""

    _clock: Clock
    _refused_at: dict[AlarmKind, float] = field(factory=dict, init=False)
    _accepted_at: float = field(default=float("-inf"), init=False)
    _busy_since: float | None = field(default=None, init=False)
    _rests_until: float = field(default=float("-inf"), init=False)

    @property
    def kinds(self) -> frozenset[AlarmKind]:
        return frozenset({*REFUSALS.values(), AlarmKind.PROVIDER_BUSY})

    def accepted(self) -> None:
        """A task was created."""
        self._accepted_at = self._clock.monotonic()
        self._busy_since, self._rests_until = None, float("-inf")

    def refused(self, kind: FailureKind) -> None:
        """A create request was refused for good."""
        self._busy_since = None
        if kind in REFUSALS:
            self._refused_at[REFUSALS[kind]] = self._clock.monotonic()

    def postponed(self, rest_s: float) -> None:
        """The provider put a create request off; nothing more is sent for ``rest_s`` seconds."""
        now = self._clock.monotonic()
        self._busy_since = now if self._busy_since is None else self._busy_since
        self._rests_until = now + rest_s

    def present(self) -> Mapping[Alarm, float]:
        now = self._clock.monotonic()
        found = {Alarm(kind=kind): now - at for kind, at in self._refused_at.items() if self._counts(at, now)}
        if self._busy_since is not None and now - self._busy_since >= BUSY_FROM_S:
            found[Alarm(kind=AlarmKind.PROVIDER_BUSY)] = now - self._busy_since
        return found

    def status(self) -> Mapping[str, object]:
        """For the status page: what is wrong, and how many seconds creations rest."""
        rest_s = max(0.0, self._rests_until - self._clock.monotonic())
        return {"faults": sorted(alarm.kind for alarm in self.present()), "creations_rest_s": round(rest_s, 1)}

    def _counts(self, refused_at: float, now: float) -> bool:
        return refused_at > self._accepted_at or now - refused_at < STEADY_FOR_S
