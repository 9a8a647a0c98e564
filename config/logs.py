"""Logging: one line an event, our own and the libraries' alike, with every secret masked."""

import json
import logging
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Final, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from config.log_limit import LimitEvents, LimitRecords, LineLimit

Report = Callable[[str, BaseException, Mapping[str, object]], None]

MASK: Final = "***"

QUIET_LIBRARIES: Final = ("aiogram", "aiohttp.access", "asyncio")
"""Their news is either our own already or holds URLs with secrets in their paths."""


def configure_logging(
    *,
    form: str,
    level: str,
    secrets: Iterable[str | None],
    stream: TextIO | None = None,
    report: Report | None = None,
) -> None:
    """Send events of structlog and of ``logging`` to ``stream`` (standard error unless given), as JSON or for a console.

    ``secrets`` are masked in the finished line, so no path into the log can leak them: not a field, not a library's
    message, not a traceback. Tracebacks come without local variables, which may hold a person's words. ``report`` gets every
    line with an exception.
    """
    out = stream or sys.stderr
    limit = LineLimit()
    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        _Stamp(),
        *([_Reported(report)] if report else []),
    ]
    last: list[Processor] = [*_renderers(form, colors=out.isatty()), _Mask(secrets)]
    structlog.configure(
        processors=[LimitEvents(limit), *first, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: _Lines(out),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(out)
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=first, processors=[remove_meta, *last]))
    handler.addFilter(LimitRecords(limit))
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for library in QUIET_LIBRARIES:
        logging.getLogger(library).setLevel(logging.WARNING)


def _renderers(form: str, *, colors: bool) -> list[Processor]:
    if form == "json":
        return [structlog.processors.format_exc_info, _as_json]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain)]


class _Lines:
    """The logger under structlog's: writes finished lines, each in one call, so that threads do not mix them."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, line: str) -> None:
        self._out.write(f"{line}\n")
        self._out.flush()

    debug = info = warning = error = critical = write


class _Stamp:
    """What structlog's ``TimeStamper`` says in UTC, in half its time: a second is written out once."""

    def __init__(self) -> None:
        self._second, self._text = -1, ""

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        second, microsecond = divmod(time.time_ns() // 1000, 1_000_000)
        if second != self._second:
            self._second, self._text = second, f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%S}"
        event["timestamp"] = f"{self._text}.{microsecond:06}Z"
        return event


def _as_json(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    return _ENCODER.encode(event)


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=repr)
"""One for all lines: ``json.dumps`` with any option makes a new one each time. What goes in circles has no end here, but an error."""


class _Reported:
    """Reports faults. The words of a library may quote anything, so of its lines only the name of the logger is reported."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        raised = event.get("exc_info")
        error = raised[1] if isinstance(raised, tuple) else sys.exception() if raised is True else raised
        if isinstance(error, BaseException):
            record = event.get("_record")
            self._report(record.name if record else str(event.get("event")), error, event)
        return event


class _Mask:
    """The last processor: takes the finished line."""

    def __init__(self, secrets: Iterable[str | None]) -> None:
        self._secrets = [secret for secret in secrets if secret]

    def __call__(self, _logger: WrappedLogger, _method: str, line: object) -> str:
        text = str(line)
        for secret in self._secrets:
            if secret in text:  # hardly ever, and asking is cheaper than replacing nothing
                text = text.replace(secret, MASK)
        return text
