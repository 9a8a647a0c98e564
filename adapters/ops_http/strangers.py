"""What is said of requests that can't be read: one short line in the log, never an error, and one to the sender."""

import logging
from http import HTTPStatus
from typing import Final

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

log = structlog.get_logger(__name__)

THEIR_FAULTS: Final = (HttpProcessingError, web.RequestPayloadError, ConnectionError, TimeoutError)
"""A request that is no HTTP, a body that ends too soon, a sender who hangs up."""


SERVER: Final = "mediabot"
"""All that an answer says of its server: neither Python's version nor the library's."""


class PlainRequestHandler(web.RequestHandler):
    """Answers what is no request with the name of its fault. The library's own answer repeats the sender's bytes, each
    written out as four letters, and names the versions of Python and itself."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - quotes the sender
    ) -> web.StreamResponse:
        response = super().handle_error(request, status, exc, HTTPStatus(status).phrase)
        response.headers["Server"] = SERVER
        return response


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
