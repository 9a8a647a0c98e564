"""Lines of one kind, when there are too many of them: the first ones, and later how many there were."""

import logging
import time
from collections.abc import Callable
from typing import Final

import structlog
from attrs import define, field
from structlog.typing import EventDict, WrappedLogger

WINDOW_S: Final = 60.0
MOST: Final = 60
"""As many lines of one kind in a window as an operator may want to read; what a stranger can provoke without end is cut."""
KINDS: Final = 1000
"""Kinds are named by our code and a few libraries; should one put a value into its name, memory stays bounded."""
LIMITED: Final = frozenset({"warning", "error", "critical", "exception"})


@define
class LineLimit:
    """Counts lines by kind. Safe to ask from several threads: a lost count is the worst that can happen."""

    _now: Callable[[], float] = time.monotonic
    _most: int = MOST
    _kinds: dict[str, tuple[float, int]] = field(factory=dict, init=False)

    def left_out(self, kind: str) -> int | None:
        """How many lines of this kind were left out since the last one; None when this one is to be left out too."""
        now = self._now()
        began, count = self._kinds.get(kind, (now, 0))
        missed = 0
        if now - began >= WINDOW_S:
            missed, began, count = max(0, count - self._most), now, 0
        if kind not in self._kinds and len(self._kinds) >= KINDS:
            self._kinds.clear()
        self._kinds[kind] = (began, count + 1)
        return missed if count < self._most else None


@define
class LimitEvents:
    """A processor of structlog: drops what is too much, and says in the next line how much that was."""

    _limit: LineLimit

    def __call__(self, _logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        if method not in LIMITED:
            return event
        missed = self._limit.left_out(f"{event.get('event')} {event.get('reason', '')}")
        if missed is None:
            raise structlog.DropEvent
        if missed:
            event["left_out"] = missed
        return event


class LimitRecords(logging.Filter):
    """The same for libraries that log by ``logging``. Their kind is the message before its values are filled in."""

    def __init__(self, limit: LineLimit) -> None:
        super().__init__()
        self._limit = limit

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is to be written."""
        return record.levelno < logging.WARNING or self._limit.left_out(f"{record.name} {record.msg}") is not None
