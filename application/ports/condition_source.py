"""Port: what the operator should know about the service as it is now."""

from collections.abc import Mapping
from typing import Protocol

from domain.operation import Alarm, AlarmKind


class ConditionSource(Protocol):
    """Knows of conditions without asking the store or an outside system. Each source has kinds of its own."""

    @property
    def kinds(self) -> frozenset[AlarmKind]:
        """The kinds that this source judges; a kind that it does not report as present is over."""
        ...

    def present(self) -> Mapping[Alarm, float]:
        """What is the case now, each with a figure for its text."""
        ...
