"""Logging: one line an event, ours and the libraries' alike, with every secret masked."""

import logging
import sys
from collections.abc import Iterable
from typing import Final, TextIO

import structlog
from structlog.typing import Processor, WrappedLogger

MASK: Final = "***"

QUIET_LIBRARIES: Final = ("aiogram", "aiohttp.access", "asyncio")
"""Their news is either ours already or holds URLs with secrets in their paths."""


def configure_logging(*, form: str, level: str, secrets: Iterable[str | None], stream: TextIO | None = None) -> None:
    """Send events of structlog and of ``logging`` to ``stream`` (standard error unless given), as JSON or for a console.

    ``secrets`` are masked in the finished line, so no path into the log can leak them: not a field, not a library's
    message, not a traceback. Tracebacks come without local variables, which may hold a person's words.
    """
    out = stream or sys.stderr
    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor] = [*_renderers(form, colors=out.isatty()), _Mask(secrets)]
    structlog.configure(
        processors=[*first, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=out),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(out)
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=first, processors=[remove_meta, *last]))
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for library in QUIET_LIBRARIES:
        logging.getLogger(library).setLevel(logging.WARNING)


def _renderers(form: str, *, colors: bool) -> list[Processor]:
    if form == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain)]


class _Mask:
    """The last processor: takes the finished line."""

    def __init__(self, secrets: Iterable[str | None]) -> None:
        self._secrets = [secret for secret in secrets if secret]

    def __call__(self, _logger: WrappedLogger, _method: str, line: object) -> str:
        text = str(line)
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text
