"""Everything that is logged while a test runs, by us and by the libraries, unmasked."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog
from attrs import field, frozen
from structlog.typing import EventDict, WrappedLogger


@frozen
class LogRecord:
    """``events`` in the order in which they came; a library's message is an event too."""

    events: list[Mapping[str, Any]] = field(factory=list)

    @property
    def faults(self) -> list[Mapping[str, Any]]:
        """What was logged as an error or worse."""
        return [event for event in self.events if event["level"] in {"error", "critical"}]

    def text(self, last: int | None = None) -> str:
        """One line an event."""
        events = self.events[-last:] if last else self.events
        return "\n".join(json.dumps(event, default=str, ensure_ascii=False) for event in events)

    def keep(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        """The last processor."""
        self.events.append(event)
        raise structlog.DropEvent


class _Libraries(logging.Handler):
    def __init__(self, record: LogRecord) -> None:
        super().__init__(logging.WARNING)
        self._record = record
        self.setFormatter(logging.Formatter("%(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self._record.events.append({"event": self.format(record), "level": record.levelname.lower()})


@contextmanager
def logs_recorded() -> Iterator[LogRecord]:
    """Record from ``info`` up, as production does, tracebacks included; the secrets are not masked first."""
    record, before = LogRecord(), structlog.get_config()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            record.keep,
        ],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
        cache_logger_on_first_use=False,
    )
    libraries = _Libraries(record)
    logging.getLogger().addHandler(libraries)
    try:
        yield record
    finally:
        logging.getLogger().removeHandler(libraries)
        structlog.configure(**before)
