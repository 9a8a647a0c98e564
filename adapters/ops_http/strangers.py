"""What the HTTP library says about requests that it can't read: one short line, never an error."""

import logging
from typing import Final

import structlog
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web import RequestPayloadError

log = structlog.get_logger(__name__)

THEIR_FAULTS: Final = (HttpProcessingError, RequestPayloadError, ConnectionError, TimeoutError)
"""A request that is no HTTP, a body that ends too soon, a sender who hangs up."""


class RequestFaults(logging.Handler):
    """Writes the HTTP library's faults into our log. What a sender did wrong is a warning without a traceback and without
    a word of theirs; what a handler of our own did wrong stays an error with its traceback."""

    def emit(self, record: logging.LogRecord) -> None:
        """Note a failed request."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, THEIR_FAULTS):
            log.warning("request.unreadable", reason=type(error).__name__)
        else:
            log.error("request.failed", reason=record.msg, exc_info=error)


def request_logger() -> logging.Logger:
    """Return the logger to give to the HTTP library."""
    logger = logging.Logger(__name__, logging.WARNING)
    logger.addHandler(RequestFaults())
    return logger
